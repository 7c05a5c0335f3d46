import type { Language } from '../../shared/language.ts';
import type { ExtraTexts } from '../../shared/texts/extra-text-keys.ts';
import type { Texts } from '../../shared/texts/text-keys.ts';

/** One small chunk a language; only the one that is shown is fetched. */
export async function loadTexts(language: Language): Promise<Texts> {
  switch (language) {
    case 'he':
      return (await import('../../shared/texts/he.ts')).he;
    case 'en':
      return (await import('../../shared/texts/en.ts')).en;
  }
}

/** What the parts say that are fetched when they are first shown. */
export async function loadExtraTexts(language: Language): Promise<ExtraTexts> {
  switch (language) {
    case 'he':
      return (await import('../../shared/texts/he-extras.ts')).heExtras;
    case 'en':
      return (await import('../../shared/texts/en-extras.ts')).enExtras;
  }
}
