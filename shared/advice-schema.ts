import * as z from 'zod';
import type { Advice } from './advice.ts';
import { attachmentSchema } from './attachment-schema.ts';
import { answerReasonSchema } from './automatic-answer.ts';
import { languageSchema } from './by-language.ts';

/** Apart from the types, so that the strip above a composer carries no validator. */
export const adviceSchema = z.object({
  messageId: z.string().nullable(),
  suggestions: z.array(
    z.object({
      kind: z.enum(['answer', 'canned']),
      id: z.string(),
      title: z.string(),
      text: z.string(),
      language: languageSchema,
      files: z.array(attachmentSchema),
      confidence: z.number(),
      reason: answerReasonSchema,
    }),
  ),
  isUnready: z.literal(true).optional(),
}) satisfies z.ZodType<Advice>;
