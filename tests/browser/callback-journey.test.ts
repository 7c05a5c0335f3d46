import { DateTime } from 'luxon';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { en as consoleEnglish } from '../../console/texts/en.ts';
import { he as consoleHebrew } from '../../console/texts/he.ts';
import { en as widgetEnglish } from '../../shared/texts/en.ts';
import { enExtras } from '../../shared/texts/en-extras.ts';
import { he as widgetHebrew } from '../../shared/texts/he.ts';
import { heExtras } from '../../shared/texts/he-extras.ts';
import { browserTest } from '../helpers/browser.ts';
import { type House, openHouse, PASSWORD } from '../helpers/house.ts';
import { expectAccessible } from './accessible.ts';

const zone = 'Asia/Jerusalem';
const cases = [
  { language: 'he', locale: 'he-IL', demo: '/demo/', of: consoleHebrew, said: { ...widgetHebrew, ...heExtras }, phoneWidth: false },
  { language: 'en', locale: 'en-US', demo: '/demo/en/', of: consoleEnglish, said: { ...widgetEnglish, ...enExtras }, phoneWidth: true },
] as const;

/** Everybody's clock, the server's and the browsers', stands at this moment and goes on from there. */
async function itIs(house: House, at: number, ...pages: Page[]): Promise<void> {
  house.clockOffsetMs = at - Date.now();
  for (const page of pages) await page.clock.setSystemTime(at);
}

/** Open from Sunday to Thursday, nine to six; it is the evening of the next Tuesday. */
async function closedShop(): Promise<{ house: House; evening: DateTime }> {
  const house = await openHouse();
  const day = [{ from: 540, to: 1_080 }];
  const rules = { exceptions: [], holidays: [], jewish: null, calendars: [], week: [day, day, day, day, day, [], []] };
  await house.json('POST', '/api/business-hours', { name: 'Shop', timeZone: zone, inboxIds: [house.inbox.id], ...rules });
  let evening = DateTime.now().setZone(zone).plus({ days: 1 }).set({ hour: 21, minute: 0, second: 0, millisecond: 0 });
  while (evening.weekday !== 2) evening = evening.plus({ days: 1 });
  return { house, evening };
}

describe.each(cases)('in $language', ({ locale, demo, of, said, phoneWidth }) => {
  browserTest('who comes to a closed shop is called next morning, tried again, and reached', async ({ openPage }) => {
    const text = (key: keyof typeof consoleEnglish) => of[key] as string;
    const { house, evening } = await closedShop();
    const shop = await openPage({ locale });
    await itIs(house, evening.toMillis(), shop);
    await shop.goto(house.url + demo);
    await shop.getByRole('button', { name: said.openChat }).click();
    const panel = shop.getByRole('dialog');
    await panel.getByRole('button', { name: said.callbackOffer }).click();
    const when = panel.getByLabel(said.callbackWhen);
    const morning = evening.plus({ days: 1 }).set({ hour: 9 }).toMillis();
    // Nothing tonight: the first time is when the shop opens.
    await expect.poll(() => when.locator('optgroup option').first().getAttribute('value'), { timeout: 20_000 }).toBe(String(morning));
    await when.selectOption(String(morning));
    await panel.getByLabel(said.phone).fill('050-1234567');
    await panel.getByLabel(said.callbackNote).fill('פיקוס גדול');
    await expectAccessible(shop, 'the form');
    await panel.getByRole('button', { name: said.callbackSubmit }).click();
    const [page] = await Promise.all([shop.waitForEvent('popup'), panel.getByRole('link', { name: said.callbackChange }).click()]);
    await page.getByRole('button').first().waitFor();
    await expectAccessible(page, 'the page behind the link');
    await page.close();

    // In the morning.
    const desk = await openPage({ locale });
    if (phoneWidth) await desk.setViewportSize({ width: 375, height: 768 });
    await itIs(house, morning - 10 * 60_000, desk);
    await desk.goto(`${house.url}/console/`);
    await desk.getByLabel(text('signIn.email')).fill('dana@shop.example');
    await desk.getByLabel(text('signIn.password')).fill(PASSWORD);
    await desk.keyboard.press('Enter');
    await desk.locator('[data-bell]').waitFor();
    const strip = desk.getByRole('region', { name: text('calls.region') });
    await itIs(house, morning, desk);
    await strip.getByText('פיקוס גדול').waitFor({ timeout: 20_000 });
    await expectAccessible(desk, 'the call that rings');
    await strip.getByRole('button', { name: text('calls.call'), exact: true }).click();
    const note = strip.getByRole('textbox', { name: text('calls.note') });
    await note.fill('תא קולי');
    // What was typed outlives the page.
    await desk.reload();
    await expect.poll(() => note.inputValue(), { timeout: 20_000 }).toBe('תא קולי');
    await expectAccessible(desk, 'the call under way');
    await desk.keyboard.press('c');
    await desk.keyboard.press('2');
    // The next try by the rule stands first.
    await desk.getByRole('dialog').getByRole('radio', { checked: true }).and(desk.locator(':focus')).waitFor({ timeout: 20_000 });
    await expectAccessible(desk, 'when it is tried again');
    await desk.keyboard.press('Enter');
    await expect.poll(() => strip.count(), { timeout: 20_000 }).toBe(0);

    await itIs(house, morning + 31 * 60_000, desk);
    await strip.getByText(text('calls.was.no-answer'), { exact: false }).waitFor({ timeout: 20_000 });
    await desk.keyboard.press('c');
    await desk.keyboard.press('Enter');
    await note.waitFor();
    await desk.keyboard.press('c');
    await desk.keyboard.press('1');
    await expect.poll(() => strip.count(), { timeout: 20_000 }).toBe(0);

    const { items } = await house.json<{ items: { contact: { id: string } }[] }>('GET', '/api/tasks?status=done');
    await desk.goto(`${house.url}/console/contacts/${items[0]?.contact.id}`);
    await desk.getByRole('heading', { name: text('calls.past') }).waitFor();
    const tries = desk.locator('section', { has: desk.getByRole('heading', { name: text('calls.past') }) }).locator('ol > li');
    expect(await tries.allInnerTexts()).toEqual([
      expect.stringContaining(text('calls.was.no-answer')),
      expect.stringContaining(text('calls.was.reached')),
    ]);
    await tries.first().getByText('תא קולי').waitFor();
    await expectAccessible(desk, 'the customer file');
  });
});
