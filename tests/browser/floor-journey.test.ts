import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { en as consoleEnglish } from '../../console/texts/en.ts';
import { he as consoleHebrew } from '../../console/texts/he.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { WatchedVisitors } from '../../shared/live-visitor.ts';
import { browserTest } from '../helpers/browser.ts';
import { makeTeam, writeIn } from '../helpers/company.ts';
import { get, type House, openHouse } from '../helpers/house.ts';
import { expectAccessible } from './accessible.ts';
import { changeSettings, looks, personOf, ShopVisit } from './shop-visit.ts';

const texts = { he: consoleHebrew, en: consoleEnglish } as const;
const words = {
  he: { hello: 'אפשר לעזור בבחירה?', answer: 'כן, איזה ספל הכי גדול?' },
  en: { hello: 'Can I help you choose?', answer: 'Yes, which mug is the largest?' },
} as const;

const patient = { timeout: 15_000 };

/** A person's browser, which says of itself that no program drives it. */
async function asPerson(page: Page): Promise<Page> {
  await page.addInitScript("Object.defineProperty(navigator, 'webdriver', { get: () => false })");
  return page;
}

async function signIn(page: Page, house: House, cookie: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: house.url }]);
}

describe.each(looks)('in $language, on $device, $colorScheme', (look) => {
  const { language } = look;
  const text = (key: keyof typeof consoleEnglish) => texts[language][key] as string;

  browserTest('an agent sees a visitor on a page, speaks first, and is answered', async ({ openPage }) => {
    const house = await openHouse();
    await changeSettings(house, { hasLiveVisitors: true });
    const page = await openPage(personOf(look));
    await signIn(page, house, house.cookie);
    await page.goto(`${house.url}/console/visitors`);
    await page.getByText(text('visitors.empty')).waitFor();
    await expectAccessible(page, 'nobody on the site');

    const shop = new ShopVisit(await asPerson(await openPage(personOf(look))), house.url, language);
    await shop.enter();
    const row = page.locator('[data-visitor]');
    const title = await shop.page.title();
    await expect.poll(() => row.allInnerTexts(), { timeout: 15_000 }).toEqual([expect.stringContaining(title)]);
    await shop.enter('product.html');
    const next = await shop.page.title();
    await expect.poll(() => row.allInnerTexts(), { timeout: 15_000 }).toEqual([expect.stringContaining(next)]);
    await expectAccessible(page, 'a visitor');
    const field = page.getByRole('searchbox', { name: text('visitors.search') });
    await field.fill('zzz');
    await page.getByText(text('visitors.nothingFound')).waitFor();
    await field.fill(next.split(' ')[0] ?? '');
    await row.waitFor();

    await row.getByRole('button', { name: text('visitors.greet') }).click();
    const box = page.getByRole('textbox', { name: text('visitors.greetText') });
    await box.fill(words[language].hello);
    await expectAccessible(page, 'the first message');
    // Closed by mistake, nothing is lost, and the keyboard is where it was.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    expect(await box.inputValue()).toBe(words[language].hello);
    await box.press('Control+Enter');
    await page.waitForURL(/\/conversations\//);

    const teaser = shop.page.locator('.invitation .words');
    await expect.poll(() => teaser.innerText(), { timeout: 15_000 }).toContain(words[language].hello);
    await expect.poll(() => shop.page.locator('.badge').innerText(), { timeout: 15_000 }).toBe('1');
    await teaser.click();
    await shop.panel.waitFor();
    await expect.poll(() => shop.bubbles(), patient).toEqual([words[language].hello]);
    await shop.say(words[language].answer);
    await expect
      .poll(() => page.locator('main li[data-message] [class*="bubble"]').allInnerTexts(), { timeout: 15_000 })
      .toEqual([words[language].hello, words[language].answer]);
    const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations');
    expect(items).toHaveLength(1);
    // In the list the visitor leads to the conversation now.
    await page.goto(`${house.url}/console/visitors`);
    await row.getByRole('link', { name: text('visitors.openChat') }).waitFor();
  });

  browserTest('a supervisor sees who waits, takes one over, hands another on by keyboard, and whispers', async ({ openPage }) => {
    const house = await openHouse();
    const noa = await house.hire('Noa');
    const sara = await house.hire('Sara', 'supervisor');
    await makeTeam(house, 'מכירות', [noa.id]);
    const { socket: noas } = await house.agent(noa.cookie);
    const page = await openPage(personOf(look));
    await signIn(page, house, sara.cookie);
    await page.goto(`${house.url}/console/now`);
    await page.getByText(text('now.nobodyWaits')).waitFor();
    const [first, second] = [await writeIn(house, 'first'), await writeIn(house, 'second')];
    const row = (id: string) => page.locator(`[data-waiting="${id}"]`);
    const stateOf = async (id: string) => (await house.json<ConversationSummary>('GET', `/api/conversations/${id}`)).assigneeId;
    await row(second.conversationId).waitFor();
    const count = page.locator('[data-figure="waiting"]');
    await expect.poll(() => count.innerText(), patient).toContain('2');
    await expectAccessible(page, 'the board');

    await row(first.conversationId)
      .getByRole('button', { name: text('now.takeOver') })
      .click();
    await expect.poll(() => stateOf(first.conversationId), patient).toBe(sara.id);
    // By keyboard: the menu of the row, its choices by their first letters.
    await row(second.conversationId)
      .getByRole('button', { name: text('assign.label') })
      .focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menu').waitFor();
    const chosen = async () => {
      await page.keyboard.press('N');
      return page.evaluate(() => document.activeElement?.textContent ?? '');
    };
    await expect.poll(chosen, patient).toContain('Noa');
    await page.keyboard.press('Enter');
    await expect.poll(() => stateOf(second.conversationId), patient).toBe(noa.id);

    await row(second.conversationId)
      .getByRole('button', { name: text('now.whisper') })
      .click();
    await page.getByRole('dialog').getByRole('textbox').fill('אפשר להציע משלוח חינם');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: text('now.whisperSend') })
      .click();
    const notes = async () => {
      const { items } = await house.json<{ items: { text: string; visibility: string }[] }>(
        'GET',
        `/api/conversations/${second.conversationId}/messages`,
      );
      return items.filter(({ visibility }) => visibility === 'internal').map((note) => note.text);
    };
    await expect.poll(notes, patient).toEqual([expect.stringContaining('אפשר להציע משלוח חינם')]);

    const card = page.locator(`[data-agent="${noa.id}"]`);
    await card.getByRole('button', { name: 'Noa' }).last().click();
    await page.getByRole('menuitemradio', { name: text('availability.away') }).click();
    await expect.poll(() => card.innerText(), patient).toContain('Sara');

    await count.click();
    await expect.poll(() => page.getByRole('dialog').getByRole('link').count(), patient).toBe(2);
    await expectAccessible(page, 'the rows of a number');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: text('now.wall') }).click();
    await page.getByRole('button', { name: text('now.wallClose') }).waitFor();
    await expectAccessible(page, 'the wall');
    await page.keyboard.press('Escape');
    noas.disconnect();
    await row(second.conversationId).waitFor();
  });
});

