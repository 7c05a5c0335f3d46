import * as z from 'zod';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';

export const documentEntities = ['contact', 'ticket', 'opportunity'] as const;
export type DocumentEntity = (typeof documentEntities)[number];

/** Whether an antivirus has looked at a file: `waiting` ones cannot be opened yet, `infected` ones never. */
export const scanStates = ['unscanned', 'waiting', 'clean', 'infected'] as const;
export type ScanState = (typeof scanStates)[number];

/** A file that is kept with a person, a ticket or an opportunity. */
export const fileDocumentSchema = z.object({
  id: idSchema,
  entity: z.enum(documentEntities),
  entityId: idSchema,
  contactId: idSchema.nullable(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** Null for who may not see what files say, and for what was not looked at or is no good. */
  url: z.string().nullable(),
  scan: z.enum(scanStates),
  /** Who put it there; null: it came with a mail. */
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The mail that it came with. */
  activityId: z.string().nullable(),
  createdAt: z.number(),
});
export type FileDocument = z.infer<typeof fileDocumentSchema>;

/** `POST /api/documents`: `fileId` is an upload of one's own. `id` is made by the client: a repeated request finds the first one. */
export const documentCreateSchema = z.object({
  id: idSchema,
  entity: z.enum(documentEntities),
  entityId: idSchema,
  fileId: idSchema,
});
export type DocumentCreateRequest = z.infer<typeof documentCreateSchema>;

export const documentPatchSchema = z.object({ name: lineSchema(160) });
export type DocumentPatch = z.infer<typeof documentPatchSchema>;

/** `GET /api/documents`: of one person with all that is theirs, or of one ticket or opportunity. Newest first. */
export const documentQuerySchema = z
  .object({
    contactId: idSchema.optional(),
    entity: z.enum(documentEntities).optional(),
    entityId: idSchema.optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(({ contactId, entityId }) => (contactId === undefined) !== (entityId === undefined), {
    path: ['contactId'],
    message: 'either contactId, or entity and entityId',
  })
  .refine(({ entity, entityId }) => (entity === undefined) === (entityId === undefined), {
    path: ['entity'],
    message: 'belongs to an entityId',
  });
export type DocumentQuery = z.infer<typeof documentQuerySchema>;

export const documentPageSchema = z.object({ items: z.array(fileDocumentSchema), next: z.string().nullable() });
export type DocumentPage = z.infer<typeof documentPageSchema>;
