import * as z from 'zod';
import { foundExcerptSchema } from './found-excerpt.ts';
import { idSchema } from './id.ts';
import { currencySchema } from './money.ts';
import { lineSchema, proseSchema } from './text.ts';

export const STAGES_MAX = 20;
export const PIPELINES_MAX = 20;
export const LOST_REASONS_MAX = 50;

const percentSchema = z.number().int().min(0).max(100);
/** `YYYY-MM-DD`. */
const dateSchema = z.iso.date().refine((date) => date >= '1970-01-01' && date <= '9999-12-31', 'must be a date of our time');
const worthSchema = z.number().int().min(0).max(1e13);

/** A column of the board. `probability`: in percent, of whatever stands in it and has none of its own. */
export const stageSchema = z.object({ id: idSchema, name: lineSchema(60), probability: percentSchema });
export type Stage = z.infer<typeof stageSchema>;

/** Won and lost are the ends of every pipeline, and no stages. */
export const pipelineSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Of new opportunities. */
  currency: z.string(),
  stages: z.array(stageSchema),
  version: z.number(),
  archivedAt: z.number().nullable(),
});
export type Pipeline = z.infer<typeof pipelineSchema>;
export const pipelineListSchema = z.object({ items: z.array(pipelineSchema), next: z.null() });

const stagesSchema = z
  .array(stageSchema)
  .min(1)
  .max(STAGES_MAX)
  .refine((stages) => new Set(stages.map(({ id }) => id)).size === stages.length, 'must each have an id of its own');

/** `POST /api/pipelines`. The client makes the ids; the same request again finds the first one. */
export const pipelineCreateSchema = z.object({ id: idSchema, name: lineSchema(60), currency: currencySchema, stages: stagesSchema });
export type PipelineCreateRequest = z.infer<typeof pipelineCreateSchema>;

/** `PATCH /api/pipelines/:id`, with the `version` that was looked at. Stages are given whole, in their order; one that holds something open stays. */
export const pipelinePatchSchema = z.object({
  version: z.number().int().min(1),
  name: lineSchema(60).optional(),
  currency: currencySchema.optional(),
  stages: stagesSchema.optional(),
  isArchived: z.boolean().optional(),
});
export type PipelinePatch = z.infer<typeof pipelinePatchSchema>;

/** `POST /api/pipelines/order`: they stand in this order from now on; what is not named comes behind. */
export const pipelineOrderSchema = z.object({ ids: z.array(idSchema).max(PIPELINES_MAX) });

/** `GET · PUT /api/lost-reasons`: the whole list, in its order. What is left out stays with whatever was lost for it. */
export const lostReasonSchema = z.object({ id: idSchema, name: lineSchema(60) });
export type LostReason = z.infer<typeof lostReasonSchema>;
export const lostReasonsSchema = z.object({ items: z.array(lostReasonSchema).max(LOST_REASONS_MAX) });
export const lostReasonListSchema = z.object({ items: z.array(lostReasonSchema.extend({ isArchived: z.boolean() })), next: z.null() });
export type LostReasonList = z.infer<typeof lostReasonListSchema>;

export const opportunityStatusSchema = z.enum(['open', 'won', 'lost']);
export type OpportunityStatus = z.infer<typeof opportunityStatusSchema>;

export const opportunitySchema = z.object({
  id: idSchema,
  name: z.string(),
  contact: z.object({ id: idSchema, name: z.string().nullable() }),
  companyId: idSchema.nullable(),
  pipelineId: idSchema,
  stageId: idSchema,
  /** Its order in the column, the smallest first. */
  place: z.number(),
  /** In the currency's smallest unit. */
  amount: z.number(),
  currency: z.string(),
  expectedCloseOn: z.string().nullable(),
  /** In percent, its own or its stage's; `hasOwnProbability` says whose. */
  probability: z.number(),
  hasOwnProbability: z.boolean(),
  ownerId: idSchema.nullable(),
  status: opportunityStatusSchema,
  lostReasonId: idSchema.nullable(),
  lostNote: z.string().nullable(),
  note: z.string().nullable(),
  version: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
  closedAt: z.number().nullable(),
});
export type Opportunity = z.infer<typeof opportunitySchema>;

const content = {
  name: lineSchema(200),
  companyId: idSchema.nullable(),
  amount: worthSchema,
  currency: currencySchema,
  expectedCloseOn: dateSchema.nullable(),
  /** Null: its stage's. */
  probability: percentSchema.nullable(),
  ownerId: idSchema.nullable(),
  note: proseSchema(4_000).nullable(),
};

