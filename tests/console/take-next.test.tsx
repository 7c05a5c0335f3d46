import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConversationsPage } from '../../console/conversations/conversations-page.tsx';
import type { Desk } from '../../console/conversations/desk.ts';
import { showLeft } from '../../console/conversations/desk-actions.ts';
import { leftMeanwhile } from '../../console/conversations/own-routing.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import { ToastShelf, toasts } from '../../console/ui/toast.tsx';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { RoutingSettings } from '../../shared/routing.ts';
import { writeIn } from '../helpers/company.ts';
import type { House } from '../helpers/house.ts';
import { openDeskScene } from './desk-scene.ts';
import { makeSummary } from './messages-at-hand.ts';

const seen = { timeout: 15_000, interval: 20 };
const rights = { mayReply: true, mayAssign: true, mayEditContacts: true };

function show(desk: Desk, openId: string | null = null) {
  return render(
    <LocationProvider>
      <ConversationsPage desk={desk} view="unassigned" openId={openId} rights={rights} />
      <ToastShelf closeLabel="Close" />
    </LocationProvider>,
  );
}

async function setRouting(house: House, change: Partial<RoutingSettings>): Promise<void> {
  await house.json('PUT', '/api/routing', { ...(await house.json<RoutingSettings>('GET', '/api/routing')), ...change });
}

const assigneeOf = async (house: House, id: string) =>
  (await house.json<ConversationSummary>('GET', `/api/conversations/${id}`)).assigneeId;

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('an agent', () => {
  it('takes the next from the queue: the most urgent, not the one that waits longest', async () => {
    const { house, desk, agent } = await openDeskScene();
    const [first, urgent] = [await writeIn(house, 'first'), await writeIn(house, 'urgent')];
    await vi.waitUntil(() => desk.list.summaries.value.size === 2, seen);
    await desk.prioritize(urgent.conversationId, 'urgent');
    show(desk);
    await vi.waitUntil(() => document.querySelector<HTMLElement>('[data-conversation]')?.textContent?.includes('Urgent'), seen);
    const [take] = await screen.findAllByRole('button', { name: 'Take the next' }, seen);
    await userEvent.click(take as HTMLElement);
    await vi.waitUntil(async () => (await assigneeOf(house, urgent.conversationId)) === agent.id, seen);
    expect(await assigneeOf(house, first.conversationId)).toBeNull();
    await vi.waitUntil(() => desk.deck.focusedId.value === urgent.conversationId, seen);
  });

  it('is not offered to take where chats are handed out', async () => {
    const { house, desk } = await openDeskScene();
    await setRouting(house, { inboxes: { [house.inbox.id]: 'automatic' }, capacity: 1 });
    await desk.setAvailability('away');
    const { conversationId } = await writeIn(house, 'hello');
    await vi.waitUntil(() => desk.ownRouting.capacity.value === 1, seen);
    await vi.waitUntil(() => desk.list.summaries.value.has(conversationId), seen);
    show(desk);
    await vi.waitUntil(() => document.querySelector('[data-conversation]'), seen);
    expect(screen.queryByRole('button', { name: 'Take the next' })).toBeNull();
  });

  it('hears at once how much it takes now, and in which inboxes it may take chats itself', async () => {
    const { house, desk, agent } = await openDeskScene();
    const { conversationId } = await writeIn(house, 'hello');
    await vi.waitUntil(() => desk.list.summaries.value.has(conversationId) && desk.ownRouting.capacity.value === 5, seen);
    show(desk);
    await screen.findAllByRole('button', { name: 'Take the next' }, seen);
    await house.json('PUT', `/api/routing/agents/${agent.id}`, { capacity: 2 });
    await vi.waitUntil(() => desk.ownRouting.capacity.value === 2, seen);
    await setRouting(house, { capacity: 9 });
    await house.json('PUT', `/api/routing/agents/${agent.id}`, { capacity: null });
    await vi.waitUntil(() => desk.ownRouting.capacity.value === 9, seen);
    await desk.setAvailability('away');
    await setRouting(house, { inboxes: { [house.inbox.id]: 'automatic' } });
    await vi.waitUntil(() => screen.queryAllByRole('button', { name: 'Take the next' }).length === 0, seen);
  });

  it('changes how urgent a conversation is, sees it in the row, and takes it back', async () => {
    const { house, desk } = await openDeskScene();
    const { conversationId } = await writeIn(house, 'hello');
    await vi.waitUntil(() => desk.list.summaries.value.has(conversationId), seen);
    show(desk, conversationId);
    await userEvent.click(await screen.findByRole('button', { name: /^Priority: .*Normal/ }, seen));
    await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Urgent' }, seen));
    const row = () => document.querySelector<HTMLElement>(`[data-conversation="${conversationId}"]`) as HTMLElement;
    await vi.waitUntil(() => within(row()).queryByText('Urgent'), seen);
    await screen.findByText(/set the priority/, {}, seen);
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }, seen));
    await vi.waitUntil(() => within(row()).queryByText('Urgent') === null, seen);
  });

  it('reads to whom routing gave a conversation, and why', async () => {
    const { house, desk, agent } = await openDeskScene();
    await house.json('PATCH', '/api/profile', { languages: ['he'] });
    await setRouting(house, { inboxes: { [house.inbox.id]: 'both' } });
    const visitor = await house.visitor({ locale: 'he-IL' });
    const { message } = await visitor.socket
      .emitWithAck('message:post', { id: 'V1StGXR8_Z5jdHi6B-myT', text: 'שלום' })
      .then(({ data }) => data);
    const id: string = message.conversationId;
    await vi.waitUntil(() => desk.list.summaries.value.get(id)?.assigneeId === agent.id, seen);
    show(desk, id);
    const line = await screen.findByText(/To .*Dana.*: .*speaks .*Hebrew/, {}, seen);
    await userEvent.click(line);
    const thoughts = within(line.closest('details') as HTMLElement).getAllByRole('listitem');
    expect(thoughts.length).toBeGreaterThan(2);
    // It is given by the house: the bell says so without a colleague's name.
    await vi.waitUntil(() => desk.notices.items.value.some(({ kind, actor }) => kind === 'assignment' && actor === null), seen);
  });
});

describe('an agent whose window slept', () => {
  it('is told kindly what went back to the queue, with one click back', async () => {
    const { desk, agent } = await openDeskScene();
    await vi.waitUntil(() => desk.me.value !== null, seen);
    const mine = makeSummary('mine', { assigneeId: agent.id });
    const before = new Map([mine, makeSummary('still', { assigneeId: agent.id }), makeSummary('others')].map((one) => [one.id, one]));
    const now = [makeSummary('mine'), makeSummary('still', { assigneeId: agent.id }), makeSummary('others', { assigneeId: 'agent-2' })];
    const left = leftMeanwhile(before, now, agent.id);
    expect(left.map(({ id }) => id)).toEqual(['mine']);

    await desk.setAvailability('away');
    await vi.waitUntil(() => desk.me.value?.availability === 'away', seen);
    show(desk);
    showLeft(desk, left, () => undefined);
    await screen.findByText('You were away: 1 conversation went back to the queue or to a colleague.', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: 'I am back' }));
    await vi.waitUntil(() => desk.me.value?.availability === 'online', seen);
  });
});
