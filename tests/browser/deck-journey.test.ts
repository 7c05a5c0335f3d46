import { nanoid } from 'nanoid';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, onTestFinished } from 'vitest';
import type { Inbox } from '../../shared/inbox.ts';
import type { Message } from '../../shared/message.ts';
import { browserTest } from '../helpers/browser.ts';
import { hear } from '../helpers/house.ts';
import { expectAccessible } from './accessible.ts';
import { type AgentAtConsole, openScene } from './chat-scene.ts';

const worlds = [
  {
    language: 'he',
    colorScheme: 'light',
    customers: [
      { name: 'רות', says: 'איפה ההזמנה שלי?', hears: 'היא יוצאת היום.' },
      { name: 'יוסי', says: 'אתם פתוחים בשישי?', hears: 'כן, עד אחת.' },
      { name: 'Omar', says: 'Do you ship to Haifa?', hears: 'כן, תוך יומיים.' },
    ],
    more: 'ומה עם העציץ?',
    draft: 'רק רגע, אני ב',
  },
  {
    language: 'en',
    colorScheme: 'dark',
    customers: [
      { name: 'Ruth', says: 'Where is my order?', hears: 'It leaves today.' },
      { name: 'Joseph', says: 'Are you open on Friday?', hears: 'Yes, until one.' },
      { name: 'עומר', says: 'יש משלוח לחיפה?', hears: 'Yes, within two days.' },
    ],
    more: 'And what about the pot?',
    draft: 'One moment, I am loo',
  },
] as const;

/** Customers on other machines: they speak the widget's wire. */
async function letIn(agent: AgentAtConsole, name: string, text: string) {
  const inboxes = await agent.page.request.get(`${agent.line.url}/api/inboxes`, { headers: { 'X-Kesher': '1' } });
  const { items } = (await inboxes.json()) as { items: Inbox[] };
  const socket = io(`${agent.line.url}/visitor`, { auth: { inbox: items[0]?.key }, transports: ['websocket'], forceNew: true });
  onTestFinished(() => void socket.disconnect());
  const heard = hear<Message>(socket, 'message:posted');
  await socket.emitWithAck('visitor:identify', { name });
  await say(socket, text);
  return { socket, heard };
}

/** How many pixels two things stand in each other's way, from side to side. */
function overlap(one: { x: number; width: number } | null, other: { x: number; width: number } | null): number {
  if (!one || !other) throw new Error('nothing to look at');
  return Math.max(0, Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x));
}

const say = (socket: Socket, text: string) => socket.emitWithAck('message:post', { id: nanoid(), text });

