import { expect } from 'vitest';
import { en as consoleTexts } from '../../console/texts/en.ts';
import { browserTest } from '../helpers/browser.ts';
import hostile from '../helpers/hostile-strings.json' with { type: 'json' };
import { openHouse } from '../helpers/house.ts';
import { changeSettings, ShopVisit } from './shop-visit.ts';

const MESSAGE_CHARACTERS = 7_000;

/** As few messages as hold them all, each string on a line of its own. */
function inMessages(strings: readonly string[]): string[] {
  const messages: string[] = [];
  for (const text of strings) {
    const last = messages.at(-1);
    if (last !== undefined && last.length + text.length < MESSAGE_CHARACTERS) messages[messages.length - 1] = `${last}\n${text}`;
    else messages.push(text);
  }
  return messages;
}

/** What stands in a bubble and is neither text, a link to the web nor an isolated run, and where its links lead. */
function judgeBubbles(bubbles: (Element | SVGElement)[]) {
  return bubbles.map((bubble) => ({
    text: bubble.textContent,
    strange: [...bubble.querySelectorAll('*')]
      .filter(
        (node) =>
          !['A', 'BDI'].includes(node.tagName) ||
          node.getAttributeNames().some((name) => !['href', 'target', 'rel', 'dir', 'class'].includes(name)) ||
          !/^(https?|mailto|tel):/.test(node.getAttribute('href') ?? 'https:'),
      )
      .map((node) => node.outerHTML),
  }));
}

browserTest('what a visitor types to harm others is shown to both sides as it was typed, and runs nowhere', async ({ openPage }) => {
  const house = await openHouse();
  const [page, desk] = [await openPage(), await openPage()];
  const ran: string[] = [];
  for (const shown of [page, desk]) {
    shown.on('dialog', (dialog) => {
      ran.push(dialog.message());
      void dialog.dismiss();
    });
  }
  const visit = new ShopVisit(page, house.url, 'en');
  await visit.enter();
  await visit.openChat();
  const messages = inMessages([...hostile.scripts, ...hostile.strings]);
  expect(messages.length).toBeGreaterThan(2);
  for (const text of messages) await visit.say(text);
  await expect.poll(() => visit.panel.locator('.mark[data-state="sent"]').count()).toBe(1);
  // The code that finds links comes by itself; what it makes of them is part of what is judged.
  await visit.panel.locator('.bubble a').first().waitFor();
  const seen = await visit.panel.locator('.bubble').evaluateAll(judgeBubbles);
  expect(seen.flatMap(({ strange }) => strange)).toEqual([]);
  expect(seen.map(({ text }) => text)).toEqual(messages);

  const [name = '', value = ''] = house.cookie.split('=');
  await desk.context().addCookies([{ name, value, url: house.url }]);
  await desk.goto(`${house.url}/console/`);
  await desk.getByRole('link', { name: consoleTexts['view.open'] }).click();
  await desk.locator('[data-conversation]').first().click();
  const bubbles = desk.locator('main li[data-message] [class*="_text_"][dir="auto"]');
  await expect.poll(() => bubbles.count()).toBe(messages.length);
  await desk.locator('main li[data-message] a').first().waitFor();
  const told = await bubbles.evaluateAll(judgeBubbles);
  expect(told.flatMap(({ strange }) => strange)).toEqual([]);
  expect(told.map(({ text }) => text)).toEqual(messages);
  expect(await desk.locator('main script, main iframe, main object, main embed, main style, main link').count()).toBe(0);
  expect(ran).toEqual([]);
});

browserTest(
  'what administrators write harms nobody either: it is text in the form, on the first screen and in the answer',
  async ({ openPage }) => {
    const house = await openHouse();
    const [script = ''] = hostile.scripts;
    const words = (text: string) => ({ en: text, he: text });
    await changeSettings(house, {
      greeting: words('<img src=x onerror=alert(1)>'),
      questions: [{ id: 'q', text: words('<svg onload=alert(1)>'), answer: words(`javascript:alert(1) ${script}`) }],
      texts: { en: { welcomeUnstaffed: '<script>alert(1)</script>', newMessages: { other: '<b>{count}</b>' } } },
      preChat: {
        ...{
          name: 'hidden',
          phone: 'hidden',
          email: 'hidden',
          consent: 'required',
          consentText: words('<a href="javascript:alert(1)">agree</a>'),
        },
        fields: [
          { key: 'k', label: words('<iframe src=javascript:alert(1)>'), kind: 'choice', demand: 'required', options: ['<img src=x>'] },
        ],
      },
    });
    const page = await openPage();
    const ran: string[] = [];
    page.on('dialog', (dialog) => {
      ran.push(dialog.message());
      void dialog.dismiss();
    });
    const visit = new ShopVisit(page, house.url, 'en');
    await visit.enter();
    await visit.openChat();
    await visit.panel.getByText('<img src=x onerror=alert(1)>').waitFor();
    await visit.panel.getByText('<script>alert(1)</script>').waitFor();
    await visit.panel.getByRole('button', { name: '<svg onload=alert(1)>' }).click();
    await visit.form.getByText('<iframe src=javascript:alert(1)>').waitFor();
    await visit.form.getByText('<a href="javascript:alert(1)">agree</a>').waitFor();
    expect(await visit.panel.locator('img, iframe, script, a[href^="javascript"]').count()).toBe(0);
    await visit.form.getByRole('combobox').selectOption('<img src=x>');
    await visit.form.getByRole('checkbox').check();
    await visit.form.getByRole('button', { name: visit.texts.sendMessage }).click();
    await expect.poll(() => visit.bubbles()).toHaveLength(2);
    expect(await visit.panel.locator('img, iframe, script, a[href^="javascript"]').count()).toBe(0);
    expect(ran).toEqual([]);
  },
);
