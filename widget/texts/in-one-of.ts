import type { ByLanguage, Language } from '../../shared/language.ts';

/** What administrators wrote, in the first of these languages that has it. */
export function inOneOf(texts: ByLanguage, languages: readonly Language[]): string | undefined {
  return languages.map((language) => texts[language]).find(Boolean);
}
