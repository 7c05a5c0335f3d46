import { describe } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { pdf, png } from '../helpers/sample-files.ts';
import { type Language, openScene } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

describe.each(['he', 'en'] as Language[])('in %s, light and dark, on a laptop and on a phone', (language) => {
  const expectAccessible = accessibleIn(language);

  browserTest('files and emoji can be used by everybody', async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, language);
    const widget = 'body > div:last-child';
    const { panel, texts } = visitor;
    const files = [
      { name: language === 'he' ? 'ספל שבור.png' : 'broken mug.png', mimeType: 'image/png', buffer: png(640, 480) },
      { name: 'invoice 10482.pdf', mimeType: 'application/pdf', buffer: pdf },
    ];
    await visitor.openChat();
    await panel.locator('input[type="file"]').setInputFiles([...files, { name: 'setup.exe', mimeType: '', buffer: pdf }]);
    await panel.getByRole('alert').waitFor();
    await expectAccessible(visitor.page, 'chosen files', widget);
    await panel.getByRole('button', { name: texts.emoji }).click();
    await panel.getByRole('group', { name: texts.emoji }).waitFor();
    await expectAccessible(visitor.page, 'emoji', widget);
    await visitor.page.keyboard.press('Escape');
    await visitor.say(language === 'he' ? 'שלום' : 'Hello');

    const { page } = agent;
    await agent.openFirst();
    await page.locator('main input[type="file"]').setInputFiles([...files, { name: 'setup.exe', mimeType: '', buffer: pdf }]);
    await page.locator('main').getByRole('alert').waitFor();
    await expectAccessible(page, 'chosen files at the console');
    await agent.say('…');
    await panel.locator('.picture').nth(1).waitFor();
    await expectAccessible(visitor.page, 'chat with files', widget);
    await expectAccessible(page, 'conversation with files');

    await panel.locator('.picture').first().click();
    await visitor.page.getByRole('dialog', { name: files[0]?.name as string }).waitFor();
    await expectAccessible(visitor.page, 'enlarged picture', widget);
    await page.locator('main button:has(> img)').first().click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page, 'enlarged picture at the console');
  });
});
