export type Language = 'he' | 'en' | 'ar' | 'ru' | 'fr' | 'es' | 'de' | 'pt';

/** The languages that the widget speaks, Hebrew first, as their speakers call them. */
export const languageNames: Record<Language, string> = {
  he: 'עברית',
  en: 'English',
  ar: 'العربية',
  ru: 'Русский',
  fr: 'Français',
  es: 'Español',
  de: 'Deutsch',
  pt: 'Português',
};

/** One text in as many languages as somebody wrote it. */
export type ByLanguage = Partial<Record<Language, string>>;

/** The spoken language of a BCP 47 tag, or undefined. */
export function toLanguage(tag: string): Language | undefined {
  const spoken = tag.slice(0, 2).toLowerCase();
  // What Hebrew was called before 1989; Java and Google's translations of pages still say it.
  const language = spoken === 'iw' ? 'he' : spoken;
  return Object.hasOwn(languageNames, language) ? (language as Language) : undefined;
}

export function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'he' || language === 'ar' ? 'rtl' : 'ltr';
}
