import type { Language } from '../language.ts';
import type { LanguageTexts } from './language-texts.ts';

/** One small chunk a language; only the one that is shown is fetched. */
export async function loadTexts(language: Language): Promise<LanguageTexts> {
  switch (language) {
    case 'he':
      return (await import('./he.ts')).hebrew;
    case 'en':
      return (await import('./en.ts')).english;
    case 'ar':
      return (await import('./ar.ts')).arabic;
    case 'ru':
      return (await import('./ru.ts')).russian;
    case 'fr':
      return (await import('./fr.ts')).french;
    case 'es':
      return (await import('./es.ts')).spanish;
    case 'de':
      return (await import('./de.ts')).german;
    case 'pt':
      return (await import('./pt.ts')).portuguese;
  }
}
