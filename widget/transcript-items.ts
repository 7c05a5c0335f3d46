import type { Attachment, PendingFile } from '../shared/attachment.ts';
import type { Author, Message, Notice } from '../shared/message.ts';
import type { PendingMessage } from '../shared/outbox.ts';
import { dayNumber } from './texts/time-formats.ts';

export type DeliveryState = 'sending' | 'sent' | 'read' | 'failed';

export interface Bubble {
  id: string;
  text: string;
  files?: readonly (Attachment | PendingFile)[] | undefined;
  /** Only of the visitor's own messages. */
  state?: DeliveryState;
}

/** What stands in the transcript, from top to bottom. `key` is stable while the item grows. */
export type TranscriptItem =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'notice'; key: string; text: string; notice?: Notice | undefined }
  /** Messages of one author within one minute. `isFirst`: the author was not speaking before. */
  | { kind: 'group'; key: string; author: Author; isFirst: boolean; at: number; bubbles: Bubble[] };

export function toTranscriptItems(
  messages: readonly Message[],
  pending: readonly PendingMessage[],
  agentReadSeq: number,
): TranscriptItem[] {
  const items: TranscriptItem[] = [];
  let day = 0;
  const toDay = (at: number) => {
    if (dayNumber(at) === day) return;
    day = dayNumber(at);
    items.push({ kind: 'day', key: `day-${day}`, at });
  };
  const add = (author: Author, at: number, bubble: Bubble) => {
    toDay(at);
    const last = items.at(-1);
    const isSameAuthor = last?.kind === 'group' && last.author.kind === author.kind && last.author.id === author.id;
    const isFailed = (one: Bubble | undefined) => one?.state === 'failed';
    const isSameMinute = isSameAuthor && Math.floor(last.at / 60_000) === Math.floor(at / 60_000);
    if (isSameMinute && isFailed(last.bubbles.at(-1)) === isFailed(bubble)) last.bubbles.push(bubble);
    else items.push({ kind: 'group', key: bubble.id, author, isFirst: !isSameAuthor, at, bubbles: [bubble] });
  };

  for (const { id, author, text, attachments: files, createdAt, seq, notice } of messages) {
    if (author.kind === 'system') {
      toDay(createdAt);
      items.push({ kind: 'notice', key: id, text, ...(notice && { notice }) });
    } else if (author.kind === 'visitor')
      add({ kind: 'visitor' }, createdAt, { id, text, files, state: seq <= agentReadSeq ? 'read' : 'sent' });
    else add(author, createdAt, { id, text, files });
  }
  // What waits stands below everything that is stored, whatever the visitor's clock says.
  const newest = messages.at(-1)?.createdAt ?? 0;
  for (const { id, text, files, createdAt, failed } of pending) {
    add({ kind: 'visitor' }, Math.max(newest, createdAt), { id, text, files, state: failed ? 'failed' : 'sending' });
  }
  return items;
}
