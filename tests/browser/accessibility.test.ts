import { describe } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { expectSameTranscript, type Language, openScene } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

describe.each(['he', 'en'] as Language[])('in %s, light and dark, on a laptop and on a phone', (language) => {
  const expectAccessible = accessibleIn(language);

  browserTest('every screen of the widget and of the console can be used by everybody', async ({ openPage }) => {
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
    const settings = ['inbox', 'business', 'people', 'teams', 'roles', 'security', 'personal'].map((section) => `settings/${section}`);
    for (const route of ['contacts', 'settings', ...settings]) {
      await page.goto(`${agent.line.url}/console/${route}`);
      await page.locator('main h1, main h2').first().waitFor();
      await expectAccessible(page, route);
    }
    await page.goto(`${agent.line.url}/console/settings/people`);
    await page.getByRole('button', { name: agent.text('invite.button') }).click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page, 'invitation');
    await page.goto(`${agent.line.url}/console/settings/security`);
    await page.getByRole('button', { name: agent.text('twoFactor.start') }).click();
    await page.getByRole('img', { name: agent.text('twoFactor.qr') }).waitFor();
    await expectAccessible(page, 'second factor');
    await page.goto(`${agent.line.url}/console/invitation#spent`);
    await page.getByText(agent.text('link.spent')).waitFor();
    await expectAccessible(page, 'spent link');
    await page.context().clearCookies();
    await page.goto(`${agent.line.url}/console/`);
    await page.getByLabel(agent.text('signIn.password')).waitFor();
    await expectAccessible(page, 'sign-in');
  });
});
