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
  }
}

/** What the parts say that are fetched when they are first shown. */
export async function loadExtraTexts(language: Language): Promise<ExtraTexts> {
  switch (language) {
    case 'he':
      return (await import('./he-extras.ts')).heExtras;
    case 'en':
      return (await import('./en-extras.ts')).enExtras;
  }
}
