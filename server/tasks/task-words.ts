/** Whether a task holds all the words that are looked for, of which the reader may see what it says. */
import { wordsOf } from '../../shared/fold.ts';
import { bareForms } from '../../shared/word-forms.ts';

/** Each word begins one of the text's, or one of these without its Hebrew prefix. */
export function holdsWords(texts: readonly (string | null)[], wanted: readonly string[]): boolean {
  const words = texts.flatMap((text) => (text ? wordsOf(text).map(({ word }) => word) : []));
  const forms = [...words, ...words.flatMap((word) => bareForms(word))];
  return wanted.every((wish) => forms.some((form) => form.startsWith(wish)));
}
