/** What a ready answer leaves to be filled in, in square brackets: "We are open [days and hours]." */
import type { AnswerForm } from './answer-draft.ts';

export interface Blank {
  name: string;
  from: number;
  to: number;
}

const BLANK = /\[([^[\]\n]{1,60})\]/g;

export function blanksIn(text: string): Blank[] {
  return [...text.matchAll(BLANK)].map((match) => ({ name: match[1] ?? '', from: match.index, to: match.index + match[0].length }));
}

/** In all languages together. Whoever writes an answer of their own may mean brackets. */
export function countBlanks({ intent, bodies }: Pick<AnswerForm, 'intent' | 'bodies'>): number {
  if (intent === null) return 0;
  return Object.values(bodies).reduce((count, { text }) => count + blanksIn(text).length, 0);
}

/** What stands between the blanks: one piece more than there are blanks. */
export function piecesBetween(text: string, blanks: readonly Blank[]): string[] {
  return [...blanks.map(({ from }, at) => text.slice(blanks[at - 1]?.to ?? 0, from)), text.slice(blanks.at(-1)?.to ?? 0)];
}
