import * as z from 'zod';
import { customerJobSchema } from './customer-job.ts';
import { idSchema } from './id.ts';
import { currencySchema } from './money.ts';

/** Of one request; a file of more, up to 500,000, is taken in by `POST /api/purchase-imports`. */
export const PURCHASE_ROWS_MAX = 20_000;
/** As many characters as a file of them may have. */
export const PURCHASE_FILE_MAX = 8_000_000;

/** `POST /api/purchases/import`. All of it is written or nothing; with `isDryRun` only the report is made. */
export const purchaseImportSchema = z.object({
  format: z.enum(['csv', 'json']),
  text: z.string().min(1).max(PURCHASE_FILE_MAX),
  isDryRun: z.boolean(),
  /** Of rows that name none. */
  currency: currencySchema,
  opensFiles: z.boolean().default(false),
  /** Writes those that are right where others are not; otherwise one wrong row keeps all of them out. */
  skipsRefused: z.boolean().default(false),
});
export type PurchaseImportRequest = z.infer<typeof purchaseImportSchema>;

/** Why a row is refused. `values` of the reply holds what the words of each need: `text`, `currency`, `sum`, `line` or `most`. */
export const purchaseRefusalCodes = [
  'quotation',
  'letters',
  'date-missing',
  'amount-missing',
  'price-missing',
  'date',
  'amount',
  'amount-too-large',
  'currency',
  'status',
  'quantity',
  'ends-before-start',
  'lines-sum',
  'email',
  'phone',
  'too-long',
  'field',
  'buyer-missing',
  'buyer-unknown',
  'buyer-several',
  'file-unknown',
  'repeated',
  'other-row',
] as const;
export type PurchaseRefusalCode = (typeof purchaseRefusalCodes)[number];

/** Of all that are counted. */
export const REFUSED_SHOWN = 1_000;
export const purchaseReportSchema = z.object({
  rows: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  opened: z.number(),
  refusedCount: z.number(),
  /** The first thousand. */
  refused: z.array(
    z.object({
      line: z.number(),
      column: z.string().nullable(),
      code: z.enum(purchaseRefusalCodes),
      values: z.record(z.string(), z.string()),
      /** The same in English. */
      sentence: z.string(),
      cells: z.array(z.string()),
    }),
  ),
  headings: z.array(z.string()),
  ignoredColumns: z.array(z.string()),
  /** False for a dry run, and where refused rows kept all of it out. */
  isWritten: z.boolean(),
});
export type PurchaseReport = z.infer<typeof purchaseReportSchema>;

/** `POST /api/purchase-imports?id=…&name=…&format=…`: the file is the body, as it is. Of a table encoding and separator are found out. */
export const purchaseUploadSchema = z.object({
  id: idSchema,
  name: z.string().max(200).default(''),
  format: z.enum(['csv', 'json']).default('csv'),
});

/** `POST /api/purchase-imports/:id/check`: judges every row and writes nothing. */
export const purchasePlanSchema = z.object({
  /** Of rows that name none. */
  currency: currencySchema,
  opensFiles: z.boolean().default(false),
});
export type PurchasePlan = z.infer<typeof purchasePlanSchema>;

/** `POST /api/purchase-imports/:id/run`. */
export const purchaseRunSchema = z.object({
  /** Writes those that are right where others are not; otherwise it is not begun, and one that turns out wrong on the way takes all of it back. */
  skipsRefused: z.boolean().default(false),
});

const orderOutcomes = ['add', 'update', 'same', 'refused', 'added', 'updated', 'kept', 'undone', 'erased'] as const;

const purchaseFileRowSchema = z.object({
  /** In a table its line, the headings being the first; in a list its place. */
  line: z.number(),
  cells: z.array(z.string()),
  /** Of an order its first row has one; where it is refused, each. */
  outcome: z.enum(orderOutcomes).nullable(),
  code: z.enum(purchaseRefusalCodes).nullable(),
  column: z.string().nullable(),
  values: z.record(z.string(), z.string()),
  /** The code in English. */
  sentence: z.string().nullable(),
  contactId: idSchema.nullable(),
});
export type PurchaseFileRow = z.infer<typeof purchaseFileRowSchema>;
export const purchaseFileRowPageSchema = z.object({ items: z.array(purchaseFileRowSchema), next: z.string().nullable() });
/** `GET /api/purchase-imports/:id/rows`. */
export const purchaseFileRowQuerySchema = z.object({
  outcome: z.enum(orderOutcomes).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type PurchaseFileRowQuery = z.infer<typeof purchaseFileRowQuerySchema>;

export const purchaseFileSchema = z.object({
  job: customerJobSchema,
  name: z.string(),
  format: z.enum(['csv', 'json']),
  headings: z.array(z.string()),
  ignoredColumns: z.array(z.string()),
  rows: z.number(),
  plan: purchasePlanSchema,
  /** Customer files that would be opened, or were. */
  opened: z.number(),
  /** What a check has found, or what has become of it: orders, and of `refused` rows. */
  outcomes: z.partialRecord(z.enum(orderOutcomes), z.number()),
  refusals: z.array(z.object({ code: z.enum(purchaseRefusalCodes), count: z.number() })),
});
export type PurchaseFile = z.infer<typeof purchaseFileSchema>;
export const purchaseFileListSchema = z.object({ items: z.array(purchaseFileSchema), next: z.null() });
