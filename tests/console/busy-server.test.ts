// @vitest-environment node
import { effect } from '@preact/signals';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Desk } from '../../console/conversations/desk.ts';
import type { Reply } from '../../shared/errors.ts';
import type { Message } from '../../shared/message.ts';
import { get } from '../helpers/house.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { openDesk, openDeskScene, say, textsOn, wearOut } from './desk-scene.ts';
import { MemoryStorage } from './memory-storage.ts';

const seen = { timeout: 10_000, interval: 10 };

async function untilLive(desk: Desk): Promise<void> {
  await vi.waitUntil(() => desk.connection.isLive, seen);
}

async function untilOpen(desk: Desk, conversationId: string): Promise<void> {
  desk.openConversation(conversationId);
  await vi.waitUntil(() => desk.conversation(conversationId).phase.value === 'open', seen);
}

/** From now on the replies to these questions reach the desk only when they are let through. */
function holdReplies(desk: Desk, event: string): { letThrough: () => void; heldCount: () => number } {
  const { connection } = desk;
  const request = connection.request.bind(connection) as (event: string, payload: unknown) => Promise<Reply<unknown>>;
  const held: (() => void)[] = [];
  const holding = async (asked: string, payload: unknown) => {
    const reply = await request(asked, payload);
    if (asked === event) await new Promise<void>((resolve) => held.push(resolve));
    return reply;
  };
  Object.assign(connection, { request: holding });
  const letThrough = () => {
    for (const resolve of held.splice(0)) resolve();
  };
  return { letThrough, heldCount: () => held.length };
}

describe('an agent whose server is busy for a moment', () => {
  it('opens a conversation without asking again, as soon as the server answers', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    await wearOut(desk);
    desk.openConversation(conversation.id);
    await vi.waitUntil(() => desk.conversation(conversation.id).failure.value === 'too-many', seen);
    expect(desk.conversation(conversation.id).phase.value).toBe('failed');
    await vi.waitUntil(() => desk.conversation(conversation.id).phase.value === 'open', seen);
    expect(textsOn(desk, conversation.id)).toEqual(['hello']);
    expect(desk.connection.isLive).toBe(true);
  });

  it('leaves no gap on screen although the question for what is missing was refused', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, '1');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    // The server is told that this desk looks elsewhere, so that it does not tell what the desk shall miss.
    await desk.connection.request('conversation:leave', { conversationId: conversation.id });
    for (const text of ['2', '3', '4']) await say(visitor, text);
    const { socket: dana } = await house.agent();
    const { message } = await get<{ message: Message }>(dana, 'message:post', {
      id: 'from-another-window-1',
      conversationId: conversation.id,
      text: '5',
    });
    await wearOut(desk);
    desk.conversation(conversation.id).posted(message);
    expect(textsOn(desk, conversation.id)).toEqual(['1', '5']);
    await vi.waitUntil(() => textsOn(desk, conversation.id).length === 5, seen);
    expect(textsOn(desk, conversation.id)).toEqual(['1', '2', '3', '4', '5']);
  });
});

describe('an agent whose server has lost its database', () => {
  it('sees and sends everything as soon as the database is back, without touching anything', { timeout: 60_000 }, async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop(), 30_000);
    const { house, desk } = await openDeskScene({ databaseUrl: postgres.url });
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await vi.waitUntil(() => desk.list.summaries.value.has(conversation.id), seen);
    await postgres.halt();
    desk.openConversation(conversation.id);
    await vi.waitUntil(() => desk.conversation(conversation.id).failure.value === 'unavailable', seen);
    desk.send(conversation.id, 'Gladly!', 'public', { isResolving: true });
    expect(desk.connection.isLive).toBe(true);
    await postgres.start();
    await vi.waitUntil(() => desk.conversation(conversation.id).phase.value === 'open', seen);
    await vi.waitUntil(() => desk.list.summaries.value.get(conversation.id)?.status === 'resolved', seen);
    await vi.waitFor(() => expect(textsOn(desk, conversation.id)).toEqual(['hello', 'Gladly!']), seen);
  });
});

