import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { type Invitation, invitationSchema } from '../../shared/invitation.ts';
import type { Message } from '../../shared/message.ts';
import { browserTest } from '../helpers/browser.ts';
import { ForeignSite } from '../helpers/foreign-site.ts';
import { type House, openHouse } from '../helpers/house.ts';

const said = { he: 'היי! צריך עזרה\nבבחירת ספל? #10482', en: 'Hi! Need help\nchoosing a mug (ספל)?' };
const tall =
  '<!doctype html><meta name="viewport" content="width=device-width"><title>Mugs</title><main><h1>Mugs</h1><input aria-label="Search" autofocus><p style="height: 4000px">…</p></main>';

async function openShop(conditions: Partial<Invitation>[] = [{}], settings: object = {}) {
  const [house, site] = [await openHouse(), await ForeignSite.open()];
  const invitations = conditions.map((set, at) => invitationSchema.parse({ id: `help${at}`, isOn: true, text: said, ...set }));
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { invitations, ...settings } });
  const line = `<script async src="${house.url}/widget.js" data-inbox="${house.inbox.key}"></script>`;
  const put = (path: string, head = '', lang = 'en') =>
    site.put(path, { html: `${tall.replace('<!doctype html>', `<!doctype html><html lang="${lang}">`)}${head}${line}` });
  return { house, site, put };
}

const card = (page: Page) => page.locator('.invitation');
const words = (page: Page) => card(page).locator('.words');
const counts = async (house: House) =>
  (
    await house.json<{ items: { invitationId: string; shown: number; accepted: number }[] }>(
      'GET',
      `/api/inboxes/${house.inbox.id}/invitations`,
    )
  ).items;

/** Long enough for an invitation that is due to have come: it is looked for twice a second. */
async function expectNone(page: Page): Promise<void> {
  const looked = page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_300)));
  await looked;
  expect(await card(page).count()).toBe(0);
}

const looks = [
  { language: 'he', colorScheme: 'light', width: 1_280 },
  { language: 'en', colorScheme: 'dark', width: 375 },
] as const;

describe.each(looks)('in $language, $colorScheme, $width px wide', ({ language, colorScheme, width }) => {
  browserTest('a visitor is invited, takes it up, and the agent reads the invitation above the answer', async ({ openPage }) => {
    const { house, put } = await openShop([{ afterSeconds: 1 }]);
    const page = await openPage({ colorScheme, viewport: { width, height: 740 }, locale: language });
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.goto(put('/', '', language));
    await words(page).waitFor();
    expect(await words(page).innerText()).toBe(said[language]);
    // It was announced politely and took nobody's keyboard away.
    expect(await words(page).evaluate((text) => text.closest('[role="status"]') !== null)).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Search');
    expect(sockets).toEqual([]);
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
    const { violations } = await new AxeBuilder({ page }).include('body > div:last-child').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const box = await card(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);

    await words(page).click();
    const panel = page.getByRole('dialog');
    const bubbles = () => panel.locator('.bubble').allInnerTexts();
    await expect.poll(bubbles).toEqual([said[language]]);
    expect(await card(page).count()).toBe(0);
    await panel.getByRole('textbox').fill('כן');
    await panel.getByRole('textbox').press('Enter');
    await panel.locator('.mark[data-state="sent"]').waitFor();
    await expect.poll(bubbles).toEqual([said[language], 'כן']);
    const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations');
    const messages = await house.json<{ items: Message[] }>('GET', `/api/conversations/${items[0]?.id}/messages`);
    expect(messages.items.map(({ author, text }) => [author.kind, text])).toEqual([
      ['bot', said[language]],
      ['visitor', 'כן'],
    ]);
    await expect.poll(() => counts(house)).toEqual([{ invitationId: 'help0', shown: 1, accepted: 1 }]);
    await page.reload();
    await expect.poll(bubbles).toEqual([said[language], 'כן']);
    await expectNone(page);
  });
});

