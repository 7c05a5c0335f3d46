import { AxeBuilder } from '@axe-core/playwright';
import type { Frame, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { type AgentAtConsole, type Language, openScene, VisitorInShop } from './chat-scene.ts';

const words = {
  he: { greeting: 'ברוכים הבאים לגינה', field: 'מספר הזמנה', parts: { preChat: 'לפני השיחה' } },
  en: { greeting: 'Welcome to the garden', field: 'Order number', parts: { preChat: 'Before chatting' } },
} as const;

async function openSettings(agent: AgentAtConsole): Promise<void> {
  await agent.page.goto(`${agent.line.url}/console/settings/inbox`);
  await shownPreview(agent.page);
}

/** The frame that the administrator sees; another one may be on its way. */
async function shownPreview(page: Page): Promise<Frame> {
  const frame = await page.locator('iframe[data-shown]').elementHandle();
  const content = await frame?.contentFrame();
  if (!content) throw new Error('There is no preview.');
  return content;
}

const inPreview = (page: Page, selector: string) => page.frameLocator('iframe[data-shown]').locator(selector);

describe.each(['he', 'en'] as Language[])('in %s', (language) => {
  browserTest('an administrator sees each change in the preview at once, saves, and visitors meet it', async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, language);
    const { page } = agent;
    const { greeting, field, parts } = words[language];
    const asked: string[] = [];
    page.on('websocket', (socket) => asked.push(socket.url()));
    await openSettings(agent);
    const sockets = asked.length;

    const greetingField = page.getByRole('textbox', { name: agent.text('inbox.greeting') });
    await greetingField.pressSequentially(greeting);
    await expect.poll(() => inPreview(page, '.greeting').innerText()).toBe(greeting);
    // The widget in the preview takes the focus when it opens, but never from somebody who types.
    expect(await greetingField.evaluate((input) => document.activeElement === input)).toBe(true);
    await page.getByRole('textbox', { name: agent.text('inbox.accent'), exact: true }).fill('#b3261e');
    const colourOf = (selector: string) => inPreview(page, selector).evaluate((element) => getComputedStyle(element).backgroundColor);
    await expect.poll(() => colourOf('.launcher')).toBe('rgb(179, 38, 30)');
    // Nobody else has seen anything of it yet.
    expect(await visitor.launcher.evaluate((button) => getComputedStyle(button).backgroundColor)).not.toBe('rgb(179, 38, 30)');

    await page.getByRole('combobox', { name: agent.text('inbox.previewScene') }).selectOption('conversation');
    await expect.poll(() => inPreview(page, '.bubble').count()).toBe(3);
    expect(await inPreview(page, '.kesher').getAttribute('dir')).toBe(language === 'he' ? 'rtl' : 'ltr');
    expect(await (await shownPreview(page)).evaluate(() => window.origin)).toBe('null');

    await page.getByRole('tab', { name: parts.preChat }).click();
    const phone = page.getByRole('group', { name: agent.text('inbox.ask.phone'), exact: true });
    await phone.getByRole('radio', { name: agent.text('inbox.demand.required') }).check();
    await page.getByRole('button', { name: agent.text('inbox.addField') }).click();
    await page.keyboard.type(field);
    await page.getByRole('combobox', { name: agent.text('inbox.previewScene') }).selectOption('queue');
    await inPreview(page, '.queue').filter({ hasText: '3' }).waitFor();
    await page.getByRole('combobox', { name: agent.text('inbox.previewScene') }).selectOption('form');
    await expect.poll(() => inPreview(page, '.panel form').innerText()).toContain(field);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
    await page.getByRole('button', { name: agent.text('action.save'), exact: true }).click();
    await page.getByRole('button', { name: agent.text('action.save'), exact: true }).waitFor({ state: 'detached' });

    // Who was here a minute ago may be shown what was kept then.
    const newcomer = new VisitorInShop(await openPage({ locale: language }), visitor.line, language);
    await newcomer.enterShop();
    await expect.poll(() => newcomer.launcher.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(179, 38, 30)');
    await newcomer.launcher.click();
    await expect.poll(() => newcomer.panel.innerText()).toContain(greeting);
    await newcomer.say(greeting);
    await newcomer.panel.locator('form').getByLabel(field).waitFor();
    expect(
      await newcomer.panel.locator('form input[type="tel"]').evaluate((input: HTMLInputElement) => input.required || input.ariaRequired),
    ).toBeTruthy();

    // The preview has made no visitor, no conversation, no connection, and left nothing in the browser.
    expect(asked.length).toBe(sockets);
    const kept = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    expect(kept.filter((key) => key.includes('preview'))).toEqual([]);
    await agent.showAll();
    expect(await agent.rows.count()).toBe(0);
  });
});

describe('on a phone, by keyboard alone', () => {
  browserTest('an administrator changes a setting and saves it, and nothing has to be scrolled sideways', async ({ openPage }) => {
    const { agent } = await openScene(openPage, 'he');
    const { page } = agent;
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 375, height: 740 });
    await openSettings(agent);
    await page.getByRole('tab', { selected: true }).focus();
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain(agent.text('inbox.part.during'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const attachments = page.getByRole('switch', { name: agent.text('inbox.hasAttachments') });
    expect(await attachments.isChecked()).toBe(false);
    const save = page.getByRole('button', { name: agent.text('action.save'), exact: true });
    await save.focus();
    await page.keyboard.press('Enter');
    await save.waitFor({ state: 'detached' });
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.reload();
    await page.getByRole('tab', { name: agent.text('inbox.part.during') }).click();
    expect(await attachments.isChecked()).toBe(false);
  });
});

describe('with a mouse', () => {
  browserTest('an administrator pulls a question to its place', async ({ openPage }) => {
    const { agent } = await openScene(openPage, 'en');
    const { page } = agent;
    await openSettings(agent);
    await page.getByRole('tab', { name: agent.text('inbox.part.first') }).click();
    for (const question of ['One', 'Two', 'Three']) {
      await page.getByRole('button', { name: agent.text('inbox.addQuestion') }).click();
      await page.getByRole('textbox', { name: agent.text('inbox.question'), exact: true }).fill(question);
      await page.getByRole('button', { name: question, expanded: true }).click();
    }
    const titles = () => page.locator('form ol > li').getByRole('button', { expanded: false }).allInnerTexts();
    expect(await titles()).toEqual(['One', 'Two', 'Three']);
    const handles = page.getByRole('button', { name: agent.text('inbox.sortHandle') });
    await handles.first().hover();
    await page.mouse.down();
    const last = await handles.last().boundingBox();
    if (!last) throw new Error('There is no third question.');
    await page.mouse.move(last.x + 4, last.y + last.height, { steps: 20 });
    await page.mouse.up();
    expect(await titles()).toEqual(['Two', 'Three', 'One']);
    await page.mouse.move(last.x, 100, { steps: 5 });
    expect(await titles()).toEqual(['Two', 'Three', 'One']);
  });
});
