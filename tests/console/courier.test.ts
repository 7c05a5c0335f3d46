import { describe, expect, it, vi } from 'vitest';
import { Courier } from '../../console/messages/courier.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { AgentMessageDraft, Message } from '../../shared/message.ts';
import { Outbox } from '../../shared/outbox.ts';
import { MemoryStorage } from './memory-storage.ts';
import { conversationId, makeMessage, makeSummary } from './messages-at-hand.ts';

const me = 'agent-1';

/** A courier, the wire's other end, and a clock that is turned by hand. */
function openCourier(storage = new MemoryStorage()) {
  const arrived: AgentMessageDraft[] = [];
  const stored: Message[] = [];
  const timers: { ms: number; job: () => void }[] = [];
  const wire = {
    isLive: true,
    refusals: [] as ErrorReply[],
    uploadRefusals: [] as ErrorReply[],
    later: [] as Message[],
    resolveRefusals: [] as ErrorReply[],
  };
  const resolved: string[] = [];
  const ran: string[] = [];
  const notResolved: string[] = [];
  const outbox = new Outbox(storage, me);
  let lastId = 0;
  const courier = new Courier({
    outbox,
    agentId: me,
    now: () => 1_000,
    schedule: (ms, job) => {
      const timer = { ms, job };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
    createId: () => {
      lastId += 1;
      return `sent-${lastId}`;
    },
    isLive: () => wire.isLive,
    upload: async (files) => {
      const error = wire.uploadRefusals.shift();
      return error ? { ok: false, error } : { ok: true, data: files.map(({ key }) => `id-of-${key}`) };
    },
    post: async (draft) => {
      arrived.push(draft);
      const error = wire.refusals.shift();
      if (error) return { ok: false, error };
      const message = makeMessage(100 + arrived.length, { id: draft.id, text: draft.text, conversationId: draft.conversationId });
      return { ok: true, data: { message, conversation: makeSummary(draft.conversationId) } };
    },
    list: async (): Promise<Reply<{ messages: Message[]; more: boolean }>> => ({ ok: true, data: { messages: wire.later, more: false } }),
    runMacro: async ({ id, text = '', conversationId: where }) => {
      const error = wire.refusals.shift();
      if (error) return { ok: false, error };
      const message = makeMessage(200, { id, text, conversationId: where });
      const before = { tags: [], assigneeId: null, teamId: null, status: 'open' as const, snoozedUntil: null };
      return { ok: true, data: { message, conversation: makeSummary(where), before } };
    },
    onMacroRun: (macroId) => ran.push(macroId),
    onPosted: (message) => stored.push(message),
    resolve: async (id) => {
      resolved.push(id);
      const error = wire.resolveRefusals.shift();
      return error ? { ok: false, error } : { ok: true, data: {} };
    },
    onNotResolved: (_, why) => notResolved.push(why),
  });
  const send = (text: string, change: Partial<Parameters<Courier['send']>[0]> = {}) =>
    courier.send({ conversationId, text, visibility: 'public', ...change });
  return { courier, outbox, storage, ran, arrived, stored, resolved, notResolved, timers, wire, send };
}

const refusal = (code: ErrorReply['code'], retryAfterMs?: number): ErrorReply => ({
  code,
  message: '',
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});
const settled = (check: () => void) => vi.waitFor(check, { interval: 1 });

describe('what an agent sends', () => {
  it('leaves the outbox only when it is stored', async () => {
    const { courier, outbox, stored, send } = openCourier();
    send('hello');
    expect(outbox.list()).toHaveLength(1);
    await settled(() => expect(courier.pending.value).toEqual([]));
    expect(stored.map((message) => message.text)).toEqual(['hello']);
    expect(outbox.list()).toEqual([]);
  });

  it('goes out in the order of writing, one after the other', async () => {
    const { arrived, send, wire } = openCourier();
    wire.isLive = false;
    for (const text of ['a', 'b', 'c']) send(text);
    wire.isLive = true;
    send('d');
    await settled(() => expect(arrived.map((draft) => draft.text)).toEqual(['a', 'b', 'c', 'd']));
  });

  it('is not held up by another conversation that is refused', async () => {
    const { stored, courier, send, wire } = openCourier();
    wire.refusals.push(refusal('unavailable'));
    send('waits');
    send('goes', { conversationId: 'conversation-000000002' });
    await settled(() => expect(stored.map((message) => message.text)).toEqual(['goes']));
    expect(courier.pending.value.map((message) => message.text)).toEqual(['waits']);
  });

  it('is tried again after the time that the server named, and at once when the connection is back', async () => {
    const { courier, stored, timers, send, wire } = openCourier();
    wire.refusals.push(refusal('too-many', 4_000), refusal('unavailable'));
    send('hello');
    await settled(() => expect(timers.map((timer) => timer.ms)).toEqual([4_000]));
    for (const timer of timers.splice(0)) timer.job();
    await settled(() => expect(timers).toHaveLength(1));
    courier.resume();
    await settled(() => expect(stored).toHaveLength(1));
    expect(timers).toEqual([]);
  });

  it('is shown as failed only after a definite refusal, and survives a reload as failed', async () => {
    const { courier, storage, send, wire } = openCourier();
    wire.refusals.push(refusal('forbidden'));
    const id = send('not allowed');
    await settled(() => expect(courier.pending.value[0]?.failed).toBe('forbidden'));
    expect(openCourier(storage).courier.pending.value).toMatchObject([{ id, failed: 'forbidden' }]);
  });

  it('keeps its id when it is sent again', async () => {
    const { courier, arrived, send, wire } = openCourier();
    wire.refusals.push(refusal('invalid'));
    const id = send('hello');
    await settled(() => expect(courier.pending.value[0]?.failed).toBe('invalid'));
    courier.retry(id);
    await settled(() => expect(courier.pending.value).toEqual([]));
    expect(arrived.map((draft) => draft.id)).toEqual([id, id]);
  });

  it('waits for the agent where a colleague has answered', async () => {
    const { courier, arrived, send, wire } = openCourier();
    wire.refusals.push(refusal('stale'));
    wire.later = [makeMessage(6), makeMessage(7, { author: { kind: 'agent', id: 'agent-2' } })];
    const id = send('mine', { expectedSeq: 5 });
    await settled(() => expect(courier.pending.value[0]?.failed).toBe('stale'));
    courier.retry(id, { isUnguarded: true });
    await settled(() => expect(courier.pending.value).toEqual([]));
    expect(arrived.map((draft) => draft.expectedSeq)).toEqual([5, undefined]);
  });

  it('goes out behind what only the visitor wrote meanwhile, and past notes', async () => {
    const { courier, arrived, send, wire } = openCourier();
    wire.refusals.push(refusal('stale'));
    wire.later = [makeMessage(6), makeMessage(7, { author: { kind: 'agent', id: 'agent-2' }, visibility: 'internal' })];
    send('mine', { expectedSeq: 5 });
    await settled(() => expect(courier.pending.value).toEqual([]));
    expect(arrived.map((draft) => draft.expectedSeq)).toEqual([5, 7]);
  });

  it('is never guarded as a note', async () => {
    const { arrived, send } = openCourier();
    send('for us', { visibility: 'internal', expectedSeq: 5 });
    await settled(() => expect(arrived).toHaveLength(1));
    expect(arrived[0]).toEqual({ id: 'sent-1', conversationId, text: 'for us', visibility: 'internal' });
  });

  it('can be taken back after a refusal', async () => {
    const { courier, outbox, send, wire } = openCourier();
    wire.refusals.push(refusal('forbidden'));
    const id = send('on second thought');
    await settled(() => expect(courier.pending.value[0]?.failed).toBe('forbidden'));
    expect(courier.discard(id)?.text).toBe('on second thought');
    expect(outbox.list()).toEqual([]);
  });

  it('counts as sent when a broadcast shows it stored, even if the reply was lost', () => {
    const { courier, send, wire } = openCourier();
    wire.isLive = false;
    const id = send('hello');
    courier.confirm(id);
    expect(courier.pending.value).toEqual([]);
  });

  it('is not lost where the storage is full: nothing is taken from the composer', () => {
    const { courier, storage, send } = openCourier();
    storage.isFull = true;
    expect(() => send('hello')).toThrow();
    expect(courier.pending.value).toEqual([]);
  });
});

describe('the wish to resolve behind a message', () => {
  const resolving = { seenSeq: 5 };

  it('is carried out once the message is stored, and never goes over the wire', async () => {
    const { arrived, resolved, outbox, notResolved, send } = openCourier();
    send('bye', { resolving });
    await settled(() => expect(outbox.list()).toEqual([]));
    expect(arrived).toEqual([{ id: 'sent-1', conversationId, text: 'bye', visibility: 'public' }]);
    expect(resolved).toEqual([conversationId]);
    expect(notResolved).toEqual([]);
  });

  it('is repeated until the server has said ok, and the message is not', async () => {
    const { courier, arrived, resolved, outbox, timers, send, wire } = openCourier();
    wire.resolveRefusals.push(refusal('too-many', 3_000), refusal('internal'));
    send('bye', { resolving });
    await settled(() => expect(timers.map((timer) => timer.ms)).toEqual([3_000]));
    expect(courier.pending.value).toEqual([]);
    for (const timer of timers.splice(0)) timer.job();
    await settled(() => expect(timers).toHaveLength(1));
    courier.resume();
    await settled(() => expect(outbox.list()).toEqual([]));
    expect(arrived).toHaveLength(1);
    expect(resolved).toHaveLength(3);
  });

  it('survives a reload after the message was stored', async () => {
    const { storage, timers, send, wire } = openCourier();
    wire.resolveRefusals.push(refusal('unavailable'));
    send('bye', { resolving });
    await settled(() => expect(timers).toHaveLength(1));
    const reloaded = openCourier(storage);
    expect(reloaded.courier.pending.value).toEqual([]);
    reloaded.courier.resume();
    await settled(() => expect(reloaded.outbox.list()).toEqual([]));
    expect([reloaded.arrived, reloaded.resolved]).toEqual([[], [conversationId]]);
  });

  it('outlives that a broadcast shows the message stored before its reply', async () => {
    const { courier, outbox, resolved, send, wire } = openCourier();
    wire.isLive = false;
    const id = send('bye', { resolving });
    courier.confirm(id);
    expect(courier.pending.value).toEqual([]);
    wire.isLive = true;
    courier.resume();
    await settled(() => expect(outbox.list()).toEqual([]));
    expect(resolved).toEqual([conversationId]);
  });

  it('ends with a definite refusal, which the agent is told', async () => {
    const { outbox, notResolved, send, wire } = openCourier();
    wire.resolveRefusals.push(refusal('forbidden'));
    send('bye', { resolving });
    await settled(() => expect(notResolved).toEqual(['forbidden']));
    expect(outbox.list()).toEqual([]);
  });

  it('ends where the visitor has written what the agent had not in sight', async () => {
    const { outbox, notResolved, resolved, send, wire } = openCourier();
    wire.later = [makeMessage(6)];
    send('bye', { resolving });
    await settled(() => expect(notResolved).toEqual(['visitor-wrote']));
    expect([resolved, outbox.list()]).toEqual([[], []]);
  });

  it('is taken back with a message that was refused', async () => {
    const { courier, notResolved, resolved, send, wire } = openCourier();
    wire.refusals.push(refusal('forbidden'));
    const id = send('bye', { resolving });
    await settled(() => expect(courier.pending.value[0]?.failed).toBe('forbidden'));
    courier.discard(id);
    expect([resolved, notResolved]).toEqual([[], []]);
  });

  it('keeps its place before what the agent writes after it', async () => {
    const { arrived, resolved, send, timers, wire } = openCourier();
    wire.resolveRefusals.push(refusal('unavailable'));
    send('bye', { resolving });
    await settled(() => expect(timers).toHaveLength(1));
    send('one more thing');
    expect(arrived).toHaveLength(1);
    for (const timer of timers.splice(0)) timer.job();
    await settled(() => expect(arrived).toHaveLength(2));
    expect(resolved).toHaveLength(2);
  });
});

describe('a reply with files', () => {
  const files = [{ key: 'a', name: 'a.png', type: 'image/png', size: 1 }];

  it('waits for them, and what was sent after it waits too', async () => {
    const { courier, wire, arrived, timers } = openCourier();
    wire.uploadRefusals.push({ code: 'unavailable', message: '' });
    courier.send({ conversationId: 'c1', text: '', files, visibility: 'public' });
    courier.send({ conversationId: 'c1', text: 'after it', visibility: 'public' });
    await vi.waitFor(() => expect(timers).toHaveLength(1));
    expect(arrived).toEqual([]);
    timers.shift()?.job();
    await vi.waitFor(() => expect(arrived).toHaveLength(2));
    expect(arrived).toMatchObject([{ text: '', attachmentIds: ['id-of-a'] }, { text: 'after it' }]);
    expect(courier.pending.value).toEqual([]);
  });

  it('that are refused for good is kept as failed, with its files', async () => {
    const { courier, wire, arrived } = openCourier();
    wire.uploadRefusals.push({ code: 'too-large', message: '' });
    courier.send({ conversationId: 'c1', text: 'see', files, visibility: 'public' });
    await vi.waitFor(() => expect(courier.pending.value).toMatchObject([{ failed: 'too-large', text: 'see', files }]));
    expect(arrived).toEqual([]);
  });
});

describe('the reply of a macro', () => {
  const macro = { id: 'macro-1', version: 1 };

  it('takes the macro along, survives a lost connection under one id, and is told once it has run', async () => {
    const { send, ran, stored, wire, timers, courier } = openCourier();
    wire.refusals.push({ code: 'unavailable', message: 'no reply' });
    const id = send('glad to help', { macro });
    await vi.waitFor(() => expect(timers).toHaveLength(1));
    timers[0]?.job();
    await vi.waitFor(() => expect(ran).toEqual(['macro-1']));
    expect(stored.map((message) => message.id)).toEqual([id]);
    expect(courier.pending.value).toEqual([]);
  });

  it('waits for the agent where anybody has written meanwhile, be it only the visitor', async () => {
    const { send, ran, wire, courier } = openCourier();
    wire.refusals.push({ code: 'stale', message: 'somebody has written' });
    send('bye', { macro, expectedSeq: 3 });
    await vi.waitFor(() => expect(courier.pending.value[0]).toMatchObject({ failed: 'stale', macro }));
    expect(ran).toEqual([]);
    courier.retry(courier.pending.value[0]?.id ?? '', { isUnguarded: true });
    await vi.waitFor(() => expect(ran).toEqual(['macro-1']));
  });
});
