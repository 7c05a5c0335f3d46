import type { AnswerRateRequest, Message, MessagePage } from './message.ts';

/**
 * What a client holds of one conversation. Both clients keep it by the same rules, so both end with the same
 * transcript: messages in ascending `seq`, each id once, and everything up to `syncedSeq` known to be here.
 */
export interface Transcript {
  messages: readonly Message[];
  /** Nothing at or below this `seq` is missing above the oldest message held. A resume asks for what is after it. */
  syncedSeq: number;
  /** Whether history older than the first message exists on the server. */
  hasEarlier: boolean;
}

export const emptyTranscript: Transcript = { messages: [], syncedSeq: 0, hasEarlier: false };

/** `after` and `afterId` for a resume; the id lets the server notice that its database is not the one we knew. */
export function resumeMark(transcript: Transcript): { after?: number; afterId?: string } {
  const last = transcript.messages.findLast((message) => message.seq <= transcript.syncedSeq);
  return last ? { after: last.seq, afterId: last.id } : {};
}

/**
 * A page that answered `after` (or nothing, or a resume). A fresh page replaces everything held;
 * `isFresh` must be set by the caller for a page that was asked for without `after`.
 */
export function withNewer(transcript: Transcript, page: MessagePage): Transcript {
  const last = page.messages.at(-1);
  if (page.isFresh) {
    return { messages: page.messages, syncedSeq: last?.seq ?? 0, hasEarlier: page.more };
  }
  return {
    messages: merge(transcript.messages, page.messages),
    syncedSeq: Math.max(transcript.syncedSeq, last?.seq ?? 0),
    hasEarlier: transcript.hasEarlier,
  };
}

/** A page that answered `before`. */
export function withEarlier(transcript: Transcript, page: MessagePage): Transcript {
  return { ...transcript, messages: merge(page.messages, transcript.messages), hasEarlier: page.more };
}

/**
 * One message from a broadcast or an acknowledgement. Shown at once; `syncedSeq` moves only over messages that follow it
 * without a gap, so `hasGap` tells the caller to ask for what is after `syncedSeq`. (A visitor meets such jumps where
 * notes are.)
 */
export function withPosted(transcript: Transcript, message: Message): { transcript: Transcript; hasGap: boolean } {
  const messages = merge(transcript.messages, [message]);
  let { syncedSeq } = transcript;
  if (message.seq === syncedSeq + 1) {
    for (const held of messages) if (held.seq === syncedSeq + 1) syncedSeq = held.seq;
  }
  return { transcript: { ...transcript, messages, syncedSeq }, hasGap: message.seq > syncedSeq };
}

/** The visitor has said whether an automatic answer helped. */
export function withRated(transcript: Transcript, { messageId, helpful }: AnswerRateRequest): Transcript {
  const messages = transcript.messages.map((message) =>
    message.id === messageId && message.automatic ? { ...message, automatic: { ...message.automatic, helpful } } : message,
  );
  return { ...transcript, messages };
}

function merge(held: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  const first = incoming[0];
  if (!first) return held;
  const last = held.at(-1);
  if (!last || last.seq < first.seq) return [...held, ...incoming];
  const bySeq = new Map(held.map((message) => [message.seq, message]));
  for (const message of incoming) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