describe.each(worlds)('in $language, $colorScheme', ({ language, colorScheme, customers, more, draft }) => {
  browserTest('an agent without a mouse handles three chats at once, and a second browser has the draft', async ({ openPage, browser }) => {
    const { agent } = await openScene(openPage, language);
    const { page } = agent;
    const people: Awaited<ReturnType<typeof letIn>>[] = [];
    for (const { name, says } of customers) people.push(await letIn(agent, name, says));
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 2_200, height: 1_000 });
    await page.goto(`${agent.line.url}/console/conversations?view=open`);
    await expect.poll(() => agent.rows.count()).toBe(3);

    // Whoever waits longest stands first; each is opened beside the one before.
    const panes = page.locator('[data-pane]');
    await page.keyboard.press('F6');
    for (const [at, { says }] of customers.entries()) {
      await page.keyboard.press('Control+Enter');
      await panes.nth(at).getByText(says).waitFor();
      await page.keyboard.press('ArrowDown');
    }
    const composer = (at: number) => panes.nth(at).getByRole('textbox', { name: agent.text('composer.replyLabel') });
    for (const [at, { hears }] of customers.entries()) {
      await page.keyboard.press(`Alt+${at + 1}`);
      await expect.poll(() => composer(at).evaluate((area) => area === document.activeElement)).toBe(true);
      await page.keyboard.type(hears);
      await page.keyboard.press('Enter');
    }
    for (const [at, { hears }] of customers.entries()) {
      await expect.poll(() => people[at]?.heard.map(({ text }) => text), { timeout: 20_000 }).toContain(hears);
    }
    await agent.file.getByText(customers[2].name, { exact: true }).first().waitFor();
    await expectAccessible(page, 'deck of three');

    // The first customer writes on while the agent is with the third: seen, and not taken for read.
    const [first] = people;
    await first?.socket.emitWithAck('typing:set', { conversationId: first.heard.at(-1)?.conversationId, text: more.slice(0, 5) });
    await panes.nth(0).getByText(more.slice(0, 5), { exact: true }).waitFor();
    await say(first?.socket as Socket, more);
    await panes.nth(0).getByText(more, { exact: true }).first().waitFor();
    const unread = panes.nth(0).locator('header [class*="badge"] .visually-hidden');
    await expect.poll(() => unread.count()).toBe(1);
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => composer(0).evaluate((area) => area === document.activeElement)).toBe(true);
    await expect.poll(() => unread.count()).toBe(0);
    await agent.file.getByText(customers[0].name, { exact: true }).first().waitFor();

    // Between the columns, and one is done.
    await page.keyboard.press('F6');
    await expect.poll(() => composer(1).evaluate((area) => area === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await panes
      .nth(1)
      .getByRole('button', { name: agent.text('conversation.reopen') })
      .waitFor();
    await page.keyboard.press('Alt+w');
    await expect.poll(() => panes.count()).toBe(2);

    // The other one is begun here and found in a second browser of the same agent.
    await page.keyboard.press('Alt+2');
    await page.keyboard.type(draft);
    const storageState = await page.context().storageState();
    const context = await browser.newContext({
      locale: language === 'he' ? 'he-IL' : 'en-US',
      storageState: { ...storageState, origins: [] },
    });
    onTestFinished(() => context.close());
    const home = await context.newPage();
    await home.goto(page.url());
    const homeComposer = home.getByRole('textbox', { name: agent.text('composer.replyLabel') });
    await expect.poll(() => homeComposer.inputValue(), { timeout: 20_000 }).toBe(draft);
    await page.keyboard.press('Enter');
    await expect.poll(() => homeComposer.inputValue(), { timeout: 20_000 }).toBe('');

    // A reload and a narrow window lose nothing.
    await page.keyboard.type(draft);
    await page.reload();
    await expect.poll(() => panes.count()).toBe(2);
    await expect.poll(() => composer(1).inputValue()).toBe(draft);
    // On a small laptop two conversations fill the room; the file, asked for, stands beside the one in focus and goes along.
    await page.setViewportSize({ width: 1_366, height: 768 });
    await agent.file.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: agent.text('file.show') }).click();
    await expect.poll(() => panes.count()).toBe(1);
    expect(overlap(await agent.file.boundingBox(), await panes.first().boundingBox())).toBe(0);
    await page.keyboard.press('Alt+1');
    await agent.file.getByText(customers[0].name, { exact: true }).first().waitFor();
    await page.getByRole('button', { name: agent.text('file.hide') }).click();
    await expect.poll(() => panes.count()).toBe(2);
    await page.keyboard.press('Alt+2');
    await page.setViewportSize({ width: 375, height: 740 });
    await expect.poll(() => panes.count()).toBe(1);
    const tabs = page.getByRole('navigation', { name: agent.text('deck.label') }).getByRole('link');
    await expect.poll(() => tabs.count()).toBe(2);
    await expect
      .poll(() => tabs.nth(1).evaluate((tab) => tab.getBoundingClientRect().left >= 0 && tab.getBoundingClientRect().right <= innerWidth))
      .toBe(true);
    await expectAccessible(page, 'deck on a phone');
    await page.keyboard.press('Alt+1');
    await panes.nth(0).getByText(customers[0].hears).waitFor();
    await page.setViewportSize({ width: 2_200, height: 1_000 });
    await expect.poll(() => composer(1).inputValue()).toBe(draft);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText(agent.text('shortcuts.openNth')).waitFor();
    await expectAccessible(page, 'shortcuts');
  });
});
