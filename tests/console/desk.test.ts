// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import type { Desk } from '../../console/conversations/desk.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { get, hear } from '../helpers/house.ts';
import { openDesk, openDeskScene, say, textsOn } from './desk-scene.ts';
import { MemoryStorage } from './memory-storage.ts';

const seen = { timeout: 10_000, interval: 10 };

async function untilLive(desk: Desk): Promise<void> {
  await vi.waitUntil(() => desk.connection.state.value === 'live', seen);
}

async function untilOpen(desk: Desk, conversationId: string): Promise<void> {
  desk.openConversation(conversationId);
  await vi.waitUntil(() => desk.conversation(conversationId).phase.value === 'open', seen);
}

describe('an agent at the desk', () => {
  it('sees a new conversation at once and answers it', async () => {
    const { house, desk, agent } = await openDeskScene();
    await untilLive(desk);
    const { socket: visitor } = await house.visitor();
    const heard = hear<Message>(visitor, 'message:posted');
    const { conversation } = await say(visitor, 'שלום, יש מלאי?');
    await vi.waitUntil(() => desk.list.view('unassigned').value.includes(conversation.id), seen);

    await untilOpen(desk, conversation.id);
    desk.send(conversation.id, 'כן, יש.');
    await vi.waitUntil(() => desk.courier.pending.value.length === 0, seen);
    expect(textsOn(desk, conversation.id)).toEqual(['שלום, יש מלאי?', 'כן, יש.']);
    await vi.waitUntil(() => heard.some((message) => message.text === 'כן, יש.'), seen);
    expect(desk.list.summaries.value.get(conversation.id)?.assigneeId).toBe(agent.id);
    expect(desk.list.view('mine').value).toEqual([conversation.id]);
  });

  it('keeps what was sent while the server is down, and sends it in order when it is back', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'are you there?');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);

    await house.stop();
    await vi.waitUntil(() => desk.connection.state.value === 'reconnecting', seen);
    desk.send(conversation.id, 'one');
    desk.send(conversation.id, 'two', 'internal');
    desk.send(conversation.id, 'three');
    expect(desk.courier.pending.value.map((message) => message.failed)).toEqual([undefined, undefined, undefined]);

    await house.start();
    await vi.waitUntil(() => desk.courier.pending.value.length === 0, seen);
    expect(textsOn(desk, conversation.id)).toEqual(['are you there?', 'one', 'two', 'three']);
  });

  it('sends after a reload what the page before could not', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'hello');
    await untilLive(desk);
    await house.stop();
    await vi.waitUntil(() => desk.connection.state.value === 'reconnecting', seen);
    desk.send(conversation.id, 'written before the reload');
    desk.close();

    await house.start();
    const reloaded = await openDesk(house, house.cookie, { storage });
    await vi.waitUntil(() => reloaded.courier.pending.value.length === 0, seen);
    await untilOpen(reloaded, conversation.id);
    expect(textsOn(reloaded, conversation.id)).toEqual(['hello', 'written before the reload']);
  });

  it('sees after a lost connection exactly what was missed, once and in order', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, '1');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    desk.connection.close();
    for (let number = 2; number <= 130; number += 1) await say(visitor, String(number));
    desk.open();
    await vi.waitUntil(() => textsOn(desk, conversation.id).length === 130, seen);
    expect(textsOn(desk, conversation.id)).toEqual(Array.from({ length: 130 }, (_, index) => String(index + 1)));
  });

  it('is told that a colleague was faster, and may send anyway', async () => {
    const { house, desk } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'how much is it?');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);

    desk.connection.close();
    const colleague = await house.agent(cookie);
    await get(colleague.socket, 'message:post', { id: 'colleague-answers-now', conversationId: conversation.id, text: '40 ₪' });
    const id = desk.send(conversation.id, '50 ₪');
    desk.open();
    await vi.waitUntil(() => desk.courier.pending.value[0]?.failed === 'stale', seen);
    await vi.waitUntil(() => textsOn(desk, conversation.id).includes('40 ₪'), seen);
    expect(textsOn(desk, conversation.id)).not.toContain('50 ₪');

    desk.courier.retry(id, { isUnguarded: true });
    await vi.waitUntil(() => desk.courier.pending.value.length === 0, seen);
    expect(textsOn(desk, conversation.id)).toEqual(['how much is it?', '40 ₪', '50 ₪']);
  });

  it('is not held up where only the visitor wrote on', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'hello');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    desk.connection.close();
    await say(visitor, 'still there?');
    // The second one comes behind the line that says who has joined, which is nobody's answer.
    desk.send(conversation.id, 'Yes!');
    desk.send(conversation.id, 'What can I do for you?');
    desk.open();
    await vi.waitUntil(() => desk.courier.pending.value.length === 0, seen);
    expect(textsOn(desk, conversation.id)).toEqual(['hello', 'still there?', 'Yes!', 'What can I do for you?']);
  });

  it('hears that what was sent to resolve is resolved, and so can take it back', async () => {
    const { house } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const resolved: string[] = [];
    const desk = await openDesk(house, cookie, { onResolved: (conversationId) => resolved.push(conversationId) });
    const { conversation } = await say((await house.visitor()).socket, 'thanks');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    desk.send(conversation.id, 'Gladly!', 'public', { isResolving: true });
    await vi.waitUntil(() => resolved.includes(conversation.id), seen);
    expect(desk.list.summaries.value.get(conversation.id)?.status).toBe('resolved');
  });

  it('resolves after the last word has arrived, not before', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const changes = hear<VisitorConversation>(visitor, 'conversation:changed');
    const { conversation } = await say(visitor, 'thanks');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    desk.send(conversation.id, 'Gladly!', 'public', { isResolving: true });
    await vi.waitUntil(() => desk.list.summaries.value.get(conversation.id)?.status === 'resolved', seen);
    expect(textsOn(desk, conversation.id)).toEqual(['thanks', 'Gladly!']);
    expect(desk.list.view('mine').value).toEqual([]);
    const { messages } = desk.conversation(conversation.id).messages.transcript.value;
    const lastWord = messages.find(({ text }) => text === 'Gladly!');
    await vi.waitUntil(() => changes.some(({ status }) => status === 'resolved'), seen);
    expect(changes.find(({ status }) => status === 'resolved')?.lastSeq).toBeGreaterThanOrEqual(lastWord?.seq ?? Number.NaN);
  });

  it('keeps the text where the browser cannot store it', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'hello');
    await untilLive(desk);
    storage.isFull = true;
    expect(() => desk.send(conversation.id, 'no room')).toThrow();
    expect(desk.courier.pending.value).toEqual([]);
    desk.drafts.set(conversation.id, { text: 'a draft', visibility: 'public' });
    expect(desk.drafts.of(conversation.id).value.text).toBe('a draft');
  });

  it('sees what the visitor is typing, and it is gone when the message is there', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'hello');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    await get(visitor, 'typing:set', { conversationId: conversation.id, text: 'I was wond' });
    await vi.waitUntil(() => desk.conversation(conversation.id).preview.value === 'I was wond', seen);
    await say(visitor, 'I was wondering');
    await vi.waitUntil(() => desk.conversation(conversation.id).preview.value === null, seen);
  });

  it('sees the name in the list as soon as the visitor tells it', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'hello');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    expect(desk.list.summaries.value.get(conversation.id)?.contact.name).toBeNull();
    await get(visitor, 'visitor:identify', { name: 'נועה' });
    await vi.waitUntil(() => desk.list.summaries.value.get(conversation.id)?.contact.name === 'נועה', seen);
    await vi.waitUntil(() => desk.conversation(conversation.id).contact.value?.name === 'נועה', seen);
  });

  it('meets a colleague who was hired while the desk was open', async () => {
    const { house, desk } = await openDeskScene();
    await untilLive(desk);
    const { id, cookie } = await house.hire('Yossi');
    await house.agent(cookie);
    await vi.waitUntil(() => desk.colleagues.agents.value.get(id)?.availability === 'online', seen);
    expect(desk.colleagues.agents.value.get(id)?.name).toBe('Yossi');
  });

  it('never sends in the name of somebody else who signed in at the same browser', async () => {
    const { house, desk, storage, agent } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'hello');
    await untilLive(desk);
    desk.connection.close();
    desk.send(conversation.id, 'Dana writes this');
    desk.close();

    let isOtherAgent = false;
    const onOtherAgent = () => {
      isOtherAgent = true;
    };
    const others = await openDesk(house, cookie, { storage, agentId: agent.id, onOtherAgent });
    const yossi = await house.agent(cookie);
    await vi.waitUntil(() => isOtherAgent, seen);
    const { messages } = await get<{ messages: Message[] }>(yossi.socket, 'message:list', { conversationId: conversation.id });
    expect(messages.map((message) => message.text)).toEqual(['hello']);
    expect(others.courier.pending.value.map((message) => message.text)).toEqual(['Dana writes this']);
  });

  it('goes on where another tab of the same browser left off', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'hello');
    await untilLive(desk);
    desk.drafts.of(conversation.id);
    const tab = await openDesk(house, house.cookie, { storage });
    await untilLive(tab);
    tab.drafts.set(conversation.id, { text: 'begun there', visibility: 'internal' });
    desk.storageChanged(`kesher:draft:${desk.agentId}:${conversation.id}`);
    expect(desk.drafts.of(conversation.id).value).toEqual({ text: 'begun there', visibility: 'internal' });
  });

  it('is told when the sign-in is over', async () => {
    const { house } = await openDeskScene();
    const { cookie, email } = await house.hire('Yossi');
    expect(email).toContain('yossi');
    const desk = await openDesk(house, cookie, { storage: new MemoryStorage() });
    await untilLive(desk);
    await house.call('DELETE', '/api/session', undefined, { cookie });
    await vi.waitUntil(() => desk.refusal.value?.code === 'unauthenticated', seen);
  });
});
