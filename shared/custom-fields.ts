import * as z from 'zod';
import { idSchema } from './id.ts';
import { currencySchema } from './money.ts';
import { roleIdSchema } from './role-id.ts';
import { lineSchema } from './text.ts';

export const fieldKinds = ['text', 'number', 'date', 'choice', 'yes-no', 'money', 'link'] as const;
export type FieldKind = (typeof fieldKinds)[number];
/** What can have fields of its own. */
export const fieldEntities = ['contact', 'company', 'ticket', 'opportunity'] as const;
export type FieldEntity = (typeof fieldEntities)[number];

/** `id` stays when the label is changed: it is what files hold. `isArchived`: no longer offered, and still read where it stands. */
export const fieldChoiceSchema = z.object({ id: idSchema, label: lineSchema(60), isArchived: z.boolean().optional() });
export type FieldChoice = z.infer<typeof fieldChoiceSchema>;

/**
 * What stands in a field, by its kind: text and link a string, number a number, date `YYYY-MM-DD`, choice the id of one,
 * yes-no a boolean, money an amount in the smallest unit of the field's currency.
 */
export const fieldValueSchema = z.union([z.string().max(4_000), z.number(), z.boolean()]);
export type FieldValue = z.infer<typeof fieldValueSchema>;
/** By the field's `key`. A field that the reader may not see is not there at all. */
export const fieldValuesSchema = z.record(z.string(), fieldValueSchema);
export type FieldValues = z.infer<typeof fieldValuesSchema>;
/** Null empties. */
export const fieldPatchSchema = z.record(z.string().min(1).max(60), fieldValueSchema.nullable());
export type FieldPatch = z.infer<typeof fieldPatchSchema>;

/** A field that administrators made. `key` is its name for programs and imports, and stays. */
export const customFieldSchema = z.object({
  id: idSchema,
  entity: z.enum(fieldEntities),
  key: z.string(),
  name: z.string(),
  kind: z.enum(fieldKinds),
  /** Of a choice, in their order. */
  choices: z.array(fieldChoiceSchema),
  /** Of money. */
  currency: z.string().nullable(),
  /** The roles that may see it, and those that may change it; null: all that may see or change the rest. Administrators always may. */
  viewRoles: z.array(roleIdSchema).nullable(),
  editRoles: z.array(roleIdSchema).nullable(),
  /** Whether the caller may change what stands in it. */
  mayEdit: z.boolean(),
  archivedAt: z.number().nullable(),
  /** What `PATCH` wants to hear as `expectedUpdatedAt`. */
  updatedAt: z.number(),
});
export type CustomField = z.infer<typeof customFieldSchema>;

export const customFieldCreateSchema = z.object({
  id: idSchema,
  entity: z.enum(fieldEntities),
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be small letters, digits and underscores, beginning with a letter'),
  name: lineSchema(60),
  kind: z.enum(fieldKinds),
  choices: z.array(fieldChoiceSchema).max(200).default([]),
  currency: currencySchema.nullable().default(null),
  viewRoles: z.array(roleIdSchema).max(100).nullable().default(null),
  editRoles: z.array(roleIdSchema).max(100).nullable().default(null),
});
export type CustomFieldCreateRequest = z.infer<typeof customFieldCreateSchema>;

/** `kind`, `key` and the currency stay as they are: files hold values of them. A choice left out is archived where a file holds it. */
export const customFieldPatchSchema = z.object({
  name: lineSchema(60).optional(),
  choices: z.array(fieldChoiceSchema).max(200).optional(),
  viewRoles: z.array(roleIdSchema).max(100).nullable().optional(),
  editRoles: z.array(roleIdSchema).max(100).nullable().optional(),
  isArchived: z.boolean().optional(),
  /** `conflict` if somebody has changed it since. */
  expectedUpdatedAt: z.number().int().min(0).max(8_640_000_000_000_000).optional(),
});
export type CustomFieldPatch = z.infer<typeof customFieldPatchSchema>;

/** Those named come first, in this order. */
export const fieldOrderSchema = z.object({ entity: z.enum(fieldEntities), ids: z.array(idSchema).max(500) });

/** `include=all`: also archived ones and those that the caller's role may not see, for who manages them. */
export const fieldQuerySchema = z.object({ entity: z.enum(fieldEntities).optional(), include: z.literal('all').optional() });
export type FieldQuery = z.infer<typeof fieldQuerySchema>;
