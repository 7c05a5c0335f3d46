export type Language = 'he' | 'en';

/** The languages that the widget speaks, Hebrew first, as their speakers call them. */
export const languageNames: Record<Language, string> = { he: 'עברית', en: 'English' };

/** One text in as many languages as somebody wrote it. */
export type ByLanguage = Partial<Record<Language, string>>;

/** The spoken language of a BCP 47 tag, or undefined. */
export function toLanguage(tag: string): Language | undefined {
  const language = tag.slice(0, 2).toLowerCase();
  return language in languageNames ? (language as Language) : undefined;
}
