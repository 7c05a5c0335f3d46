import { describe } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { expectSameTranscript, type Language, openScene } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

describe.each(['he', 'en'] as Language[])('in %s, light and dark, on a laptop and on a phone', (language) => {
  const expectAccessible = accessibleIn(language);

  browserTest('whoever talks, on either side, can use every screen of it', async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, language);
    const widget = 'body > div:last-child';
    await visitor.openChat();
    await expectAccessible(visitor.page, 'first screen', widget);
    await visitor.say(language === 'he' ? 'שלום' : 'Hello');

    const { page } = agent;
    await agent.openFirst();
    await agent.say('https://track.example/1');
    await expectSameTranscript(visitor, agent, [language === 'he' ? 'שלום' : 'Hello', 'https://track.example/1']);
    await expectAccessible(visitor.page, 'chat', widget);
    await visitor.panel.getByRole('button', { name: visitor.texts.yourDetails }).click();
    await visitor.panel.getByLabel(visitor.texts.name).waitFor();
    await expectAccessible(visitor.page, 'details', widget);

    await expectAccessible(page, 'conversation');
    await page.goto(`${agent.line.url}/console/contacts`);
    await page.locator('main h1, main h2').first().waitFor();
    await expectAccessible(page, 'contacts');
  });
});
