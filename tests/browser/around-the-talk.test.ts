import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { openMailServer } from '../helpers/mail-server.ts';
import { type Language, openScene } from './chat-scene.ts';

const looks = [
  { language: 'he', colorScheme: 'light', width: 1_280 },
  { language: 'en', colorScheme: 'dark', width: 375 },
] as const satisfies { language: Language; colorScheme: string; width: number }[];

async function expectAccessible(page: Page, screen: string, within = 'html'): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  const { violations } = await new AxeBuilder({ page }).include(within).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
    screen,
  ).toEqual([]);
}

describe.each(looks)('in $language, $colorScheme, $width px wide', ({ language, colorScheme, width }) => {
  browserTest('a visitor is called back, has the conversation sent, ends it and says how it was', async ({ openPage }) => {
    const post = await openMailServer();
    const environment = { SMTP_URL: post.url, MAIL_FROM: 'chat@pots.example' };
    const { visitor, agent } = await openScene(openPage, language, { colorScheme, viewport: { width, height: 740 }, environment });
    const widget = 'body > div:last-child';
    const { panel, texts } = visitor;
    await visitor.openChat();
    await visitor.say(language === 'he' ? 'שלום, יש פיקוס?' : 'Hello, is there a ficus?');
    await agent.openFirst();
    await agent.say(language === 'he' ? 'כן!' : 'Yes!');
    await panel.getByText(texts.joinedNotice.replace('{name}', '\u2068Dana\u2069')).waitFor();

    const choose = async (label: string) => {
      await panel.getByRole('button', { name: texts.more }).click();
      await panel.getByRole('menuitem', { name: label }).waitFor();
      await expectAccessible(visitor.page, `menu before ${label}`, widget);
      await panel.getByRole('menuitem', { name: label }).click();
    };
    await choose(texts.callback);
    await panel.getByLabel(texts.phone).fill('050-123-4567');
    await panel.getByLabel(texts.callbackWhen).selectOption({ index: 1 });
    await expectAccessible(visitor.page, 'callback', widget);
    await panel.getByRole('button', { name: texts.callbackSubmit }).click();
    await panel.getByRole('button', { name: texts.backToChat }).click();

    await choose(texts.transcript);
    await panel.getByLabel(texts.email).fill('ruth@example.com');
    await expectAccessible(visitor.page, 'transcript', widget);
    await panel.getByRole('button', { name: texts.send }).click();
    await panel.getByRole('button', { name: texts.backToChat }).click();
    await expect.poll(() => post.letters.length, { timeout: 20_000 }).toBe(1);
    expect(post.letters[0]?.html).toContain(`dir="${language === 'he' ? 'rtl' : 'ltr'}"`);

    await choose(texts.endChat);
    await panel.getByText(texts.endedNotice).waitFor();
    await panel.getByRole('radio', { name: texts.score4, exact: true }).check({ force: true });
    await panel.getByRole('textbox', { name: texts.ratingComment }).fill('תודה!');
    await expectAccessible(visitor.page, 'rating', widget);
    await panel.locator('.rating').getByRole('button', { name: texts.send }).click();
    await panel.getByText(texts.ratingThanks).waitFor();
    await expect.poll(() => agent.page.getByRole('img', { name: /4/ }).count()).toBeGreaterThan(0);
    await expectAccessible(agent.page, 'rated conversation');

    await choose(texts.myData);
    await panel.getByRole('button', { name: texts.erase }).waitFor();
    await expectAccessible(visitor.page, 'my data', widget);

    await agent.page.emulateMedia({ colorScheme });
    await agent.page.goto(`${agent.line.url}/console/tasks`);
    await agent.page.getByRole('link', { name: '+972501234567' }).waitFor();
    await agent.page.setViewportSize({ width, height: 740 });
    await expectAccessible(agent.page, 'calls');
  });
});
