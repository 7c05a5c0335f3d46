import * as z from 'zod';
import { currencySchema } from './money.ts';

/** More come in several files. */
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
