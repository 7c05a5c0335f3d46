import * as z from 'zod';
import { consentKinds } from './consent.ts';
import { idSchema } from './id.ts';
import { lifecycleNames } from './lifecycle.ts';
import { matterConditionSchema } from './matter-condition.ts';
import { currencySchema } from './money.ts';
import { lineSchema } from './text.ts';
import { whenSchema } from './when.ts';

/**
 * Which customers: groups of conditions, each group and the whole joined by "all" or by "any". A list is filtered by it, and a segment
 * is one with a name.
 */

/** Of one condition. */
export const FILTER_VALUES_MAX = 50;
const CONDITIONS_MAX = 15;
const GROUPS_MAX = 6;

const anyOrNone = z.enum(['any', 'none']);
/** Whether anything stands there at all. */
const presence = z.enum(['filled', 'empty']);

/** At least one of the two ends; both belong to it. */
const rangeFields = { from: z.number().min(-1e13).max(1e13).optional(), to: z.number().min(-1e13).max(1e13).optional() };

const amount = z.number().int().min(-1e13).max(1e13);
const wholeRange = { from: amount.optional(), to: amount.optional() };

const textOps = z.enum(['is', 'contains', 'starts']);
const textFields = { op: textOps, value: lineSchema(200) };

function oneOf<On extends string, Value extends z.ZodType>(on: On, value: Value) {
  return z.strictObject({ on: z.literal(on), op: anyOrNone, values: z.array(value).min(1).max(FILTER_VALUES_MAX) });
}

/** The moments that a customer file has. `conversed`: the last conversation; `ends`: the end of what was bought for a time. */
export const momentNames = ['created', 'seen', 'purchased', 'first-purchased', 'conversed', 'ends'] as const;
export type MomentName = (typeof momentNames)[number];

/** What can be open for a customer. */
export const openNames = ['task', 'ticket', 'opportunity', 'conversation'] as const;
export type OpenName = (typeof openNames)[number];

/** A custom field, by what its kind allows; one condition each, so that a field whose kind does not fit is refused by name. */
const fieldConditions = [
  z.strictObject({ on: z.literal('field'), fieldId: idSchema, presence }),
  z.strictObject({ on: z.literal('field'), fieldId: idSchema, text: z.strictObject(textFields) }),
  z.strictObject({ on: z.literal('field'), fieldId: idSchema, range: z.strictObject(rangeFields) }),
  z.strictObject({ on: z.literal('field'), fieldId: idSchema, when: whenSchema }),
  z.strictObject({
    on: z.literal('field'),
    fieldId: idSchema,
    choice: z.strictObject({ op: anyOrNone, values: z.array(idSchema).min(1).max(FILTER_VALUES_MAX) }),
  }),
  z.strictObject({ on: z.literal('field'), fieldId: idSchema, is: z.boolean() }),
] as const;
export type FieldCondition = z.infer<(typeof fieldConditions)[number]>;

const customerConditionSchema = z.union([
  oneOf('lifecycle', z.enum(lifecycleNames)),
  /** `me` is whoever looks, `nobody` a file without an owner. */
  oneOf('owner', z.union([idSchema, z.enum(['me', 'nobody'])])),
  z.strictObject({
    on: z.literal('tag'),
    op: z.enum(['any', 'all', 'none']),
    values: z.array(lineSchema(50)).min(1).max(FILTER_VALUES_MAX),
  }),
  z.strictObject({ on: z.literal('tag'), presence }),
  oneOf('company', idSchema),
  z.strictObject({ on: z.literal('company'), presence }),
  /** A language without its country. */
  oneOf('language', z.string().regex(/^[a-z]{2,3}$/)),
  /** Who has written in one of these inboxes. */
  oneOf('inbox', idSchema),
  oneOf('segment', idSchema),
  z.strictObject({ on: z.literal('name'), ...textFields }),
  z.strictObject({ on: z.literal('name'), presence }),
  z.strictObject({ on: z.enum(['email', 'phone', 'external']), ...textFields }),
  z.strictObject({ on: z.enum(['email', 'phone', 'external']), presence }),
  z.strictObject({ on: z.enum(['email', 'phone', 'external']), isVerified: z.boolean() }),
  /** By the last word on it. */
  z.strictObject({ on: z.literal('consent'), kind: z.enum(consentKinds), state: z.enum(['given', 'refused', 'unknown']) }),
  /** In the smallest unit of its currency: the business's, unless another one is named. */
  z.strictObject({ on: z.literal('value'), ...wholeRange, currency: currencySchema.optional() }),
  z.strictObject({ on: z.literal('purchases'), ...wholeRange }),
  z.strictObject({ on: z.enum(momentNames), when: whenSchema }),
  z.strictObject({ on: z.literal('open'), what: z.enum(openNames), is: z.boolean() }),
  matterConditionSchema,
  ...fieldConditions,
]);
export type CustomerCondition = z.infer<typeof customerConditionSchema>;

const match = z.enum(['all', 'any']);

export const customerFilterSchema = z
  .strictObject({
    match: match.default('all'),
    groups: z
      .array(z.strictObject({ match: match.default('all'), conditions: z.array(customerConditionSchema).min(1).max(CONDITIONS_MAX) }))
      .max(GROUPS_MAX)
      .default([]),
  })
  .describe('Groups of conditions on customers.');
export type CustomerFilter = z.infer<typeof customerFilterSchema>;

export const everyCustomer: CustomerFilter = { match: 'all', groups: [] };

/** A filter as it stands in an address. */
export const writtenCustomerFilterSchema = z
  .string()
  .max(12_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(customerFilterSchema);

export function conditionsOf({ groups }: CustomerFilter): CustomerCondition[] {
  return groups.flatMap(({ conditions }) => conditions);
}

/** Conditions without which nobody fits: any one of them may be looked up first. */
export function necessaryConditions({ match: joined, groups }: CustomerFilter): CustomerCondition[] {
  if (joined === 'any' && groups.length > 1) return [];
  return groups.flatMap(({ match: inGroup, conditions }) => (inGroup === 'all' || conditions.length === 1 ? conditions : []));
}
