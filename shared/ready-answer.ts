import * as z from 'zod';
import { ANSWER_TEXT_MAX } from './automatic-answer.ts';
import { byLanguageSchema, isSaid, languageSchema } from './by-language.ts';
import { idSchema } from './id.ts';
import type { ByLanguage, Language } from './language.ts';

/** A question that customers ask everywhere, with an answer to fill in. */
export interface ReadyAnswer {
  /** The `intent` of an answer that is made from it. */
  id: string;
  question: ByLanguage;
  /** With blanks in square brackets. */
  answer: ByLanguage;
  /** Each as it stands in the answer, once, a language. */
  blanks: Partial<Record<Language, string[]>>;
  /** Some of the ways in which it is asked. */
  examples: Partial<Record<Language, string[]>>;
  /** Answers that are here for it already. */
  answerIds: string[];
}

/** `GET /api/answers/library`: in one language, or in all. */
export const readyAnswerQuerySchema = z.object({ language: languageSchema.optional() });

/**
 * `POST /api/answers/from-library`. `texts` are the answers as they were filled in; where none is said, the ready ones of all languages. What
 * has a blank left is made, and off. A retry with the same `answerId` finds the first copy.
 */
export const fromLibrarySchema = z.object({
  intents: z
    .array(
      z.object({
        id: z.string().min(1).max(40),
        answerId: idSchema.optional(),
        texts: byLanguageSchema(ANSWER_TEXT_MAX).refine(isSaid, 'must say something in at least one language').optional(),
      }),
    )
    .min(1)
    .max(200),
  inboxIds: z.array(idSchema).min(1).max(100).nullable().default(null),
});
export type FromLibraryRequest = z.input<typeof fromLibrarySchema>;
