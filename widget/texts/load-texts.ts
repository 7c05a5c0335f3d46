import type { Language } from './language.ts';
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
