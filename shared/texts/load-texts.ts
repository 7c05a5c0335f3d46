import type { Language } from '../language.ts';
import type { LanguageTexts } from './language-texts.ts';

/** One small chunk a language; only the one that is shown is fetched. */
export async function loadTexts(language: Language): Promise<LanguageTexts> {
  switch (language) {
    case 'he':
      return (await import('./he.ts')).hebrew;
    case 'en':
      return (await import('./en.ts')).english;
  }
}
