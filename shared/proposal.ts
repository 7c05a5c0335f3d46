/** What agents have answered, as something to be learnt from it: proposed by the server, decided by a person. */
import * as z from 'zod';
import { ANSWER_TEXT_MAX, PHRASING_LENGTH_MAX } from './automatic-answer.ts';
import { languageSchema } from './by-language.ts';
import { idSchema } from './id.ts';
import type { ByLanguage, Language } from './language.ts';
import { lineSchema, proseSchema } from './text.ts';

export const proposalStatuses = ['open', 'approved', 'refused'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

/** Why it is proposed: the agent sent the answer's text; the visitor had said that an automatic answer did not help. */
export type ProposalCause = 'sent' | 'unhelpful';

export interface Proposal {
  id: string;
  /** The answer that would get another phrasing; null: a new answer. */
  answer: { id: string; question: ByLanguage; isOn: boolean } | null;
  cause: ProposalCause;
  /** As the visitor asked it, with numbers, addresses and the customer's name taken out. */
  question: string;
  language: Language;
  /** What the agent replied. */
  reply: string;
  /** How often it was asked and answered so. */
  count: number;
  agent: { id: string; name: string } | null;
  /** The last time. Null where one may not see it, or it is gone. */
  conversation: { id: string; seq: number } | null;
  firstAt: number;
  lastAt: number;
  status: ProposalStatus;
  decidedBy: { id: string; name: string } | null;
  decidedAt: number | null;
}

export interface ProposalPage {
  items: Proposal[];
  next: string | null;
  /** How many wait for a decision. */
  open: number;
}

/** `GET /api/proposals`, the latest first. */
export const proposalListSchema = z.object({
  status: z.enum(proposalStatuses).default('open'),
  answerId: idSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ProposalListQuery = z.infer<typeof proposalListSchema>;

/** `POST /api/proposals/:id/approve`. What is absent is as it was proposed; `answerId`: another answer that it belongs to. */
export const proposalApproveSchema = z.object({
  question: lineSchema(PHRASING_LENGTH_MAX).optional(),
  reply: proseSchema(ANSWER_TEXT_MAX)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .optional(),
  language: languageSchema.optional(),
  answerId: idSchema.optional(),
});
export type ProposalApproveRequest = z.input<typeof proposalApproveSchema>;

export const PROPOSALS_AT_ONCE_MAX = 100;

/** `POST /api/proposals/decide`. `reopen` takes a refusal back. Many are approved only as phrasings: a new answer is read by somebody first. */
export const proposalDecideSchema = z.object({
  ids: z.array(idSchema).min(1).max(PROPOSALS_AT_ONCE_MAX),
  decision: z.enum(['approve', 'refuse', 'reopen']),
});
export type ProposalDecideRequest = z.infer<typeof proposalDecideSchema>;

export interface ProposalsDecided {
  decidedIds: string[];
  /** What could not be decided, and why. */
  refused: { id: string; code: string; message: string }[];
}
