import * as z from 'zod';
import { type ByLanguage, type Language, languageNames } from './language.ts';
import { proseSchema } from './text.ts';

export const languageSchema = z.enum(Object.keys(languageNames) as [Language, ...Language[]]);

export const saidByLanguageSchema: z.ZodType<ByLanguage> = z.partialRecord(languageSchema, z.string());

/** One text a language; an empty one is none. */
export function byLanguageSchema(max: number) {
  return z
    .partialRecord(languageSchema, proseSchema(max))
    .transform((texts): ByLanguage => Object.fromEntries(Object.entries(texts).filter(([, said]) => said?.trim())));
}

/** Whether something is said in at least one language. */
export function isSaid(texts: ByLanguage): boolean {
  return Object.values(texts).some((said) => said?.trim());
}

/** Refuses the second of two entries that have the same `key`, at its place in the list. */
export function requireDifferent<Key extends string>(key: Key) {
  return (entries: readonly Record<Key, string>[], context: z.core.$RefinementCtx<unknown>) => {
    const seen = new Set<string>();
    for (const [place, entry] of entries.entries()) {
      if (seen.has(entry[key])) context.addIssue({ code: 'custom', path: [place, key], message: 'is there twice' });
      seen.add(entry[key]);
    }
  };
}
