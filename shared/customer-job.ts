import * as z from 'zod';
import { fieldValueSchema } from './custom-fields.ts';
import { customerSearchSchema } from './customer.ts';
import { idSchema } from './id.ts';
import { lifecycleNames } from './lifecycle.ts';
import { lineSchema } from './text.ts';

/** One thing that is done to many customers. Null takes away. */
const customerChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('owner'), ownerId: idSchema.nullable() }),
  z.strictObject({
    kind: z.literal('tags'),
    add: z.array(lineSchema(50)).max(20).default([]),
    remove: z.array(lineSchema(50)).max(20).default([]),
  }),
  /** Null: as the rule on purchases has it. */
  z.strictObject({ kind: z.literal('lifecycle'), lifecycle: z.enum(lifecycleNames).nullable() }),
  z.strictObject({ kind: z.literal('company'), companyId: idSchema.nullable() }),
  z.strictObject({ kind: z.literal('field'), key: z.string().min(1).max(60), value: fieldValueSchema.nullable() }),
]);
export type CustomerChange = z.infer<typeof customerChangeSchema>;

/** `POST /api/customers/changes`: to these, or to everybody who is found. Repeated with its id, it is found as it stands. */
export const bulkChangeSchema = z
  .object({
    id: idSchema,
    change: customerChangeSchema,
    contactIds: z.array(idSchema).min(1).max(1_000).optional(),
    search: customerSearchSchema.optional(),
  })
  .refine(({ contactIds, search }) => (contactIds === undefined) !== (search === undefined), 'either contactIds or search');
export type BulkChangeRequest = z.infer<typeof bulkChangeSchema>;

/** `cancelled`: a change that was stopped on the way, and holds where it was made; an import that is stopped is taken back. */
const jobStatuses = ['draft', 'running', 'done', 'cancelled', 'undoing', 'undone', 'failed'] as const;
export type JobStatus = (typeof jobStatuses)[number];
/** `read` takes in a file, `find` gathers whom a change is about, `check` judges an import's rows, `write` does it, `undo` takes it back. */
const jobStages = ['read', 'find', 'check', 'write', 'undo'] as const;
export type JobStage = (typeof jobStages)[number];

/** How far work on many customers has come. */
export const customerJobSchema = z.object({
  id: idSchema,
  /** `import` of customers, `purchases` from a file of them. */
  kind: z.enum(['change', 'import', 'purchases']),
  status: z.enum(jobStatuses),
  stage: z.enum(jobStages),
  /** Of the present stage; 0 where it is not known yet. */
  total: z.number(),
  done: z.number(),
  /** Files, or purchases, that were changed and made, and what was refused. */
  changed: z.number(),
  added: z.number(),
  refused: z.number(),
  /** Whether it can still be taken back. */
  canUndo: z.boolean(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
});
export type CustomerJob = z.infer<typeof customerJobSchema>;
export const customerJobListSchema = z.object({ items: z.array(customerJobSchema), next: z.null() });
