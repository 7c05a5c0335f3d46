import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { pdf, png } from '../helpers/sample-files.ts';
import { expectSameTranscript, type Language, openScene } from './chat-scene.ts';

const looks: { language: Language; colorScheme: 'light' | 'dark'; width: number }[] = [
  { language: 'he', colorScheme: 'light', width: 1_280 },
  { language: 'he', colorScheme: 'dark', width: 375 },
  { language: 'en', colorScheme: 'light', width: 375 },
  { language: 'en', colorScheme: 'dark', width: 1_280 },
];

/** WCAG 2.2 A and AA by axe, and nothing that has to be scrolled sideways. */
async function expectAccessible(page: Page, screen: string, within = 'html'): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`);
  expect(found, screen).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${screen} is too wide`).toBeLessThanOrEqual(
    0,
  );
}

describe.each(looks)('in $language, $colorScheme, $width px wide', ({ language, colorScheme, width }) => {
  browserTest('every screen of the widget and of the console can be used by everybody', async ({ openPage }) => {
    const person = { colorScheme, viewport: { width, height: 740 } };
    const { visitor, agent } = await openScene(openPage, language, person);
    const widget = 'body > div:last-child';
    await visitor.openChat();
    await expectAccessible(visitor.page, 'first screen', widget);
    await visitor.say(language === 'he' ? 'שלום' : 'Hello');

    const { page } = agent;
    await page.emulateMedia({ colorScheme });
    await agent.openFirst();
    await page.setViewportSize(person.viewport);
    await agent.say('https://track.example/1');
    await expectSameTranscript(visitor, agent, [language === 'he' ? 'שלום' : 'Hello', 'https://track.example/1']);
    await expectAccessible(visitor.page, 'chat', widget);
    await visitor.panel.getByRole('button', { name: visitor.texts.yourDetails }).click();
    await visitor.panel.getByLabel(visitor.texts.name).waitFor();
    await expectAccessible(visitor.page, 'details', widget);

    await expectAccessible(page, 'conversation');
    for (const route of ['contacts', 'settings', 'settings/people', 'settings/security', 'settings/personal']) {
      await page.goto(`${agent.line.url}/console/${route}`);
      await page.locator('main h1, main h2').first().waitFor();
      await expectAccessible(page, route);
    }
    await page.context().clearCookies();
    await page.goto(`${agent.line.url}/console/`);
    await page.getByLabel(agent.text('signIn.password')).waitFor();
    await expectAccessible(page, 'sign-in');
  });

  browserTest('files and emoji can be used by everybody', async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, language, { colorScheme, viewport: { width, height: 740 } });
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
    await page.emulateMedia({ colorScheme });
    await agent.openFirst();
    await page.setViewportSize({ width, height: 740 });
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
