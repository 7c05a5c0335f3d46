import * as z from 'zod';
import { idSchema } from './id.ts';
import { amountSchema, currencySchema } from './money.ts';
import { opportunityStatusSchema } from './opportunity.ts';
import { prioritySchema } from './routing.ts';
import { taskKinds, taskStatuses } from './task.ts';
import { ticketStatuses } from './ticket-moves.ts';
import { whenSchema } from './when.ts';

/**
 * Conditions on what goes on with a customer: whether there is one opportunity, ticket or task of which everything holds that is said
 * here, all of it of the same one; with `is: false` whether there is none.
 */
function some<Value extends z.ZodType>(value: Value) {
  return z.array(value).min(1).max(50).optional();
}
/** `me` is whoever looks. */
const whoseSchema = z.union([idSchema, z.enum(['me', 'nobody'])]);

/** In the smallest unit of its currency; both ends belong to it. */
const worthRangeSchema = z.strictObject({ currency: currencySchema, from: amountSchema.optional(), to: amountSchema.optional() });

const opportunityConditionSchema = z.strictObject({
  on: z.literal('opportunity'),
  is: z.boolean(),
  pipelineIds: some(idSchema),
  stageIds: some(idSchema),
  statuses: some(opportunityStatusSchema),
  owners: some(whoseSchema),
  lostReasonIds: some(idSchema),
  amount: worthRangeSchema.optional(),
  /** Expected to close, in whole days of the business's clock; `never` is without a date. */
  closes: whenSchema.optional(),
  /** Won or lost. */
  closed: whenSchema.optional(),
});

const ticketConditionSchema = z.strictObject({
  on: z.literal('ticket'),
  is: z.boolean(),
  statuses: some(z.enum(ticketStatuses)),
  categoryIds: some(idSchema),
  priorities: some(prioritySchema),
  owners: some(whoseSchema),
  opened: whenSchema.optional(),
});

const taskConditionSchema = z.strictObject({
  on: z.literal('task'),
  is: z.boolean(),
  kinds: some(z.enum(taskKinds)),
  statuses: some(z.enum(taskStatuses)),
  owners: some(whoseSchema),
  priorities: some(prioritySchema),
  /** Open, and its time has passed. */
  isOverdue: z.boolean().optional(),
  /** `never` is some day. */
  due: whenSchema.optional(),
});

export const matterConditionSchema = z.union([opportunityConditionSchema, ticketConditionSchema, taskConditionSchema]);
export type MatterCondition = z.infer<typeof matterConditionSchema>;
export type MatterName = MatterCondition['on'];
export const matterNames = ['opportunity', 'ticket', 'task'] as const satisfies readonly MatterName[];

export function isMatter(condition: { on: string }): condition is MatterCondition {
  return (matterNames as readonly string[]).includes(condition.on);
}
