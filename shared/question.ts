import * as z from 'zod';
import { idSchema } from './id.ts';
import type { ByLanguage, Language } from './language.ts';
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
export interface QuestionGroup {
  id: string;
  /** As a person named it (`isNamed`), or as one of them asked it. */
  name: string;
  isNamed: boolean;
  isIgnored: boolean;
  /** Goes up with every change by a person. */
  version: number;
  count: number;
  /** In as many days before the period. */
  before: number;
  /** 0.5 is half as many again as before, -1 is none any more; null where it was not asked before. */
  trend: number | null;
  /** Of all conversations that were held in the period, 0 to 1. */
  share: number;
  answeredByBot: number;
  /** The three who answered most; `others` is how many were answered by anybody else. */
  answeredByAgents: { id: string; name: string; count: number }[];
  answeredByOthers: number;
  unanswered: number;
  /** Until the first answer, of the latest 500 that were answered; null where none was. */
  medianWaitMs: number | null;
  answerId: string | null;
  /** Whether the automatic answer is on. */
  hasAnswer: boolean;
  /** How often on each day of the period. */
  days: number[];
  /** Groups that people have put into this one. */
  merged: { id: string; name: string; version: number }[];
}

export interface QuestionPage {
  items: QuestionGroup[];
  next: string | null;
  /** The period as it was counted, in days of `timeZone`: `2026-11-01`. */
  firstDay: string;
  lastDay: string;
  timeZone: string;
  groups: number;
  /** Asked in the period: all of them, and those that nobody else has asked. */
  questions: number;
  single: number;
  ignored: number;
  conversations: number;
  /** When questions were last put into groups; null before the first time. */
  updatedAt: number | null;
  /** Conversations from before are still being read. */
  isReading: boolean;
}

export interface QuestionExample {
  /** Of the message that begins it. */
  id: string;
  conversationId: string;
  seq: number;
  text: string;
  language: Language | null;
  askedAt: number;
  contact: { id: string; name: string | null };
  /** Null: nobody yet. */
  answeredBy: { kind: 'agent' | 'bot'; name: string | null } | null;
  waitMs: number | null;
}

/** What `merge`, `split`, `rename`, `ignore` and `restore` reply: the group as it is now. */
export type ChangedGroup = Pick<QuestionGroup, 'id' | 'name' | 'isNamed' | 'isIgnored' | 'version' | 'answerId'>;

/** What to begin an automatic answer or a canned response with; a person edits it before it counts. */
export interface AnswerDraftProposal {
  groupId: string;
  version: number;
  /** In which most people ask it. */
  language: Language;
  question: ByLanguage;
  phrasings: string[];
  /** The agents' most typical reply in each language, without names, phones, e-mails and numbers. */
  replies: ByLanguage;
}
