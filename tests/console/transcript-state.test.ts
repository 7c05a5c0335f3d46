import { describe, expect, it, vi } from 'vitest';
import { TranscriptState } from '../../console/messages/transcript-state.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Message, MessageListRequest, MessagePage } from '../../shared/message.ts';
import { conversationId, makeMessage, makeMessages } from './messages-at-hand.ts';

/** What the server holds, and answers from as `message:list` does. */
class Shelf {
  readonly asked: MessageListRequest[] = [];
  isDown = false;
  isLive = true;
  refusals: ErrorReply[] = [];
  readonly timers: { ms: number; job: () => void }[] = [];
  messages: Message[];

  constructor(messages: Message[]) {
    this.messages = messages;
  }

  list = async (request: MessageListRequest): Promise<Reply<MessagePage>> => {
    this.asked.push(request);
    const refusal = this.refusals.shift();
    if (refusal) return { ok: false, error: refusal };
    if (this.isDown) return { ok: false, error: { code: 'unavailable', message: '' } };
    return { ok: true, data: this.page(request) };
  };

  page({ after, before, limit = 50 }: { after?: number; before?: number; limit?: number }): MessagePage {
    if (after !== undefined) {
      const newer = this.messages.filter((message) => message.seq > after);
      return { messages: newer.slice(0, limit), more: newer.length > limit };
    }
    const older = before === undefined ? this.messages : this.messages.filter((message) => message.seq < before);
    return { messages: older.slice(-limit), more: older.length > limit };
  }
}

function empty(shelf: Shelf): TranscriptState {
  return new TranscriptState(conversationId, {
    list: shelf.list,
    isLive: () => shelf.isLive,
    schedule: (ms, job) => {
      const timer = { ms, job };
      shelf.timers.push(timer);
      return () => shelf.timers.splice(shelf.timers.indexOf(timer), 1);
    },
  });
}

function open(shelf: Shelf): TranscriptState {
  const state = empty(shelf);
  state.opening();
  state.opened(shelf.page({}), false);
  return state;
}

const seqs = (state: TranscriptState) => state.transcript.value.messages.map((message) => message.seq);
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('an agent who reads a conversation', () => {
  it('goes back through all of it, page by page', async () => {
    const shelf = new Shelf(makeMessages(1, 260));
    const state = open(shelf);
    expect(seqs(state)).toEqual(upTo(260, 211));
    while (state.transcript.value.hasEarlier) await state.loadEarlier();
    expect(seqs(state)).toEqual(upTo(260));
    expect(state.earlierPhase.value).toBe('idle');
  });

  it('is told when history cannot be loaded, and can ask again', async () => {
    const shelf = new Shelf(makeMessages(1, 60));
    const state = open(shelf);
    shelf.isDown = true;
    await state.loadEarlier();
    expect(state.earlierPhase.value).toBe('failed');
    shelf.isDown = false;
    await state.loadEarlier();
    expect(seqs(state)).toEqual(upTo(60));
  });

  it('never misses what a lost fact skipped', async () => {
    const shelf = new Shelf(makeMessages(1, 5));
    const state = open(shelf);
    shelf.messages = makeMessages(1, 300);
    state.posted(makeMessage(300));
    await vi.waitFor(() => expect(seqs(state)).toEqual(upTo(300)));
    expect(shelf.asked[0]).toMatchObject({ after: 5, afterId: makeMessage(5).id });
  });

  it('keeps a message that came while the first page was on its way', () => {
    const shelf = new Shelf(makeMessages(1, 3));
    const state = empty(shelf);
    state.opening();
    const page = shelf.page({});
    state.posted(makeMessage(3));
    state.posted(makeMessage(4));
    state.opened(page, false);
    expect(seqs(state)).toEqual([1, 2, 3, 4]);
    expect(shelf.asked).toEqual([]);
  });

  it('shows the restored past where the server was restored from a backup', () => {
    const shelf = new Shelf(makeMessages(1, 9));
    const state = open(shelf);
    state.opening();
    state.opened(
      { messages: [makeMessage(1), makeMessage(2, { id: 'another-message-000002', text: 'restored' })], more: false, isFresh: true },
      true,
    );
    expect(state.transcript.value.messages.map((message) => message.text)).toEqual(['text 1', 'restored']);
    expect(state.mark).toEqual({ after: 2, afterId: 'another-message-000002' });
  });

  it('does not mix history from before a restore into what is shown now', async () => {
    const shelf = new Shelf(makeMessages(1, 120));
    const state = open(shelf);
    const loading = state.loadEarlier();
    state.opening();
    state.opened({ messages: [makeMessage(1), makeMessage(2)], more: false, isFresh: true }, true);
    await loading;
    expect(seqs(state)).toEqual([1, 2]);
  });

  it('sees a gap filled after the time that a busy server named, which is asked once and not for each new message', async () => {
    const shelf = new Shelf(makeMessages(1, 5));
    const state = open(shelf);
    shelf.messages = makeMessages(1, 12);
    shelf.refusals = [
      { code: 'too-many', message: '', retryAfterMs: 700 },
      { code: 'unavailable', message: '' },
    ];
    state.posted(makeMessage(9));
    await vi.waitFor(() => expect(shelf.timers.map(({ ms }) => ms)).toEqual([700]));
    state.posted(makeMessage(10));
    state.posted(makeMessage(12));
    expect(shelf.asked).toHaveLength(1);
    shelf.timers.shift()?.job();
    await vi.waitFor(() => expect(shelf.timers.map(({ ms }) => ms)).toEqual([2_000]));
    shelf.timers.shift()?.job();
    await vi.waitFor(() => expect(seqs(state)).toEqual(upTo(12)));
    expect(shelf.timers).toEqual([]);
  });

  it('gets the rest of a long absence although the server was busy in between', async () => {
    const shelf = new Shelf(makeMessages(1, 5));
    const state = open(shelf);
    shelf.messages = makeMessages(1, 200);
    shelf.refusals = [{ code: 'internal', message: '' }];
    state.opening();
    state.opened(shelf.page({ after: 5, limit: 50 }), true);
    await vi.waitFor(() => expect(shelf.timers).toHaveLength(1));
    expect(seqs(state)).toEqual(upTo(55));
    shelf.timers.shift()?.job();
    await vi.waitFor(() => expect(seqs(state)).toEqual(upTo(200)));
  });

  it('asks no more where it was refused for good, or where nobody looks', async () => {
    const shelf = new Shelf(makeMessages(1, 5));
    const state = open(shelf);
    shelf.refusals = [
      { code: 'not-found', message: '' },
      { code: 'unavailable', message: '' },
    ];
    state.posted(makeMessage(9));
    await vi.waitFor(() => expect(shelf.asked).toHaveLength(1));
    state.posted(makeMessage(10));
    await vi.waitFor(() => expect(shelf.timers).toHaveLength(1));
    expect(shelf.asked).toHaveLength(2);
    state.rest();
    expect(shelf.timers).toEqual([]);
  });

  it('resumes where a gap could not be filled because the connection went', async () => {
    const shelf = new Shelf(makeMessages(1, 5));
    const state = open(shelf);
    shelf.messages = makeMessages(1, 9);
    shelf.isDown = true;
    state.posted(makeMessage(9));
    shelf.isLive = false;
    await vi.waitFor(() => expect(shelf.asked).toHaveLength(1));
    expect(state.mark.after).toBe(5);
    state.opening();
    state.opened(shelf.page({ after: 5 }), true);
    expect(seqs(state)).toEqual(upTo(9));
  });
});
