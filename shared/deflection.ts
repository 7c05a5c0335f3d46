import * as z from 'zod';
import { conversationSummarySchema } from './conversation.ts';
import { idSchema } from './id.ts';

/**
 * What came of a stretch of a conversation in which the bot spoke. `helped`: ended with the bot alone, and the visitor said that it
 * helped; `quiet`: ended with the bot alone, and nothing more was said. `person`: it is, or was, a person's. `going`: none of these yet.
 */
export const botOutcomes = ['going', 'helped', 'quiet', 'person'] as const;
export const botOutcomeSchema = z.enum(botOutcomes);
export type BotOutcome = z.infer<typeof botOutcomeSchema>;

/** Why it went to a person: one was asked for, no answer was found, one did not help, or an agent came by itself. */
export const botReasons = ['asked', 'unanswered', 'unhelpful', 'joined'] as const;
export const botReasonSchema = z.enum(botReasons);
export type BotReason = z.infer<typeof botReasonSchema>;

export type BotDecision = 'answer' | 'suggest' | 'none' | 'person' | 'small-talk';

/** `from` and `to` are milliseconds: from the one to before the other. */
const spanShape = {
  from: z.coerce.number().int().min(0).max(8.64e15).default(0),
  to: z.coerce.number().int().min(0).max(8.64e15).default(8.64e15),
  inboxId: idSchema.optional(),
};

/** `GET /api/bot/deflection`: of the conversations that this agent may see. */
export const deflectionQuerySchema = z.object(spanShape);
export type DeflectionQuery = z.infer<typeof deflectionQuerySchema>;

/** `GET /api/bot/deflection/conversations`, newest first. Without a kind: all; `alone` is `helped` and `quiet`. */
export const deflectedQuerySchema = z.object({
  ...spanShape,
  kind: z.enum([...botOutcomes, 'alone']).optional(),
  reason: z.enum(botReasons).optional(),
  answerId: idSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type DeflectedQuery = z.infer<typeof deflectedQuerySchema>;

export const deflectionAnswerSchema = z.object({
  answerId: z.string(),
  given: z.number(),
  helpful: z.number(),
  unhelpful: z.number(),
});
export type DeflectionAnswer = z.infer<typeof deflectionAnswerSchema>;

export const deflectionSchema = z.object({
  /** All of them, and by outcome. */
  total: z.number(),
  outcomes: z.record(botOutcomeSchema, z.number()),
  reasons: z.record(botReasonSchema, z.number()),
  /** The most given first. */
  answers: z.array(deflectionAnswerSchema),
});
export type Deflection = z.infer<typeof deflectionSchema>;

/** One counted stretch, with its conversation as it is now. */
export const deflectedConversationSchema = z.object({
  id: z.string(),
  startedAt: z.number(),
  outcome: botOutcomeSchema,
  reason: botReasonSchema.nullable(),
  conversation: conversationSummarySchema,
});
export type DeflectedConversation = z.infer<typeof deflectedConversationSchema>;