browserTest('what is sent away, by Escape or by its cross, does not come back in its time, in no tab', async ({ openPage }) => {
  const { house, put } = await openShop([{ onceInDays: 2 }, { afterSeconds: 1 }]);
  const page = await openPage();
  await page.goto(put('/'));
  await words(page).waitFor();
  const first = await card(page).elementHandle();
  await page.keyboard.press('Escape');
  await first?.waitForElementState('hidden');
  // The other one comes after it, never beside it.
  await words(page).waitFor();
  expect(await card(page).count()).toBe(1);
  await card(page).getByRole('button', { name: 'Dismiss' }).press('Enter');
  expect(await page.evaluate(() => document.querySelector('body > div:last-child')?.shadowRoot?.activeElement?.className)).toBe('launcher');
  const other = await page.context().newPage();
  for (const visited of [page, other]) {
    await visited.goto(put('/again'));
    await expectNone(visited);
  }
  // Two days later the first one may come again, in whichever tab looks first.
  await page.close();
  await other.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(':invited')) ?? '';
    const times = JSON.parse(localStorage[key]) as Record<string, number>;
    localStorage[key] = JSON.stringify(Object.fromEntries(Object.entries(times).map(([id, at]) => [id, at - 2.1 * 86_400_000])));
  });
  await words(other).waitFor();
  await expect
    .poll(async () => (await counts(house)).map(({ shown, accepted }) => [shown, accepted]))
    .toEqual([
      [2, 0],
      [1, 0],
    ]);
});

browserTest(
  'leaving by the mouse, scrolling down, and a quick scroll back on a touch screen each bring their own',
  async ({ openPage }) => {
    const { put } = await openShop([
      { id: 'leaving', onExitIntent: true, text: { en: 'Before you go' } },
      { id: 'reading', scrolledPercent: 60, text: { en: 'Still reading' } },
    ]);
    const mouse = await openPage();
    await mouse.goto(put('/'));
    await expectNone(mouse);
    await mouse.evaluate(() => document.documentElement.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, clientY: -1 })));
    await expect.poll(() => words(mouse).innerText()).toBe('Before you go');

    const reader = await openPage();
    await reader.goto(put('/'));
    await reader.evaluate(() => scrollTo(0, 3_000));
    await expect.poll(() => words(reader).innerText()).toBe('Still reading');

    const touch = await openPage({ hasTouch: true, isMobile: true, viewport: { width: 375, height: 667 } });
    await touch.goto(put('/'));
    const flick = () =>
      touch.evaluate(async () => {
        const scroll = (y: number) => {
          const done = new Promise((heard) => addEventListener('scroll', heard, { once: true }));
          scrollTo(0, y);
          return done;
        };
        await scroll(900);
        await scroll(300);
      });
    // Again, if the page was still loading or the machine too slow for a quick one.
    await expect
      .poll(async () => {
        await flick();
        return words(touch).allInnerTexts();
      })
      .toEqual(['Before you go']);
  },
);

browserTest('returning, the cart and business hours are asked for, and hours cost no socket', async ({ openPage }) => {
  const { house, put } = await openShop([
    { id: 'again', isReturning: true, text: { en: 'Welcome back' } },
    { id: 'cart', cartValueMin: 200, hours: 'staffed', text: { en: 'A question about your order?' } },
  ]);
  const page = await openPage();
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const cart = (value: number) => `<script>(window.Kesher ??= []).push(['setFields', { cartValue: ${value} }])</script>`;
  await page.goto(put('/', cart(199)));
  await expectNone(page);
  expect(asked.some((path) => path.endsWith('/availability'))).toBe(false);
  await page.goto(put('/full', cart(200)));
  await expectNone(page);
  expect(asked.filter((path) => path.endsWith('/availability'))).toHaveLength(1);
  const later = await page.context().newPage();
  await later.goto(put('/later'));
  await expect.poll(() => words(later).innerText()).toBe('Welcome back');

  await house.agent();
  const buyer = await openPage();
  await buyer.goto(put('/full', cart(200)));
  await expect.poll(() => words(buyer).innerText()).toBe('A question about your order?');
  expect(sockets).toEqual([]);
});

browserTest(
  'nobody is invited over an open panel, in a conversation, in another language, without a launcher or without a storage',
  async ({ openPage }) => {
    const { put } = await openShop([{ afterSeconds: 1, text: { en: 'Hi' } }]);
    const talker = await openPage();
    await talker.goto(put('/'));
    await talker.locator('button.launcher').click();
    await talker.getByRole('dialog').waitFor();
    await expectNone(talker);
    await talker.getByRole('dialog').getByRole('textbox').fill('hello');
    await talker.getByRole('dialog').getByRole('textbox').press('Enter');
    await talker.locator('.mark[data-state="sent"]').waitFor();
    await talker.keyboard.press('Escape');
    await expectNone(talker);

    const block = `<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })</script>`;
    const hide = `<script>(window.Kesher ??= []).push(['hide'])</script>`;
    const others = await Promise.all(
      [put('/he', '', 'he'), put('/blocked', block), put('/hidden', hide)].map(async (url) => {
        const page = await openPage();
        await page.goto(url);
        return page;
      }),
    );
    await Promise.all(others.map(expectNone));
  },
);
