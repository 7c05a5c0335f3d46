import { type Language, toLanguage } from './language.ts';

/** A BCP 47 tag as it is properly written; undefined for what only looks like one (`en-`, `en-a`), of which `Intl` throws. */
export function canonicalLocale(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** The first wish in a language that is spoken here; English if none is. `locale` is one that `Intl` takes. */
export function spokenLocale(...wishes: readonly (string | null)[]): { language: Language; locale: string } {
  for (const wish of wishes) {
    const language = toLanguage(wish ?? '');
    if (language) return { language, locale: canonicalLocale(wish ?? '') ?? language };
  }
  return { language: 'en', locale: 'en' };
}
