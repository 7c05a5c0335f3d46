import { wordsOf } from '../../shared/fold.ts';

/** What a row says that says nothing: each kind fills in its part. */
export const plain = {
  title: null,
  text: null,
  words: ' ',
  addressWords: ' ',
  direction: null,
  outcome: null,
  durationMs: null,
  agentId: null,
  changes: null,
  mail: null,
  quoted: null,
  mailStatus: null,
  tokenHash: null,
  messageKey: null,
  removedAt: null,
} as const;

/** What an item is found by: folded, each between spaces, each once. */
export function wordsIn(...texts: readonly (string | null)[]): string {
  const words = new Set(texts.flatMap((text) => (text === null ? [] : wordsOf(text).map(({ word }) => word))));
  return ` ${[...words].join(' ')} `;
}
