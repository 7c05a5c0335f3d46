import type { Language } from '../language.ts';
import type { LanguageTexts } from './language-texts.ts';

/** One small chunk a language; only the one that is shown is fetched. */
const files: Record<Language, () => Promise<{ spoken: LanguageTexts }>> = {
  he: () => import('./he.ts'),
  en: () => import('./en.ts'),
  ar: () => import('./ar.ts'),
  ru: () => import('./ru.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  de: () => import('./de.ts'),
  pt: () => import('./pt.ts'),
};

export async function loadTexts(language: Language): Promise<LanguageTexts> {
  return (await files[language]()).spoken;
}
