import * as z from 'zod';
import { ATTACHMENTS_MAX } from './attachment.ts';
import { attachmentSchema } from './attachment-schema.ts';
import { byLanguageSchema, isSaid, languageSchema, saidByLanguageSchema } from './by-language.ts';
import { idSchema } from './id.ts';
import type { Language } from './language.ts';
import { tagNameSchema } from './tag.ts';
import { lineSchema, proseSchema } from './text.ts';

/** Example phrasings of one answer, and characters of each. */
export const PHRASINGS_MAX = 300;
export const PHRASING_LENGTH_MAX = 300;
export const QUICK_REPLIES_MAX = 5;
export const ANSWER_TEXT_MAX = 4_000;

/**
 * When an answer may speak by itself, within what its inbox allows: `outside` while nobody can answer (outside business hours, or with
 * nobody online), `waiting` while the visitor waits for a person within them, `always` in both.
 */
export const answerMoments = ['always', 'outside', 'waiting'] as const;
const answerMomentSchema = z.enum(answerMoments);

/** What is said in one language. A quick reply is posted as the visitor's own words when it is chosen. */
export const answerBodySchema = z.object({
  text: z.string(),
  quickReplies: z.array(z.string()),
});
export type AnswerBody = z.infer<typeof answerBodySchema>;

/** An automatic answer: to which question, in which words it is asked, what is said, and when. */
export const answerSchema = z.object({
  id: z.string(),
  /** The title question, in at least one language; visitors read it on buttons. */
  question: saidByLanguageSchema,
  /** Further ways in which people ask it, in any language. */
  phrasings: z.array(z.string()),
  bodies: z.partialRecord(languageSchema, answerBodySchema),
  /** Each sending makes copies of them. */
  files: z.array(attachmentSchema),
  tags: z.array(z.string()),
  /** Milliseconds since the epoch; it speaks from the one to before the other. */
  validFrom: z.number().nullable(),
  validTo: z.number().nullable(),
  /** Null: in every inbox. */
  inboxIds: z.array(z.string()).nullable(),
  moment: answerMomentSchema,
  isOn: z.boolean(),
  /** The ready question of the library that it was made from, or that a person has said it is. */
  intent: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Answer = z.infer<typeof answerSchema>;

const bodySchema = z.object({
  text: proseSchema(ANSWER_TEXT_MAX),
  quickReplies: z.array(lineSchema(80)).max(QUICK_REPLIES_MAX).default([]),
});

/** A language without a text says nothing, and is left away. */
const bodiesSchema = z
  .partialRecord(languageSchema, bodySchema)
  .transform(
    (bodies): Partial<Record<Language, AnswerBody>> => Object.fromEntries(Object.entries(bodies).filter(([, body]) => body?.text.trim())),
  )
  .refine((bodies) => Object.keys(bodies).length > 0, 'must say something in at least one language');

const momentOfTimeSchema = z.number().int().min(0).max(8.64e15).nullable();

const fields = {
  question: byLanguageSchema(PHRASING_LENGTH_MAX).refine(isSaid, 'must be asked in at least one language'),
  phrasings: z.array(lineSchema(PHRASING_LENGTH_MAX)).max(PHRASINGS_MAX),
  bodies: bodiesSchema,
  fileIds: z
    .array(idSchema)
    .max(ATTACHMENTS_MAX)
    .refine((ids) => new Set(ids).size === ids.length, 'names a file twice'),
  tags: z.array(tagNameSchema).max(20),
  validFrom: momentOfTimeSchema,
  validTo: momentOfTimeSchema,
  inboxIds: z.array(idSchema).min(1).max(100).nullable(),
  moment: z.enum(answerMoments),
  isOn: z.boolean(),
  intent: z.string().min(1).max(40).nullable(),
};

const endsAfterStart = ({ validFrom, validTo }: { validFrom?: number | null | undefined; validTo?: number | null | undefined }) =>
  validFrom == null || validTo == null || validFrom < validTo;
const mustEndLater = { path: ['validTo'], message: 'must be later than its beginning' };

/** `POST /api/answers`. A retry with the same `id` finds the first copy. */
export const answerCreateSchema = z
  .object({
    id: idSchema.optional(),
    question: fields.question,
    phrasings: fields.phrasings.default([]),
    bodies: fields.bodies,
    fileIds: fields.fileIds.default([]),
    tags: fields.tags.default([]),
    validFrom: fields.validFrom.default(null),
    validTo: fields.validTo.default(null),
    inboxIds: fields.inboxIds.default(null),
    moment: fields.moment.default('always'),
    isOn: fields.isOn.default(true),
    intent: fields.intent.default(null),
  })
  .refine(endsAfterStart, mustEndLater);
export type AnswerCreateRequest = z.input<typeof answerCreateSchema>;
export type AnswerDraft = z.output<typeof answerCreateSchema>;

/** `PATCH /api/answers/:id`. What is absent stays. `expectedAt`: the `updatedAt` that was changed. */
export const answerPatchSchema = z
  .object({ ...fields, expectedAt: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) })
  .partial()
  .refine(endsAfterStart, mustEndLater);
export type AnswerPatch = z.infer<typeof answerPatchSchema>;

/** `GET /api/answers`, oldest first. `words`: in the questions, phrasings and texts. */
export const answerListSchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  words: z.string().max(200).optional(),
  inboxId: idSchema.optional(),
  tag: tagNameSchema.optional(),
  isOn: z.enum(['true', 'false']).optional(),
});
export type AnswerListQuery = z.infer<typeof answerListSchema>;

