import { type Language, toLanguage } from '../../shared/language.ts';

/** What was asked for (by the inbox or the site), else the page's language, else the browser's, else English. Part of the loader: keep it small. */
export function chooseLanguage(wish: string): Language {
  return [wish, document.documentElement.lang, ...navigator.languages].map(toLanguage).find(Boolean) ?? 'en';
}

export const directionOf = (language: string): 'rtl' | 'ltr' => (/^(he|ar)/.test(language) ? 'rtl' : 'ltr');
