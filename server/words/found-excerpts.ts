/** Why something was found, where its name does not say so. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FoundExcerpt } from '../../shared/found-excerpt.ts';
import { excerptOf, marksIn } from '../../shared/marks.ts';
import { entryWords } from './entries.ts';

type Groups = readonly (readonly string[])[];

const EXCERPT_LENGTH = 120;
/** So many characters of a page are looked through, by turns of so many: what stands further down is found as well, without being told why. */
export const LOOKED_THROUGH_MAX = 400_000;
const AT_ONCE = 20_000;

/** What is shown of something anyway, and the texts in which the words may stand instead. */
export interface Sought {
  id: string;
  shown: string;
  texts: readonly string[];
}

/** By their ids. */
export async function excerptsFor(sought: readonly Sought[], groups: Groups): Promise<Map<string, FoundExcerpt>> {
  const each = Math.floor(LOOKED_THROUGH_MAX / sought.length);
  const excerpts = new Map<string, FoundExcerpt>();
  let looked = 0;
  for (const { id, shown, texts } of sought) {
    const looking = texts.map((text) => text.slice(0, each));
    const excerpt = excerptFor(shown, looking, groups);
    if (excerpt) excerpts.set(id, excerpt);
    looked += looking.reduce((sum, text) => sum + text.length, shown.length);
    if (looked < AT_ONCE) continue;
    looked = 0;
    await nextTurn();
  }
  return excerpts;
}

/** The groups of which no word stands in this text. */
export function missingIn(text: string, groups: Groups): Groups {
  if (groups.length === 0) return groups;
  const own = new Set(entryWords(text));
  return groups.filter((group) => !group.some((word) => own.has(word)));
}

/** Beyond what is shown anyway, of the text that holds most of what that lacks; undefined where it lacks nothing, or none holds it. */
function excerptFor(shown: string, texts: readonly string[], groups: Groups): FoundExcerpt | undefined {
  const missing = missingIn(shown, groups);
  if (missing.length === 0) return undefined;
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