/** In what a question comes: while nobody can answer, while somebody is waited for, or `any` where that is no matter. */
const askedMoments = ['outside', 'waiting', 'any'] as const;
export const askedMomentSchema = z.enum(askedMoments);
export type AskedMoment = z.infer<typeof askedMomentSchema>;

/**
 * `POST /api/answers/try`. `at` is now where it is absent; without `inboxId` every answer that is on may speak. Where `moment` is not said,
 * it follows from the inbox and its hours at that time.
 */
export const answerTrySchema = z.object({
  text: proseSchema(8_000).refine((text) => text.trim() !== '', 'must not be empty'),
  inboxId: idSchema.optional(),
  at: z.number().int().min(0).max(8.64e15).optional(),
  moment: z.enum(askedMoments).optional(),
  /** Of whoever asks, as a browser says it. */
  locale: z.string().max(40).optional(),
});
export type AnswerTryRequest = z.infer<typeof answerTrySchema>;

/** Sure enough to answer, likely enough to offer, or neither. */
export const answerDecisionSchema = z.enum(['answer', 'suggest', 'none']);
export type AnswerDecision = z.infer<typeof answerDecisionSchema>;

/** Why an answer was thought of: the words that the question shares with one of its phrases. */
export const answerReasonSchema = z.object({
  /** As the visitor wrote them; none where the meaning alone is alike. */
  shared: z.array(z.string()),
  phrase: z.string(),
  /** 1 is the first phrasing, 0 the title question; null where that is not known. */
  phraseNumber: z.number().nullable(),
});
export type AnswerReason = z.infer<typeof answerReasonSchema>;

export const answerSuggestionSchema = z.object({
  answerId: z.string(),
  /** 0 to 1: how often, of a hundred answers given so surely, that many are right. */
  confidence: z.number(),
  reason: answerReasonSchema,
});
export type AnswerSuggestion = z.infer<typeof answerSuggestionSchema>;

export const answerTrialSchema = z.object({
  decision: answerDecisionSchema,
  /** Of the one that would be given. */
  answerId: z.string().optional(),
  /** Of the best one, whatever is decided. */
  confidence: z.number(),
  reason: answerReasonSchema.optional(),
  /** The best first, at most three; with `answer` the one that is given is the first. */
  suggestions: z.array(answerSuggestionSchema),
  /** With `none`: what came nearest, however unlikely, for whoever wonders why. Never for visitors. */
  nearest: z.array(answerSuggestionSchema).optional(),
  /** In which the question was asked, and will be answered where there is a text. */
  language: languageSchema,
  /** The moment that was asked for. */
  moment: askedMomentSchema,
  /** The answers could not be read in time (they are being learned just now): nothing is known of the question. */
  isUnready: z.literal(true).optional(),
  tookMs: z.number(),
});
export type AnswerTrial = z.infer<typeof answerTrialSchema>;
