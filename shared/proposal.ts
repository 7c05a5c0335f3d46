/** What agents have answered, as something to be learnt from it: proposed by the server, decided by a person. */
import * as z from 'zod';
import { ANSWER_TEXT_MAX, PHRASING_LENGTH_MAX } from './automatic-answer.ts';
import { languageSchema, saidByLanguageSchema } from './by-language.ts';
import { idSchema } from './id.ts';
import { lineSchema, proseSchema } from './text.ts';

export const proposalStatuses = ['open', 'approved', 'refused'] as const;
export const proposalStatusSchema = z.enum(proposalStatuses);
export type ProposalStatus = z.infer<typeof proposalStatusSchema>;

/** Why it is proposed: the agent sent the answer's text; the visitor had said that an automatic answer did not help. */
const proposalCauseSchema = z.enum(['sent', 'unhelpful']);

export const proposalSchema = z.object({
  id: z.string(),
  /** The answer that would get another phrasing; null: a new answer. */
  answer: z
    .object({
      id: z.string(),
      question: saidByLanguageSchema,
      isOn: z.boolean(),
    })
    .nullable(),
  cause: proposalCauseSchema,
  /** As the visitor asked it, with numbers, addresses and the customer's name taken out. */
  question: z.string(),
  language: languageSchema,
  /** What the agent replied. */
  reply: z.string(),
  /** How often it was asked and answered so. */
  count: z.number(),
  agent: z
    .object({
      id: z.string(),
      name: z.string(),
    })
    .nullable(),
  /** The last time. Null where one may not see it, or it is gone. */
  conversation: z
    .object({
      id: z.string(),
      seq: z.number(),
    })
    .nullable(),
  firstAt: z.number(),
  lastAt: z.number(),
  status: proposalStatusSchema,
  decidedBy: z
    .object({
      id: z.string(),
      name: z.string(),
    })
    .nullable(),
  decidedAt: z.number().nullable(),
});
export type Proposal = z.infer<typeof proposalSchema>;

export const proposalPageSchema = z.object({
  items: z.array(proposalSchema),
  next: z.string().nullable(),
  /** How many wait for a decision. */
  open: z.number(),
});
export type ProposalPage = z.infer<typeof proposalPageSchema>;

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

export const proposalsDecidedSchema = z.object({
  decidedIds: z.array(z.string()),
  /** What could not be decided, and why. */
  refused: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      message: z.string(),
    }),
  ),
});
export type ProposalsDecided = z.infer<typeof proposalsDecidedSchema>;
