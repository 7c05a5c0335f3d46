import * as z from 'zod';
import { emailSchema } from './contact.ts';
import { idSchema } from './id.ts';
import { amountSchema, currencySchema } from './money.ts';
import { lineSchema, proseSchema } from './text.ts';

/** Only what is paid counts as bought. */
export const purchaseStatuses = ['pending', 'paid', 'refunded', 'cancelled'] as const;
export const purchaseStatusSchema = z.enum(purchaseStatuses);
export type PurchaseStatus = z.infer<typeof purchaseStatusSchema>;
export const purchaseSources = ['hand', 'import', 'api', 'opportunity'] as const;
export type PurchaseSource = (typeof purchaseSources)[number];

const momentSchema = z.number().int().min(0).max(8_640_000_000_000_000);
const askedMomentSchema = z.coerce.number().pipe(momentSchema);
/** What the shop calls it. */
export const externalIdSchema = lineSchema(100);
/** A decimal of at most three digits behind the point, so that half kilos and hours are exact. */
export const quantitySchema = z
  .string()
  .trim()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity like 1 or 2.5');
const LINES_MAX = 200;

/** Packages and subscriptions run from `startsAt` to `endsAt`; for anything else both are null. */
export const purchaseLineSchema = z.object({
  id: idSchema,
  product: z.string(),
  sku: z.string().nullable(),
  quantity: z.string(),
  unitPrice: z.number(),
  total: z.number(),
  startsAt: z.number().nullable(),
  endsAt: z.number().nullable(),
});

