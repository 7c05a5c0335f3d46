import { describe, expect, it } from 'vitest';
import type { Message } from '../../shared/message.ts';
import { emptyTranscript, resumeMark, type Transcript, withEarlier, withNewer, withPosted } from '../../shared/transcript.ts';

function message(seq: number, id = `message-${seq}`): Message {
  return {
    id,
    conversationId: 'conversation',
    seq,
    author: { kind: 'agent' },
    visibility: 'public',
    text: `text ${seq}`,
    attachments: [],
    createdAt: seq,
  };
}

const messages = (...seqs: number[]) => seqs.map((seq) => message(seq));
const seqs = (transcript: Transcript) => transcript.messages.map(({ seq }) => seq);
const holding = (...held: number[]) => withNewer(emptyTranscript, { messages: messages(...held), more: false, isFresh: true });

describe('someone who opens a conversation', () => {
  it('sees the newest page, and knows whether there is more above it', () => {
    const transcript = withNewer(emptyTranscript, { messages: messages(51, 52, 53), more: true, isFresh: true });
    expect(seqs(transcript)).toEqual([51, 52, 53]);
    expect(transcript).toMatchObject({ syncedSeq: 53, hasEarlier: true });
  });

  it('sees history above what was there, each message once', () => {
    const newest = withNewer(emptyTranscript, { messages: messages(3, 4), more: true, isFresh: true });
    const whole = withEarlier(newest, { messages: messages(1, 2, 3), more: false });
    expect(seqs(whole)).toEqual([1, 2, 3, 4]);
    expect(whole).toMatchObject({ syncedSeq: 4, hasEarlier: false });
  });

  it('asks for everything while nothing is held', () => {
    expect(resumeMark(emptyTranscript)).toEqual({});
  });
});

describe('someone who was away', () => {
  it('gets what is missing below what was there', () => {
    expect(seqs(withNewer(holding(1, 2), { messages: messages(3, 4), more: false }))).toEqual([1, 2, 3, 4]);
  });

  it('keeps what is there when nothing is missing', () => {
    const before = holding(1, 2);
    expect(withNewer(before, { messages: [], more: false })).toEqual(before);
  });

  it('does not take the word "more" of the missing page for history above', () => {
    const whole = holding(1, 2);
    expect(withNewer(whole, { messages: messages(3), more: true }).hasEarlier).toBe(false);
  });

  it('sees only what the server has after a restored backup', () => {
    const restored = withNewer(holding(1, 2, 3), { messages: [message(1), message(2, 'another')], more: false, isFresh: true });
    expect(restored.messages.map(({ id }) => id)).toEqual(['message-1', 'another']);
    expect(resumeMark(restored)).toEqual({ after: 2, afterId: 'another' });
  });

  it('resumes with the last message known to be in its place, by number and by id', () => {
    expect(resumeMark(holding(1, 2))).toEqual({ after: 2, afterId: 'message-2' });
  });
});

describe('someone who looks on', () => {
  it('sees the next message, and nothing is missing', () => {
    const { transcript, hasGap } = withPosted(holding(1), message(2));
    expect(seqs(transcript)).toEqual([1, 2]);
    expect([transcript.syncedSeq, hasGap]).toEqual([2, false]);
  });

  it('sees a message that jumped ahead at once, and is told of the gap before it', () => {
    const { transcript, hasGap } = withPosted(holding(1), message(4));
    expect(seqs(transcript)).toEqual([1, 4]);
    expect([transcript.syncedSeq, hasGap]).toEqual([1, true]);
    expect(resumeMark(transcript)).toEqual({ after: 1, afterId: 'message-1' });
  });

  it('sees the gap close from below, and then nothing is missing up to the message that had jumped ahead', () => {
    let { transcript } = withPosted(holding(1), message(4));
    ({ transcript } = withPosted(transcript, message(2)));
    const last = withPosted(transcript, message(3));
    expect(seqs(last.transcript)).toEqual([1, 2, 3, 4]);
    expect([last.transcript.syncedSeq, last.hasGap]).toEqual([4, false]);
    expect(withPosted(last.transcript, message(5)).hasGap).toBe(false);
  });

  it('sees a message that comes twice once', () => {
    const once = withPosted(holding(1), message(2)).transcript;
    const twice = withPosted(once, message(2));
    expect(seqs(twice.transcript)).toEqual([1, 2]);
    expect(twice.hasGap).toBe(false);
  });

  it('sees an old message again without losing the place', () => {
    const { transcript, hasGap } = withPosted(holding(1, 2, 3), message(2));
    expect(seqs(transcript)).toEqual([1, 2, 3]);
    expect([transcript.syncedSeq, hasGap]).toEqual([3, false]);
  });
});
