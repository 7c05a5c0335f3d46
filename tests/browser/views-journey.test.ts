import { nanoid } from 'nanoid';
import type { Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, onTestFinished } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { get } from '../helpers/house.ts';
import { expectAccessible } from './accessible.ts';
import { type AgentAtConsole, openScene } from './chat-scene.ts';

const looks = [
  { language: 'he', colorScheme: 'light', width: 1_366 },
  { language: 'en', colorScheme: 'dark', width: 375 },
] as const;

const seen = { timeout: 30_000 };
const noaPassword = 'correct horse battery';

/** The agent's own browser asks, signed in as it is. */
function call<Data>(page: Page, method: string, path: string, body?: unknown): Promise<Data> {
  return page.evaluate(
    async ([how, where, what]) => {
      const response = await fetch(`/api${where}`, {
        method: how,
        headers: { 'X-Kesher': '1', 'Content-Type': 'application/json' },
        ...(what !== null && { body: what }),
      });
      return response.json();
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  );
}

/** One visitor after the other, each in a conversation of its own. */
async function writeIn(agent: AgentAtConsole, texts: readonly string[]): Promise<string[]> {
  const { items } = await call<{ items: { key: string }[] }>(agent.page, 'GET', '/inboxes');
  const ids: string[] = [];
  for (const text of texts) {
    const visitor: Socket = io(`${agent.line.url}/visitor`, { transports: ['websocket'], forceNew: true, auth: { inbox: items[0]?.key } });
    onTestFinished(() => void visitor.disconnect());
    const { message } = await get<{ message: { conversationId: string } }>(visitor, 'message:post', { id: nanoid(), text });
    ids.push(message.conversationId);
  }
  return ids;
}

describe.each(looks)('in $language, $colorScheme, $width px wide', ({ language, colorScheme, width }) => {
  browserTest('an agent saves a view that a colleague opens, and resolves several with an undo', async ({ openPage }) => {
    const { agent } = await openScene(openPage, language);
    const { page } = agent;
    const text = (key: Parameters<typeof agent.text>[0]) => agent.text(key);
    const said = language === 'he' ? 'שאלה על משלוח' : 'A question about delivery';
    await writeIn(
      agent,
      [1, 2, 3, 4, 5].map((number) => `${said} ${number}`),
    );
    await agent.showAll();
    await expect.poll(() => agent.rows.count(), seen).toBe(5);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 768 });

    // By keyboard: two are chosen and given a tag.
    await agent.rows.first().focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowDown');
    await expectAccessible(page, 'several chosen');
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: text('tags.label') })
      .click();
    await page.getByLabel(text('bulk.tag'), { exact: true }).fill('vip');
    await page.keyboard.press('Enter');
    await page.getByText('vip').nth(1).waitFor();
    await page.getByRole('toolbar').waitFor({ state: 'detached' });

    // The filter becomes a view that everybody has.
    await page.getByRole('button', { name: text('views.filter') }).click();
    await page.getByLabel(text('search.tag'), { exact: true }).selectOption('vip');
    await expect.poll(() => agent.rows.count(), seen).toBe(2);
    await expectAccessible(page, 'filters');
    await page.getByRole('button', { name: text('views.save') }).click();
    const name = language === 'he' ? 'לקוחות חשובים' : 'Very important';
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(text('views.name')).fill(name);
    await dialog.getByLabel(text('views.share')).check();
    await expectAccessible(page, 'saving');
    await dialog.getByRole('button', { name: text('action.save') }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => agent.rows.count(), seen).toBe(2);

    const noa = { name: 'Noa', email: 'noa@shop.example', password: noaPassword, role: 'agent' };
    await call(page, 'POST', '/agents', noa);
    const colleague = await openPage({ locale: language, colorScheme, viewport: { width: 1_366, height: 768 } });
    await colleague.goto(page.url());
    await colleague.getByLabel(text('signIn.email')).fill(noa.email);
    await colleague.getByLabel(text('signIn.password')).fill(noaPassword);
    await colleague.keyboard.press('Enter');
    // The link leads to the view, and the view stands among hers.
    await colleague.getByRole('heading', { name }).waitFor();
    await colleague.getByRole('link', { name }).waitFor();
    await expect.poll(() => colleague.locator('[data-conversation]').count(), seen).toBe(2);

    // All that are shown are resolved, and come back.
    await agent.rows.first().focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('e');
    await expect.poll(() => colleague.locator('[data-conversation]').count(), seen).toBe(0);
    await page
      .getByRole('status')
      .getByRole('button', { name: text('action.undo') })
      .last()
      .click();
    await expect.poll(() => colleague.locator('[data-conversation]').count(), seen).toBe(2);
    await expect.poll(() => agent.rows.count(), seen).toBe(2);
    await colleague.getByRole('link', { name: text('view.teams') }).click();
    await colleague.getByText(text('list.empty.teams')).waitFor();
    await expectAccessible(colleague, 'an empty view');

    // Deleted by mistake, it comes back.
    if (width > 720)
      await page
        .getByRole('navigation')
        .getByRole('button', { name: text('views.manage') })
        .click();
    else {
      await page.getByRole('button', { name }).first().click();
      await page.getByRole('menuitem', { name: text('views.manage') }).click();
    }
    await page.getByRole('dialog').getByText(name).waitFor();
    await expectAccessible(page, 'editing views');
    await dialog.locator(`[aria-label*="${name}"]`).last().click();
    await colleague.getByRole('link', { name }).waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: text('action.undo') }).click();
    await colleague.getByRole('link', { name }).waitFor();
  });
});

browserTest('the list does not jump under the pointer, and settles when it leaves', async ({ openPage }) => {
  const { agent } = await openScene(openPage, 'he');
  const { page } = agent;
  // The latest change first, so that whoever writes would push the others down.
  await page.goto(`${agent.line.url}/console/conversations?view=${encodeURIComponent('~{"sort":"newest"}')}`);
  await writeIn(agent, ['ראשונה', 'שנייה', 'שלישית']);
  await expect.poll(() => agent.rows.count(), seen).toBe(3);
  const rows = () =>
    agent.rows.evaluateAll((all) => all.map((row) => `${row.getAttribute('data-conversation')} ${row.getBoundingClientRect().top}`));
  const before = await rows();

  const box = await agent.rows.nth(1).boundingBox();
  const [x, y] = [(box?.x ?? 0) + 100, (box?.y ?? 0) + 20];
  await page.mouse.move(x, y);
  await page.mouse.move(x + 4, y + 2);
  const [newest] = (await writeIn(agent, ['רביעית', 'חמישית'])).slice(-1);
  const news = page.getByRole('button', { name: 'שתי שיחות חדשות' });
  await news.waitFor();
  expect(await rows()).toEqual(before);

  await page.mouse.move(700, 400);
  await expect.poll(() => agent.rows.first().getAttribute('data-conversation'), seen).toBe(newest);
  expect(await agent.rows.count()).toBe(5);
  expect(await news.count()).toBe(0);

  // The keyboard holds it as well, and the mark brings up who is new.
  await agent.rows.nth(2).focus();
  await page.keyboard.press('ArrowDown');
  const [last] = await writeIn(agent, ['שישית']);
  const mark = page.getByRole('button', { name: 'שיחה חדשה' });
  await mark.waitFor();
  expect(await agent.rows.count()).toBe(5);
  await mark.click();
  await expect.poll(() => agent.rows.first().getAttribute('data-conversation'), seen).toBe(last);
});
