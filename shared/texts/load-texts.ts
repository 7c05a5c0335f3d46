import type { Language } from '../language.ts';
import type { ExtraTexts } from './extra-text-keys.ts';
import type { Texts } from './text-keys.ts';

/** One small chunk a language; only the one that is shown is fetched. */
export async function loadTexts(language: Language): Promise<Texts> {
  switch (language) {
    case 'he':
      return (await import('./he.ts')).he;
    case 'en':
      return (await import('./en.ts')).en;
    case 'ar':
      return (await import('./ar.ts')).ar;
    case 'ru':
      return (await import('./ru.ts')).ru;
    case 'fr':
      return (await import('./fr.ts')).fr;
    case 'es':
      return (await import('./es.ts')).es;
    case 'de':
      return (await import('./de.ts')).de;
    case 'pt':
      return (await import('./pt.ts')).pt;
  }
}

/** What the parts say that are fetched when they are first shown. */
export async function loadExtraTexts(language: Language): Promise<ExtraTexts> {
  switch (language) {
    case 'he':
      return (await import('./he-extras.ts')).heExtras;
    case 'en':
      return (await import('./en-extras.ts')).enExtras;
    case 'ar':
      return (await import('./ar-extras.ts')).arExtras;
    case 'ru':
      return (await import('./ru-extras.ts')).ruExtras;
    case 'fr':
      return (await import('./fr-extras.ts')).frExtras;
    case 'es':
      return (await import('./es-extras.ts')).esExtras;
    case 'de':
      return (await import('./de-extras.ts')).deExtras;
    case 'pt':
      return (await import('./pt-extras.ts')).ptExtras;
  }
}
