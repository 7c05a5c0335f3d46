import { nanoid } from 'nanoid';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { get, type House, openHouse } from '../helpers/house.ts';
import { looks, personOf, ShopVisit } from './shop-visit.ts';

/** Notes in the page itself, from its first moment on, every state of the panel that is ever painted. */
async function watchPanel(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seenPanels: seen });
    const look = () => {
      const root = [...document.querySelectorAll('div')].find((element) => element.shadowRoot)?.shadowRoot;
      const panel = root?.querySelector<HTMLElement>('.panel');
      const box = panel?.getBoundingClientRect();
      const view = panel?.querySelector('form')
        ? 'form'
        : panel?.querySelector('.row')
          ? 'rows'
          : panel?.querySelector('textarea')
            ? 'chat'
            : 'empty';
      const now = root ? (box ? `${view} ${Math.round(box.x)} ${Math.round(box.y)} ${Math.round(box.height)}` : 'closed') : '';
      if (root?.querySelector('.launcher') && now !== seen.at(-1)) seen.push(now);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
const seenPanels = (page: Page) => page.evaluate(() => (window as unknown as { seenPanels: string[] }).seenPanels);

/** A conversation that is long enough to scroll in. */
async function talkLong(house: House, visit: ShopVisit): Promise<void> {
  await visit.say('the first words');
  await visit.panel.locator('.mark[data-state="sent"]').waitFor();
  const agent = await house.agent();
  const conversationId = agent.session.conversations[0]?.id;
  for (let number = 1; number <= 30; number += 1) {
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: `line ${number} of a long answer` });
  }
  await expect.poll(() => visit.bubbles()).toHaveLength(31);
}

describe.each(looks)('in $language, on $device', (look) => {
  const { language } = look;

  browserTest('the next page shows the panel as it was: place, draft and all, without a flash', async ({ openPage }) => {
    const house = await openHouse();
    const page = await openPage(personOf(look));
    const visit = new ShopVisit(page, house.url, language);
    await visit.enter();
    await visit.openChat();
    await talkLong(house, visit);
    await visit.composer.fill('half a sen');
    const scroller = visit.panel.locator('.scroller');
    await scroller.evaluate((box) => {
      box.scrollTop = -500;
    });
    const place = () =>
      visit.panel
        .locator('[data-message]')
        .nth(10)
        .evaluate((row) => Math.round(row.getBoundingClientRect().top));
    await visit.panel.locator('.pill').waitFor();
    const before = await place();
    const height = await visit.panel.evaluate((panel) => panel.getBoundingClientRect().height);

    await watchPanel(page);
    await visit.enter('delivery.html');
    await expect.poll(() => visit.composer.inputValue()).toBe('half a sen');
    await visit.panel.locator('.pill').waitFor();
    expect(await place()).toBe(before);
    // The session that has started meanwhile moves nothing either.
    await visit.composer.press('End');
    await visit.composer.pressSequentially('tence');
    expect(await place()).toBe(before);
    const seen = await seenPanels(page);
    expect(
      seen.filter((state) => state.startsWith('chat')),
      seen.join(', '),
    ).toHaveLength(1);
    expect(seen.at(-1)).toMatch(new RegExp(`^chat \\d+ \\d+ ${Math.round(height)}$`));
    expect(await page.evaluate(() => document.activeElement?.tagName), 'the panel takes no focus until it is touched').toBe('DIV');
  });

  browserTest('the form for one’s details stands half filled on the next page', async ({ openPage }) => {
    const house = await openHouse();
    const page = await openPage(personOf(look));
    const visit = new ShopVisit(page, house.url, language);
    await visit.enter();
    await visit.openChat();
    await visit.panel.getByRole('button', { name: visit.texts.yourDetails }).click();
    await visit.panel.getByRole('textbox', { name: visit.texts.name }).fill('רו');
    await watchPanel(page);
    await visit.enter('product.html');
    await expect.poll(() => visit.panel.getByRole('textbox', { name: visit.texts.name }).inputValue()).toBe('רו');
    expect(
      (await seenPanels(page)).filter((state) => state.startsWith('chat')),
      'never another view',
    ).toEqual([]);
  });

  browserTest('whoever answers in the server’s place (a hotel’s network) costs no word', async ({ openPage }) => {
    const house = await openHouse();
    const page = await openPage(personOf(look));
    const visit = new ShopVisit(page, house.url, language);
    await visit.enter();
    await visit.openChat();
    await visit.say('before the hotel');
    await visit.panel.locator('.mark[data-state="sent"]').waitFor();
    let isCaptive = true;
    await page.routeWebSocket(/socket\.io/, (socket) => {
      if (isCaptive) void socket.close();
      else socket.connectToServer();
    });
    const foreign = { status: 200, contentType: 'text/html', body: '<html><title>Welcome to the hotel</title>Please sign in</html>' };
    await page.route(/\/api\/widget\/|socket\.io|details-page|full-client/, (route) =>
      isCaptive ? route.fulfill(foreign) : route.fallback(),
    );
    await page.reload();
    await visit.panel.waitFor();
    await visit.say('from the lobby');
    await expect.poll(() => visit.bubbles()).toEqual(['before the hotel', 'from the lobby']);
    await visit.panel.getByRole('button', { name: visit.texts.yourDetails }).click();
    await visit.panel.getByText(visit.texts.connecting).or(visit.panel.getByText(visit.texts.reconnecting)).waitFor();
    isCaptive = false;
    await visit.panel.getByRole('textbox', { name: visit.texts.name }).waitFor({ timeout: 20_000 });
    await visit.panel.getByRole('button', { name: visit.texts.back }).click();
    await expect
      .poll(() => visit.panel.locator('.bubble').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.state)), {
        timeout: 60_000,
      })
      .toEqual(['sent', 'sent']);
    const { items } = await house.json<{ items: { lastSeq: number }[] }>('GET', '/api/conversations');
    expect(items.map(({ lastSeq }) => lastSeq)).toEqual([2]);
  });
});