describe('an agent whose network is slow', () => {
  it('is not shown again what a conversation was like before a colleague changed it', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    const { cookie } = await house.hire('Yossi');
    const { socket: yossi } = await house.agent(cookie);
    const replies = holdReplies(desk, 'conversation:open');
    desk.openConversation(conversation.id);
    await vi.waitUntil(() => replies.heldCount() === 1, seen);
    await get(yossi, 'conversation:resolve', { conversationId: conversation.id });
    await vi.waitUntil(() => desk.list.summaries.value.get(conversation.id)?.status === 'resolved', seen);
    replies.letThrough();
    await vi.waitUntil(() => desk.conversation(conversation.id).phase.value === 'open', seen);
    await vi.waitFor(() => expect(desk.list.summaries.value.get(conversation.id)?.status).toBe('resolved'));
    expect(desk.list.view('open').value).toEqual([]);
  });
});

describe('an agent who sends and resolves', () => {
  it('finds the conversation resolved although the page was loaded again before the message went out', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'thanks');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    await house.stop();
    await vi.waitUntil(() => !desk.connection.isLive, seen);
    desk.send(conversation.id, 'Gladly!', 'public', { isResolving: true });
    desk.close();
    await house.start();
    const reloaded = await openDesk(house, house.cookie, { storage });
    await untilLive(reloaded);
    reloaded.openConversation(conversation.id);
    await vi.waitUntil(() => reloaded.list.summaries.value.get(conversation.id)?.status === 'resolved', seen);
    await vi.waitFor(() => expect(textsOn(reloaded, conversation.id)).toEqual(['thanks', 'Gladly!']), seen);
    await vi.waitUntil(() => storage.length === 0, seen);
  });

  it('finds it resolved although the page was closed right after the message was stored', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'thanks');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    desk.send(conversation.id, 'Gladly!', 'public', { isResolving: true });
    onTestFinished(
      effect(() => {
        if (desk.courier.pending.value.length === 0) desk.close();
      }),
    );
    await vi.waitUntil(() => !desk.connection.isLive, seen);
    const reloaded = await openDesk(house, house.cookie, { storage });
    await vi.waitUntil(() => reloaded.list.summaries.value.get(conversation.id)?.status === 'resolved', seen);
    await untilOpen(reloaded, conversation.id);
    expect(textsOn(reloaded, conversation.id)).toEqual(['thanks', 'Gladly!']);
    await vi.waitUntil(() => storage.length === 0, seen);
  });

  it('is told when it may not be resolved, and it is not tried for ever', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'thanks');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    const told: string[] = [];
    const storage = new MemoryStorage();
    const other = await openDesk(house, house.cookie, { storage, onNotResolved: (id, why) => told.push(`${id} ${why}`) });
    await untilLive(other);
    const { connection } = other;
    const request = connection.request.bind(connection) as (event: string, payload: unknown) => Promise<Reply<unknown>>;
    // As if the conversation were taken away between the two: the server answers with what it says of one that is not there.
    const elsewhere = (event: string, payload: object) =>
      request(event, event === 'conversation:resolve' ? { ...payload, conversationId: 'no-such-conversation1' } : payload);
    Object.assign(connection, { request: elsewhere });
    other.send(conversation.id, 'Gladly!', 'public', { isResolving: true });
    await vi.waitFor(() => expect(told).toEqual([`${conversation.id} not-found`]), seen);
    expect(storage.length).toBe(0);
  });

  it('keeps it open where the visitor has written what nobody has seen yet, and says so', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'thanks');
    await untilLive(desk);
    await untilOpen(desk, conversation.id);
    desk.close();
    await say(visitor, 'wait, one more thing');
    desk.send(conversation.id, 'Gladly!', 'public', { isResolving: true });
    const told: string[] = [];
    const reloaded = await openDesk(house, house.cookie, { storage, onNotResolved: (_, why) => told.push(why) });
    await vi.waitFor(() => expect(told).toEqual(['visitor-wrote']), seen);
    expect(reloaded.list.summaries.value.get(conversation.id)).toMatchObject({ status: 'open', lastSeq: 4 });
    expect(storage.length).toBe(0);
  });
});
