import * as z from 'zod';

export const importFormats = ['csv', 'json'] as const;
export type ImportFormat = (typeof importFormats)[number];

/**
 * `add`: answers that are here already stay as they are. `update`: they become what the file says. `replace`: as well, and what the file does
 * not hold goes. Which answer a row means is said by its id; without one, by its title question.
 */
export const importModes = ['add', 'update', 'replace'] as const;
export type ImportMode = (typeof importModes)[number];

/** Characters of a file. */
export const IMPORT_TEXT_MAX = 8_000_000;
export const ANSWERS_MAX = 5_000;

/** `GET /api/answers/export`. */
export const answerExportSchema = z.object({ format: z.enum(importFormats).default('csv') });

/** `POST /api/answers/import`. Whole or not at all, unless `skipsRefused` lets in the rows that are right. */
export const answerImportSchema = z.object({
  format: z.enum(importFormats),
  text: z.string().min(1).max(IMPORT_TEXT_MAX),
  mode: z.enum(importModes).default('update'),
  /** Only says what would be done. */
  isDryRun: z.boolean().default(false),
  skipsRefused: z.boolean().default(false),
});
export type AnswerImportRequest = z.input<typeof answerImportSchema>;
export type AnswerImport = z.output<typeof answerImportSchema>;

/** Why a row is refused, for whoever says it in another language; `wrong` is whatever is none of the others. */
const importRefusals = [
  'unclosed',
  'unreadable',
  'too-wide',
  'no-answer',
  'twice',
  'no-inbox',
  'blank',
  'no-question',
  'no-text',
  'no-moment',
  'no-switch',
  'no-time',
  'ends-first',
  'too-long',
  'too-many',
  'wrong',
] as const;

export const refusedRowSchema = z.object({
  /** Where it begins in a CSV file, the heading being line 1; in JSON the number of the answer, from 1. */
  line: z.number(),
  /** The column, or the path in an answer; null where it is about the whole row. */
  field: z.string().nullable(),
  reason: z.enum(importRefusals),
  /** The other line (`twice`), the most there may be (`too-long`, `too-many`), what is to be filled in (`blank`). */
  about: z.union([z.string(), z.number()]).optional(),
  sentence: z.string(),
});
export type RefusedRow = z.infer<typeof refusedRowSchema>;

export const answerImportReportSchema = z.object({
  /** False for a dry run, and where refused rows kept everything out. */
  isWritten: z.boolean(),
  added: z.number(),
  changed: z.number(),
  /** Here already, and as they were. */
  unchanged: z.number(),
  removed: z.number(),
  /** The first of them. */
  refused: z.array(refusedRowSchema),
  refusedCount: z.number(),
  /** Columns that nothing was read from. */
  ignoredColumns: z.array(z.string()),
});
export type AnswerImportReport = z.infer<typeof answerImportReportSchema>;
