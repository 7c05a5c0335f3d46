import * as z from 'zod';
import { ANSWER_TEXT_MAX } from './automatic-answer.ts';
import { byLanguageSchema, isSaid, languageSchema, saidByLanguageSchema } from './by-language.ts';
import { idSchema } from './id.ts';

/** A question that customers ask everywhere, with an answer to fill in. */
export const readyAnswerSchema = z.object({
  /** The `intent` of an answer that is made from it. */
  id: z.string(),
  question: saidByLanguageSchema,
  /** With blanks in square brackets. */
  answer: saidByLanguageSchema,
  /** Each as it stands in the answer, once, a language. */
  blanks: z.partialRecord(languageSchema, z.array(z.string())),
  /** Some of the ways in which it is asked. */
  examples: z.partialRecord(languageSchema, z.array(z.string())),
  /** Answers that are here for it already. */
  answerIds: z.array(z.string()),
});
export type ReadyAnswer = z.infer<typeof readyAnswerSchema>;

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