browserTest(
  'programs and hidden pages hold no line; a page that is shown holds one, and none after it has been closed',
  async ({ openPage }) => {
    const house = await openHouse();
    await changeSettings(house, { hasLiveVisitors: true });
    const lines: string[] = [];
    const open = async (who: string, prepare: (page: Page) => Promise<unknown>) => {
      const page = await openPage();
      page.on('websocket', () => lines.push(who));
      await prepare(page);
      const fetched = page.waitForResponse(/site-presence/);
      await page.goto(`${house.url}/demo/en/`);
      await fetched;
      return page;
    };
    const robot = await open('robot', async () => undefined);
    const hidden = await open('hidden', async (page) => {
      await asPerson(page);
      await page.addInitScript(
        "Object.defineProperty(document, 'visibilityState', { get: () => (window.isShown ? 'visible' : 'hidden'), configurable: true })",
      );
    });
    // The page is looked at once a second.
    await Promise.all([robot, hidden].map((page) => page.evaluate(() => new Promise((passed) => setTimeout(passed, 1_500)))));
    expect(lines).toEqual([]);
    await hidden.evaluate('window.isShown = true');
    await expect.poll(() => lines, { timeout: 10_000 }).toEqual(['hidden']);

    const { socket } = await house.agent();
    const total = async () => {
      house.clockOffsetMs += 2_000;
      return (await get<WatchedVisitors>(socket, 'visitor:watch', {})).total;
    };
    await expect.poll(total, patient).toBe(1);
    await hidden.close();
    await expect.poll(total, { interval: 500, timeout: 15_000 }).toBe(0);
  },
);
