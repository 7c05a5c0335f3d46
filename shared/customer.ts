import * as z from 'zod';
import { fieldValuesSchema } from './custom-fields.ts';
import { customerFilterSchema, writtenCustomerFilterSchema } from './customer-filter.ts';
import { idSchema } from './id.ts';
import { lifecycleNames } from './lifecycle.ts';

/** What the list of customers can be in the order of. */
const customerSorts = ['seen', 'created', 'name', 'value', 'purchased'] as const;
const customerSortSchema = z.enum(customerSorts);
export type CustomerSort = z.infer<typeof customerSortSchema>;
const directions = ['asc', 'desc'] as const;
const directionSchema = z.enum(directions);
export type Direction = z.infer<typeof directionSchema>;

const customerIdentitySchema = z.object({ kind: z.enum(['phone', 'email', 'external']), value: z.string(), isVerified: z.boolean() });

/** A customer as a row of the list. What the reader may not see is hidden (identities) or not there at all (custom fields, purchases). */
const customerSchema = z.object({
  id: idSchema,
  name: z.string().nullable(),
  company: z.string().nullable(),
  companyId: z.string().nullable(),
  lifecycle: z.enum(lifecycleNames),
  ownerId: z.string().nullable(),
  tags: z.array(z.string()),
  locale: z.string().nullable(),
  identities: z.array(customerIdentitySchema),
  /** Values are hidden. */
  isMasked: z.literal(true).optional(),
  /** What stands in custom fields, by their keys. */
  values: fieldValuesSchema,
  purchaseCount: z.number().optional(),
  /** Of what was paid in the business's currency, in its smallest unit. */
  purchaseTotal: z.number().optional(),
  /** What was paid in others: told beside it, and never added to it. */
  otherTotals: z.array(z.object({ currency: z.string(), total: z.number() })).optional(),
  lastPurchaseAt: z.number().nullable().optional(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
});
export type Customer = z.infer<typeof customerSchema>;

/** What is looked for: words, a filter, a segment; all that are given must hold. */
const searchFields = {
  q: z.string().trim().max(200).optional(),
  filter: writtenCustomerFilterSchema.optional(),
  segmentId: idSchema.optional(),
};

const cursorSchema = z.string().max(400).optional();

/** `GET /api/customers`. */
export const customerQuerySchema = z.object({
  ...searchFields,
  sort: customerSortSchema.default('seen'),
  direction: directionSchema.optional(),
  cursor: cursorSchema,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CustomerQuery = z.infer<typeof customerQuerySchema>;

/**
 * A page may hold fewer than asked for, or none, and still have a `next`: the server looks for so long and no longer, and goes on from
 * there. `isLooking` says so.
 */
export const customerPageSchema = z.object({
  items: z.array(customerSchema),
  next: z.string().nullable(),
  isLooking: z.boolean(),
  /** The business's, in which `purchaseTotal` is. */
  currency: z.string(),
});
export type CustomerPage = z.infer<typeof customerPageSchema>;

/** `GET /api/customers/count`: as many as were found in one look; with `next` there is more to look through. */
export const customerCountQuerySchema = z.object({ ...searchFields, cursor: cursorSchema });
export const customerCountSchema = z.object({ count: z.number(), next: z.string().nullable() });
export type CustomerCount = z.infer<typeof customerCountSchema>;

/** What to look for, in a body. */
export const customerSearchSchema = z.object({
  q: z.string().trim().max(200).optional(),
  filter: customerFilterSchema.optional(),
  segmentId: idSchema.optional(),
});
export type CustomerSearch = z.infer<typeof customerSearchSchema>;

/** Columns that every list can show; a custom field's is its id behind `field:`. */
export const plainColumns = [
  'name',
  'company',
  'phone',
  'email',
  'external',
  'lifecycle',
  'owner',
  'tags',
  'language',
  'value',
  'purchases',
  'purchased',
  'created',
  'seen',
] as const;
export type PlainColumn = (typeof plainColumns)[number];
export const customerColumnSchema = z.union([z.enum(plainColumns), z.templateLiteral(['field:', idSchema])]);
export type CustomerColumn = z.infer<typeof customerColumnSchema>;
export const firstColumns: readonly CustomerColumn[] = ['name', 'phone', 'email', 'lifecycle', 'owner', 'tags', 'value', 'seen'];

/** `GET` and `PUT /api/customers/layout`: how the agent who asks wants the list. */
export const customerLayoutSchema = z.object({
  columns: z.array(customerColumnSchema).min(1).max(60),
  sort: customerSortSchema,
  direction: directionSchema,
});
export type CustomerLayout = z.infer<typeof customerLayoutSchema>;

/** What a sort begins with: the newest, the largest; names from the beginning of the alphabet. */
export function usualDirection(sort: CustomerSort): Direction {
  return sort === 'name' ? 'asc' : 'desc';
}
