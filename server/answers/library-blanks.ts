/** Blanks of ready answers, in square brackets: whoever still has one of them in an answer is not done with it. */
import type { Answer } from '../../shared/automatic-answer.ts';
import { AppError } from '../../shared/errors.ts';
import type { Language } from '../../shared/language.ts';
import { readLibrary } from '../matching/library.ts';

const BLANK = /\[[^[\]\n]{1,60}\]/g;

let ofLibrary: ReadonlySet<string> | undefined;

/** Each once, in the order in which they stand there. */
export function blanksOf(text: string): string[] {
  return [...new Set(text.match(BLANK))];
}

/** Those that come from the library; brackets of one's own are one's own. */
export function openBlanks(bodies: Answer['bodies']): { language: Language; blank: string }[] {
  const found = Object.entries(bodies).flatMap(([language, { text }]) =>
    blanksOf(text).map((blank) => ({ language: language as Language, blank })),
  );
  if (found.length === 0) return [];
  ofLibrary ??= new Set(readLibrary().flatMap(({ answer }) => Object.values(answer).flatMap(blanksOf)));
  return found.filter(({ blank }) => ofLibrary?.has(blank));
}

/** A visitor never reads a blank. */
export function requireFilledIn({ isOn, bodies }: Pick<Answer, 'isOn' | 'bodies'>): void {
  const [open] = isOn ? openBlanks(bodies) : [];
  if (!open) return;
  throw new AppError('invalid', `Fill in ${open.blank} before this answer is switched on.`, { field: `bodies.${open.language}.text` });
}
