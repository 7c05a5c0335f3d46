import * as z from 'zod';
import { languageSchema, saidByLanguageSchema } from './by-language.ts';
import { idSchema } from './id.ts';
import type { Language } from './language.ts';
import { languageNames } from './language.ts';
import { lineSchema } from './text.ts';

/** Of what a visitor asked, so much is kept for the list of frequent questions. */
export const QUESTION_TEXT_MAX = 500;
const GROUP_NAME_MAX = 120;
/** Questions that are chosen to be a group of their own, and groups that are put together, at once. */
const CHOSEN_MAX = 100;
export const DRAFT_PHRASINGS = 5;

/** What is ordered by: how often it is asked, how much oftener than before, how often nobody answers. */
export const questionSorts = ['count', 'trend', 'unanswered'] as const;
export type QuestionSort = (typeof questionSorts)[number];

const momentSchema = z.coerce.number().int().min(0).max(8.64e15);
const spokenSchema = z.enum(Object.keys(languageNames) as [Language, ...Language[]]);

const scope = {
  /** Whole days of the business's clock: from the one that holds `from` to the one that holds the last moment before `to`. */
  from: momentSchema,
  to: momentSchema,
  inboxId: idSchema.optional(),
  language: spokenSchema.optional(),
};
const endsLater = ({ from, to }: { from: number; to: number }) => from < to && to - from <= SPAN_MAX_MS;
const mustEndLater = { path: ['to'], message: 'must be later than from, by two years at most' };
const SPAN_MAX_MS = 732 * 24 * 60 * 60 * 1_000;

/** `GET /api/questions`. Groups without an automatic answer that is on come first, those that are ignored only when asked for. */
export const questionListSchema = z
  .object({
    ...scope,
    sort: z.enum(questionSorts).default('count'),
    show: z.enum(['open', 'ignored']).default('open'),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  })
  .refine(endsLater, mustEndLater);
export type QuestionListQuery = z.infer<typeof questionListSchema>;

/** `GET /api/questions/:id/examples`, newest first. */
export const questionExamplesSchema = z
  .object({ ...scope, cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) })
  .refine(endsLater, mustEndLater);
export type QuestionExamplesQuery = z.infer<typeof questionExamplesSchema>;

/** `version`: of the group as it was looked at; another one by now is a `conflict`. */
const versionSchema = z.number().int().min(1).max(2_147_483_647);

/** Null: as the grouping calls it. */
export const questionRenameSchema = z.object({ name: lineSchema(GROUP_NAME_MAX).nullable(), version: versionSchema });
export const questionMergeSchema = z.object({ ids: z.array(idSchema).min(1).max(CHOSEN_MAX), version: versionSchema });
export const questionSplitSchema = z.object({
  /** A retry with the same `id` finds the first copy. */
  id: idSchema,
  questionIds: z.array(idSchema).min(1).max(CHOSEN_MAX),
  name: lineSchema(GROUP_NAME_MAX).optional(),
  version: versionSchema,
});
export const questionVersionSchema = z.object({ version: versionSchema });
/** The automatic answer that is given to it; null takes the link away. Without `version`: unless another one speaks for it by now. */
export const questionLinkSchema = z.object({ answerId: idSchema.nullable(), version: versionSchema.optional() });
export const answerDraftSchema = z.object({ language: spokenSchema.optional() });

export type QuestionRename = z.infer<typeof questionRenameSchema>;
export type QuestionMerge = z.infer<typeof questionMergeSchema>;
export type QuestionSplit = z.infer<typeof questionSplitSchema>;
export type QuestionLink = z.infer<typeof questionLinkSchema>;
export type AnswerDraftRequest = z.infer<typeof answerDraftSchema>;

/** What many people asked in their own words. */
export const questionGroupSchema = z.object({
  id: z.string(),
  /** As a person named it (`isNamed`), or as one of them asked it. */
  name: z.string(),
  isNamed: z.boolean(),
  isIgnored: z.boolean(),
  /** Goes up with every change by a person. */
  version: z.number(),
  count: z.number(),
  /** In as many days before the period. */
  before: z.number(),
  /** 0.5 is half as many again as before, -1 is none any more; null where it was not asked before. */
  trend: z.number().nullable(),
  /** Of all conversations that were held in the period, 0 to 1. */
  share: z.number(),
  answeredByBot: z.number(),
  /** The three who answered most; `others` is how many were answered by anybody else. */
  answeredByAgents: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      count: z.number(),
    }),
  ),
  answeredByOthers: z.number(),
  unanswered: z.number(),
  /** Until the first answer, of the latest 500 that were answered; null where none was. */
  medianWaitMs: z.number().nullable(),
  answerId: z.string().nullable(),
  /** Whether the automatic answer is on. */
  hasAnswer: z.boolean(),
  /** How often on each day of the period. */
  days: z.array(z.number()),
  /** Groups that people have put into this one. */
  merged: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.number(),
    }),
  ),
});
export type QuestionGroup = z.infer<typeof questionGroupSchema>;

export const questionPageSchema = z.object({
  items: z.array(questionGroupSchema),
  next: z.string().nullable(),
  /** The period as it was counted, in days of `timeZone`: `2026-11-01`. */
  firstDay: z.string(),
  lastDay: z.string(),
  timeZone: z.string(),
  groups: z.number(),
  /** Asked in the period: all of them, and those that nobody else has asked. */
  questions: z.number(),
  single: z.number(),
  ignored: z.number(),
  conversations: z.number(),
  /** When questions were last put into groups; null before the first time. */
  updatedAt: z.number().nullable(),
  /** Conversations from before are still being read. */
  isReading: z.boolean(),
});
export type QuestionPage = z.infer<typeof questionPageSchema>;

export const questionExampleSchema = z.object({
  /** Of the message that begins it. */
  id: z.string(),
  conversationId: z.string(),
  seq: z.number(),
  text: z.string(),
  language: languageSchema.nullable(),
  askedAt: z.number(),
  contact: z.object({
    id: z.string(),
    name: z.string().nullable(),
  }),
  /** Null: nobody yet. */
  answeredBy: z
    .object({
      kind: z.enum(['agent', 'bot']),
      name: z.string().nullable(),
    })
    .nullable(),
  waitMs: z.number().nullable(),
});
export type QuestionExample = z.infer<typeof questionExampleSchema>;

/** What `merge`, `split`, `rename`, `ignore` and `restore` reply: the group as it is now. */
export const changedGroupSchema = questionGroupSchema.pick({
  id: true,
  name: true,
  isNamed: true,
  isIgnored: true,
  version: true,
  answerId: true,
});
export type ChangedGroup = z.infer<typeof changedGroupSchema>;

/** What to begin an automatic answer or a canned response with; a person edits it before it counts. */
export const answerDraftProposalSchema = z.object({
  groupId: z.string(),
  version: z.number(),
  /** In which most people ask it. */
  language: languageSchema,
  question: saidByLanguageSchema,
  phrasings: z.array(z.string()),
  /** The agents' most typical reply in each language, without names, phones, e-mails and numbers. */
  replies: saidByLanguageSchema,
});
export type AnswerDraftProposal = z.infer<typeof answerDraftProposalSchema>;
