import * as z from 'zod';
import { idSchema } from './id.ts';
import { purchaseLineSchema, purchaseSources } from './purchase.ts';

export const purchaseChangeFields = [
  'status',
  'number',
  'externalId',
  'contactId',
  'companyId',
  'currency',
  'total',
  'at',
  'endsAt',
  'note',
  'lines',
] as const;
export type PurchaseChangeField = (typeof purchaseChangeFields)[number];

const saidLineSchema = purchaseLineSchema.omit({ id: true });
export type SaidLine = z.infer<typeof saidLineSchema>;
/** As the field of a purchase holds it; `lines` whole. */
const saidSchema = z.union([z.string(), z.number(), z.array(saidLineSchema)]).nullable();
export type Said = z.infer<typeof saidSchema>;

/**
 * `GET /api/purchases/:id/changes`: who did what to a purchase when, newest first, and how it came to be. Of one that was deleted it can
 * still be read. What an erased person had bought, and what was noted of it, is null: on both sides, unless one of them is another person's.
 */
export const purchaseChangeSchema = z.object({
  id: idSchema,
  at: z.number(),
  agent: z.object({ id: idSchema, name: z.string() }).nullable(),
  source: z.enum(purchaseSources),
  kind: z.enum(['created', 'changed', 'removed']),
  /** Of the amounts that stand there afterwards; those before were in that of the change of `currency`, if there is one. Where it was made: today's. */
  currency: z.string(),
  /** None where it was made; all that stood in it where it was deleted. */
  changes: z.array(
    z.object({
      field: z.enum(purchaseChangeFields),
      before: saidSchema,
      after: saidSchema,
      /** What the customer or the company is called today. */
      beforeName: z.string().nullable(),
      afterName: z.string().nullable(),
    }),
  ),
});
export type PurchaseChange = z.infer<typeof purchaseChangeSchema>;
export const purchaseChangePageSchema = z.object({ items: z.array(purchaseChangeSchema), next: z.string().nullable() });
export type PurchaseChangePage = z.infer<typeof purchaseChangePageSchema>;
export const purchaseChangeQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PurchaseChangeQuery = z.infer<typeof purchaseChangeQuerySchema>;
