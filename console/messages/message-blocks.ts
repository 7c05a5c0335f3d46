/** How messages stand together on screen: by day, by author, and in blocks that are drawn and forgotten as one. */
import type { Message } from '../../shared/message.ts';
import { daysBetween } from '../ui/format.ts';

/** Messages a block. Blocks follow `seq`, so that a new message or a page of history leaves the other blocks as they are. */
const BLOCK_SIZE = 40;
/** Messages of one author further apart than this show author and time again. */
const GROUP_WITHIN_MS = 3 * 60_000;

export interface MessageBlock {
  key: number;
  messages: readonly Message[];
  /** The message before the block, which decides whether the first one continues a group. */
  previous: Message | null;
}

export function toBlocks(messages: readonly Message[]): MessageBlock[] {
  const blocks: MessageBlock[] = [];
  let from = 0;
  for (let at = 1; at <= messages.length; at += 1) {
    const key = blockOf(messages[from]);
    if (at < messages.length && blockOf(messages[at]) === key) continue;
    blocks.push({ key, messages: messages.slice(from, at), previous: messages[from - 1] ?? null });
    from = at;
  }
  return messages.length === 0 ? [] : blocks;
}

function blockOf(message: Message | undefined): number {
  return blockAt(message?.seq ?? 0);
}

/** The key of the block in which the message is. */
export function blockAt(seq: number): number {
  return Math.floor(seq / BLOCK_SIZE);
}

export function isSameBlock(a: MessageBlock, b: MessageBlock): boolean {
  if (a === b) return true;
  return (
    a.key === b.key &&
    a.previous === b.previous &&
    a.messages.length === b.messages.length &&
    a.messages.every((message, index) => message === b.messages[index])
  );
}

export function startsDay(message: Message, previous: Message | null): boolean {
  return previous === null || daysBetween(previous.createdAt, message.createdAt) !== 0;
}

function isWhispered({ mentions = [] }: Message): boolean {
  return mentions.some(({ isWhisper }) => isWhisper);
}

export function startsGroup(message: Message, previous: Message | null): boolean {
  return (
    previous === null ||
    startsDay(message, previous) ||
    previous.author.kind !== message.author.kind ||
    previous.author.id !== message.author.id ||
    previous.visibility !== message.visibility ||
    isWhispered(previous) !== isWhispered(message) ||
    message.createdAt - previous.createdAt > GROUP_WITHIN_MS
  );
}