/** `POST /api/opportunities`. The client makes the id; the same request again finds the first one. It comes first in its column. */
export const opportunityCreateSchema = z.object({
  id: idSchema,
  contactId: idSchema,
  pipelineId: idSchema,
  /** The first of the pipeline, unless said. */
  stageId: idSchema.optional(),
  name: content.name,
  companyId: content.companyId.default(null),
  amount: content.amount.default(0),
  /** The pipeline's, unless said. */
  currency: content.currency.optional(),
  expectedCloseOn: content.expectedCloseOn.default(null),
  probability: content.probability.default(null),
  ownerId: content.ownerId.default(null),
  note: content.note.default(null),
});
export type OpportunityCreateRequest = z.infer<typeof opportunityCreateSchema>;

/** `PATCH /api/opportunities/:id`, with the `version` that was looked at: `stale` if somebody has saved another one since. */
export const opportunityPatchSchema = z
  .object({ ...content, contactId: idSchema })
  .partial()
  .extend({ version: z.number().int().min(1) });
export type OpportunityPatch = z.infer<typeof opportunityPatchSchema>;

/**
 * `POST /api/opportunities/:id/move`: out of the stage in which it was seen (`stale` where it is no longer there) into this one, right
 * behind `afterId`, or to the top. Also opens again what was closed.
 */
export const opportunityMoveSchema = z.object({
  from: z.object({ stageId: idSchema, status: opportunityStatusSchema }),
  stageId: idSchema,
  afterId: idSchema.nullable(),
});
export type OpportunityMove = z.infer<typeof opportunityMoveSchema>;

/** `POST /api/opportunities/:id/close`. */
export const opportunityCloseSchema = z.object({
  from: z.object({ stageId: idSchema, status: opportunityStatusSchema }),
  status: z.enum(['won', 'lost']),
  lostReasonId: idSchema.nullable().default(null),
  lostNote: proseSchema(1_000).nullable().default(null),
});
export type OpportunityClose = z.infer<typeof opportunityCloseSchema>;

const filters = {
  pipelineId: idSchema.optional(),
  contactId: idSchema.optional(),
  companyId: idSchema.optional(),
  /** An agent's id, `me` or `nobody`. */
  owner: z.union([z.enum(['me', 'nobody']), idSchema]).optional(),
  /** Expected to close before this day. */
  closingBefore: dateSchema.optional(),
  /** Words of its name, its customer's name and its notes. */
  q: z.string().trim().max(100).optional(),
};

/** `GET /api/opportunities`: the latest first; `place` is the order of one column, `close` of what is expected to close first. */
export const opportunityQuerySchema = z
  .object({
    ...filters,
    stageId: idSchema.optional(),
    status: opportunityStatusSchema.optional(),
    order: z.enum(['created', 'place', 'close']).default('created'),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(({ order, stageId }) => order !== 'place' || stageId !== undefined, { path: ['stageId'], message: 'is needed for this order' });
export type OpportunityQuery = z.infer<typeof opportunityQuerySchema>;

/** With `q`, where neither its name nor its customer's holds all of the words: the piece of a note in which they stand. */
export const foundOpportunitySchema = opportunitySchema.extend({ excerpt: foundExcerptSchema.optional() });
export type FoundOpportunity = z.infer<typeof foundOpportunitySchema>;
/** With `q`: what nobody ever wrote, and what was looked for instead. */
const correctionsSchema = z.array(z.object({ typed: z.string(), used: z.array(z.string()) })).optional();
export const opportunityPageSchema = z.object({
  items: z.array(foundOpportunitySchema),
  next: z.string().nullable(),
  corrections: correctionsSchema,
});
export type OpportunityPage = z.infer<typeof opportunityPageSchema>;

/** `GET /api/opportunities/board`: the columns of one pipeline, each with its first cards and with the sums of all of them. */
export const boardQuerySchema = z.object({ ...filters, pipelineId: idSchema, limit: z.coerce.number().int().min(1).max(100).default(30) });
export type BoardQuery = z.infer<typeof boardQuerySchema>;

const sumsSchema = z.array(z.object({ currency: z.string(), amount: z.number(), weighted: z.number() }));
const tallySchema = z.object({ count: z.number(), sums: sumsSchema });
export type ColumnTally = z.infer<typeof tallySchema>;
export const boardSchema = z.object({
  columns: z.array(tallySchema.extend({ stageId: idSchema, items: z.array(foundOpportunitySchema), next: z.string().nullable() })),
  won: tallySchema,
  lost: tallySchema,
  corrections: correctionsSchema,
});
export type Board = z.infer<typeof boardSchema>;
