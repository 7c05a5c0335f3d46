import * as z from 'zod';
import { customerJobSchema } from './customer-job.ts';
import { idSchema } from './id.ts';

/** Bytes of a file of customers. */
export const IMPORT_BYTES_MAX = 64 * 1024 * 1024;
export const IMPORT_ROWS_MAX = 500_000;
export const IMPORT_COLUMNS_MAX = 200;

/** What a column of a file can be read as; a custom field's is its key behind `field:`. */
export const plainTargets = [
  'name',
  'first-name',
  'last-name',
  'company',
  'phone',
  'email',
  'external',
  'lifecycle',
  'owner',
  'tags',
  'language',
] as const;
export type PlainTarget = (typeof plainTargets)[number];
const importTargetSchema = z.union([z.enum(plainTargets), z.templateLiteral(['field:', z.string().min(1).max(60)])]);
export type ImportTarget = z.infer<typeof importTargetSchema>;

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1255'] as const;
export type FileEncoding = (typeof encodings)[number];

/** `POST /api/customer-imports?id=…&name=…`: the file is the body, as it is. Encoding and separator are found out. */
export const importUploadSchema = z.object({ id: idSchema, name: z.string().max(200).default('') });

/** By what a row is recognised as somebody who is here already, and what becomes of that one then. */
export const matchKeys = ['external', 'email', 'phone'] as const;
const matchKeySchema = z.enum(matchKeys);
export const importModes = ['update', 'skip', 'add'] as const;
const importModeSchema = z.enum(importModes);

/** `POST /api/customer-imports/:id/check`: judges every row and writes nothing. `mapping` has an entry for each column. */
export const importPlanSchema = z.object({
  mapping: z.array(importTargetSchema.nullable()).max(IMPORT_COLUMNS_MAX),
  matchBy: z
    .array(matchKeySchema)
    .max(3)
    .default([...matchKeys]),
  /** `add` makes a new file of every row, whoever is here already. */
  mode: importModeSchema.default('update'),
  /** Put on everybody of the file. */
  tag: z.string().trim().max(50).nullable().default(null),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;

/** Why a row is refused, or left alone. */
export const rowReasons = [
  'nobody',
  'email',
  'phone',
  'external',
  'name',
  'company',
  'lifecycle',
  'owner',
  'tags',
  'language',
  'field',
  'columns',
  'several',
  'taken',
  'gone',
] as const;
export type RowReason = (typeof rowReasons)[number];

const rowOutcomes = ['add', 'update', 'same', 'skip', 'refused', 'added', 'updated', 'kept', 'undone', 'erased'] as const;

const importRowSchema = z.object({
  /** In the file, the heading being line 1. */
  line: z.number(),
  cells: z.array(z.string()),
  outcome: z.enum(rowOutcomes).nullable(),
  /** `field:<key>` where a custom field is meant. */
  reason: z.string().nullable(),
  contactId: z.string().nullable(),
});
export type ImportRow = z.infer<typeof importRowSchema>;

/** `GET /api/customer-imports/:id/rows`. */
export const importRowQuerySchema = z.object({
  outcome: z.enum(rowOutcomes).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ImportRowQuery = z.infer<typeof importRowQuerySchema>;
export const importRowListSchema = z.object({ items: z.array(importRowSchema), next: z.string().nullable() });

export const customerImportSchema = z.object({
  job: customerJobSchema,
  name: z.string(),
  encoding: z.enum(encodings),
  separator: z.string(),
  /** Headings of the columns, and what stands in the first rows of each. */
  columns: z.array(z.object({ heading: z.string(), samples: z.array(z.string()) })),
  rows: z.number(),
  /** As it was chosen, or guessed from the headings. */
  plan: importPlanSchema,
  /** What a check has found: rows by what would become of them, or has; and why rows are refused. */
  outcomes: z.partialRecord(z.enum(rowOutcomes), z.number()),
  reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
});
export type CustomerImport = z.infer<typeof customerImportSchema>;
