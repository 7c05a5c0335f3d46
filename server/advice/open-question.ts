/** Which words of a visitor wait for an answer, and which of them are the question. */
import type { Message } from '../../shared/message.ts';
import { isAsked, isReply } from './exchange.ts';

/** Longer ago than so many messages is another question. */
const JOINED_MAX = 3;

/** What the visitor has said since a person answered last, in order. That an automatic answer stands in between changes nothing. */
export function unanswered(messages: readonly Message[]): Message[] {
  return messages.slice(messages.findLastIndex(isReply) + 1).filter(isAsked);
}

/** Ways to read what was said as one question: the last message by itself, and together with what came just before it. */
export function readings(said: readonly Message[]): string[] {
  const last = said.at(-1);
  if (!last) return [];
  const joined = said.slice(-JOINED_MAX).map(({ text }) => text.trim());
  return joined.length === 1 ? [last.text] : [last.text, joined.join('\n')];
}

/** The message that asks: of the last few the one with the most words, so that neither "hello" nor "anybody there?" is taken for the question. */
export function askingMessage(said: readonly Message[]): Message | undefined {
  return said.slice(-JOINED_MAX).toSorted((one, other) => wordCount(other.text) - wordCount(one.text))[0];
}

export function wordCount(text: string): number {
  return text.match(/\p{L}+/gu)?.length ?? 0;
}
