import type { Language } from '../../shared/language.ts';

/**
 * What was asked for (by the site or the inbox), else the page's language, else the browser's, else English. `known` has a key a
 * language: the loader takes them from the inbox's settings instead of carrying a list. `iw` is what Java and Google's translations
 * of pages call Hebrew. Part of the loader: keep it small.
 */
export function chooseLanguage(wish: string, known: Record<Language, unknown>): Language {
  const wishes = [wish, document.documentElement.lang, ...navigator.languages, 'en'];
  return wishes.map((tag) => tag.slice(0, 2).toLowerCase().replace('iw', 'he') as Language).find((language) => known[language]) as Language;
}

export const directionOf = (language: string): 'rtl' | 'ltr' => (/he|ar/.test(language) ? 'rtl' : 'ltr');
