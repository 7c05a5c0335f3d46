/**
 * What customers of small businesses ask everywhere, in the words that they ask it in: one file a language beside this one, where `#`
 * names the question, `?` asks it as a business would list it, `=` is an answer to fill in (blanks in square brackets), and every other
 * line is one way of asking it.
 */
import { readFileSync } from 'node:fs';
import type { ByLanguage, Language } from '../../shared/language.ts';

const libraryLanguages = ['he', 'en', 'ar', 'ru'] as const satisfies readonly Language[];

export interface LibraryIntent {
  id: string;
  question: ByLanguage;
  answer: ByLanguage;
  phrasings: Partial<Record<Language, string[]>>;
}

let intents: LibraryIntent[] | undefined;

/** Read once, in the order of the Hebrew file. */
export function readLibrary(): readonly LibraryIntent[] {
  if (intents) return intents;
  const byId = new Map<string, LibraryIntent>();
  for (const language of libraryLanguages) {
    for (const block of readFileSync(new URL(`./library/${language}.txt`, import.meta.url), 'utf8')
      .split(/^# /m)
      .slice(1)) {
      const [id = '', ...lines] = block.split('\n').map((line) => line.trim());
      const intent = byId.get(id) ?? { id, question: {}, answer: {}, phrasings: {} };
      byId.set(id, intent);
      intent.question[language] = lines.find((line) => line.startsWith('? '))?.slice(2) ?? id;
      intent.answer[language] = lines.find((line) => line.startsWith('= '))?.slice(2) ?? '';
      intent.phrasings[language] = lines.filter((line) => line !== '' && !/^[?=] /.test(line));
    }
  }
  intents = [...byId.values()];
  return intents;
}
