/** Why something was found, where its name does not say so. */
import type { FoundExcerpt } from '../../shared/found-excerpt.ts';
import { excerptOf, marksIn } from '../../shared/marks.ts';
import { entryWords } from './entries.ts';

type Groups = readonly (readonly string[])[];

const EXCERPT_LENGTH = 120;

/** The groups of which no word stands in this text. */
export function missingIn(text: string, groups: Groups): Groups {
  if (groups.length === 0) return groups;
  const own = new Set(entryWords(text));
  return groups.filter((group) => !group.some((word) => own.has(word)));
}

/** Beyond what is shown anyway, of the text that holds most of what that lacks; undefined where it lacks nothing, or none holds it. */
export function excerptFor(shown: string, texts: readonly string[], groups: Groups): FoundExcerpt | undefined {
  const missing = missingIn(shown, groups);
  let [best, most] = ['', 0];
  for (const text of texts) {
    const held = missing.length - missingIn(text, missing).length;
    if (held > most) [best, most] = [text, held];
    if (most === missing.length) break;
  }
  if (most === 0) return undefined;
  const text = excerptOf(best, marksIn(best, new Set(missing.flat())), EXCERPT_LENGTH);
  return { text, marks: marksIn(text, new Set(groups.flat())) };
}