export const purchaseSchema = z.object({
  id: idSchema,
  contact: z.object({ id: idSchema, name: z.string().nullable() }),
  companyId: idSchema.nullable(),
  externalId: z.string().nullable(),
  number: z.string().nullable(),
  status: purchaseStatusSchema,
  currency: z.string(),
  /** In the currency's smallest unit, as every amount here. */
  total: z.number(),
  at: z.number(),
  note: z.string().nullable(),
  source: z.enum(purchaseSources),
  opportunityId: idSchema.nullable(),
  lines: z.array(purchaseLineSchema),
  version: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Purchase = z.infer<typeof purchaseSchema>;

/** Without a `total` it is price times quantity, rounded to the smallest unit; with one, what was agreed. */
export const purchaseLineDraftSchema = z
  .object({
    product: lineSchema(200),
    sku: lineSchema(100).nullable().default(null),
    quantity: quantitySchema.default('1'),
    unitPrice: amountSchema,
    total: amountSchema.optional(),
    startsAt: momentSchema.nullable().default(null),
    endsAt: momentSchema.nullable().default(null),
  })
  .refine(({ startsAt, endsAt }) => startsAt === null || endsAt === null || startsAt <= endsAt, {
    path: ['endsAt'],
    message: 'must not be before it starts',
  });
export type PurchaseLineDraft = z.infer<typeof purchaseLineDraftSchema>;

/** Who bought, for a program that knows no file of ours: verified identities first, then what one file alone claims. */
export const buyerSchema = z
  .object({
    externalId: lineSchema(200).optional(),
    email: emailSchema.optional(),
    phone: lineSchema(40).optional(),
    name: lineSchema(120).optional(),
  })
  .refine(({ externalId, email, phone }) => [externalId, email, phone].some((one) => one !== undefined), {
    message: 'must have an external id, an e-mail or a phone',
  });
export type Buyer = z.infer<typeof buyerSchema>;

const content = {
  companyId: idSchema.nullable().default(null),
  number: lineSchema(100).nullable().default(null),
  status: purchaseStatusSchema.default('paid'),
  currency: currencySchema,
  /** Needed where there are no lines; otherwise their sum. */
  total: amountSchema.optional(),
  at: momentSchema,
  note: proseSchema(4_000).nullable().default(null),
  lines: z.array(purchaseLineDraftSchema).max(LINES_MAX).default([]),
};
const whose = {
  contactId: idSchema.optional(),
  person: buyerSchema.optional(),
  /** Opens a customer file for a person that none is found of. */
  opensFile: z.boolean().default(false),
};

/** `POST /api/purchases`. The client makes the id; the same request again finds the first one. */
export const purchaseCreateSchema = z.object({
  id: idSchema,
  externalId: externalIdSchema.nullable().default(null),
  opportunityId: idSchema.nullable().default(null),
  ...whose,
  ...content,
});
export type PurchaseCreateRequest = z.infer<typeof purchaseCreateSchema>;

/** `PUT /api/purchases/external/:externalId`: there is one with this content afterwards, however often it is sent. */
export const purchaseUpsertSchema = z.object({ ...whose, ...content });
export type PurchaseUpsertRequest = z.infer<typeof purchaseUpsertSchema>;

/** `PATCH /api/purchases/:id`, with the `version` that was looked at: `stale` if somebody has saved another one since. Lines are given whole. */
export const purchasePatchSchema = z.object({
  version: z.number().int().min(1),
  companyId: idSchema.nullable().optional(),
  externalId: externalIdSchema.nullable().optional(),
  number: lineSchema(100).nullable().optional(),
  status: purchaseStatusSchema.optional(),
  currency: currencySchema.optional(),
  total: amountSchema.optional(),
  at: momentSchema.optional(),
  note: proseSchema(4_000).nullable().optional(),
  lines: z.array(purchaseLineDraftSchema).max(LINES_MAX).optional(),
});
export type PurchasePatch = z.infer<typeof purchasePatchSchema>;

/** `GET /api/purchases`, latest first. `from` is included, `to` is not. */
export const purchaseQuerySchema = z.object({
  contactId: idSchema.optional(),
  companyId: idSchema.optional(),
  opportunityId: idSchema.optional(),
  externalId: externalIdSchema.optional(),
  status: purchaseStatusSchema.optional(),
  currency: currencySchema.optional(),
  from: askedMomentSchema.optional(),
  to: askedMomentSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PurchaseQuery = z.infer<typeof purchaseQuerySchema>;

export const purchasePageSchema = z.object({ items: z.array(purchaseSchema), next: z.string().nullable() });
export type PurchasePage = z.infer<typeof purchasePageSchema>;

/**
 * `GET /api/renewals`: what runs and ends, of paid purchases, the first to end first. Looked for by an owner or without what was renewed, a
 * page may hold few and still have a next one.
 */
export const renewalQuerySchema = z.object({
  contactId: idSchema.optional(),
  /** Of the customer: an agent's id, `me` or `nobody`. */
  owner: z.union([z.enum(['me', 'nobody']), idSchema]).optional(),
  /** Whether the same customer has the same product for longer already. */
  renewed: z.enum(['true', 'false']).optional(),
  from: askedMomentSchema.optional(),
  to: askedMomentSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RenewalQuery = z.infer<typeof renewalQuerySchema>;
export const renewalSchema = z.object({
  /** Of the line. */
  id: idSchema,
  purchaseId: idSchema,
  contact: z.object({ id: idSchema, name: z.string().nullable(), ownerId: idSchema.nullable() }),
  product: z.string(),
  total: z.number(),
  currency: z.string(),
  endsAt: z.number(),
  /** Until when the same customer has the same product after this one; null: not renewed. */
  renewedUntil: z.number().nullable(),
});
export type Renewal = z.infer<typeof renewalSchema>;
export const renewalPageSchema = z.object({ items: z.array(renewalSchema), next: z.string().nullable() });
export type RenewalPage = z.infer<typeof renewalPageSchema>;

/** `GET /api/contacts/:id/value`: of paid purchases. `total` and what is reckoned from it are of purchases in the business's currency. */
export const customerValueSchema = z.object({
  currency: z.string(),
  total: z.number(),
  count: z.number(),
  byCurrency: z.array(z.object({ currency: z.string(), total: z.number(), count: z.number() })),
  average: z.number().nullable(),
  /** From one purchase to the next, on average; null before the second. */
  everyDays: z.number().nullable(),
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  /** Of the latest 24 in which something was bought, the earliest first. `from` and `to` are the month's bounds by the business's clock. */
  months: z.array(z.object({ month: z.string(), from: z.number(), to: z.number(), total: z.number(), count: z.number() })),
});
export type CustomerValue = z.infer<typeof customerValueSchema>;

/** `GET · PUT /api/customer-rules`: by what purchases turn leads into customers, and customers into lapsed ones. */
export const customerRulesSchema = z.object({
  /** In which values are added up. */
  currency: currencySchema,
  /** Since the last purchase, or the end of what ran last; null: nobody lapses. */
  lapseAfterDays: z.number().int().min(1).max(3_650).nullable(),
  /** The first purchase makes a lead a customer; otherwise only people do. */
  isLeadUntilPurchase: z.boolean(),
});
export type CustomerRules = z.infer<typeof customerRulesSchema>;

/** As a number of thousandths, as it is stored. */
export function toThousandths(quantity: string): number {
  const [whole = '0', fraction = ''] = quantity.split('.');
  return Number(whole) * 1_000 + Number(fraction.padEnd(3, '0'));
}

export function formatQuantity(thousandths: number): string {
  const fraction = String(thousandths % 1_000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${Math.floor(thousandths / 1_000)}${fraction && `.${fraction}`}`;
}

/** Price times quantity, to the nearest smallest unit; halves away from zero. Reckoned in whole numbers. */
export function lineTotal(unitPrice: number, thousandths: number): number {
  const product = BigInt(unitPrice) * BigInt(thousandths);
  const size = product < 0n ? -product : product;
  const rounded = (size + 500n) / 1_000n;
  return Number(product < 0n ? -rounded : rounded);
}
