import * as z from 'zod';
import { ATTACHMENTS_MAX } from './attachment.ts';
import { attachmentSchema } from './attachment-schema.ts';
import { byLanguageSchema, isSaid, saidByLanguageSchema } from './by-language.ts';
import { idSchema } from './id.ts';
import { MESSAGE_TEXT_MAX } from './limits.ts';
import { reachedSchema, reachFields } from './reach.ts';
import { lineSchema } from './text.ts';

/** A reply that is kept for the next time. Its texts may hold variables (canned-text.ts). */
export const cannedResponseSchema = z.object({
  ...reachedSchema.shape,
  id: z.string(),
  /** What is typed behind a slash. */
  shortcut: z.string(),
  title: z.string(),
  texts: saidByLanguageSchema,
  /** Each sending makes copies of them. */
  files: z.array(attachmentSchema),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type CannedResponse = z.infer<typeof cannedResponseSchema>;

export const SHORTCUT_MAX = 40;

/** Letters, digits, dashes, dots and underscores of any script; a slash before them is taken off. */
const shortcutSchema = z
  .string()
  .max(SHORTCUT_MAX + 10)
  .transform((typed) => typed.normalize('NFKC').trim().replace(/^\/+/, ''))
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]{0,39}$/u, 'must be a word of letters, digits, dots, dashes and underscores'));

const textsSchema = byLanguageSchema(MESSAGE_TEXT_MAX).refine(isSaid, 'must say something in at least one language');

const fileIdsSchema = z
  .array(idSchema)
  .max(ATTACHMENTS_MAX)
  .refine((ids) => new Set(ids).size === ids.length, 'names a file twice');

export const cannedResponseCreateSchema = z.object({
  shortcut: shortcutSchema,
  title: lineSchema(120),
  texts: textsSchema,
  ...reachFields,
  /** Files that the agent has uploaded. */
  fileIds: fileIdsSchema.optional(),
});
export type CannedResponseCreateRequest = z.infer<typeof cannedResponseCreateSchema>;

/** What is absent stays. `fileIds` holds those that stay and those that are added. `expectedAt`: the `updatedAt` that was changed. */
export const cannedResponsePatchSchema = z.object({
  shortcut: shortcutSchema.optional(),
  title: lineSchema(120).optional(),
  texts: textsSchema.optional(),
  reach: reachFields.reach.optional(),
  teamId: reachFields.teamId,
  fileIds: fileIdsSchema.optional(),
  expectedAt: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});
export type CannedResponsePatch = z.infer<typeof cannedResponsePatchSchema>;

/** Of all that the agent may use, oldest first. `unless`: the `stamp` of a list that is at hand already. */
export const repertoireQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  unless: z.string().max(100).optional(),
});
export type RepertoireQuery = z.infer<typeof repertoireQuerySchema>;

/** `stamp` is another one as soon as anything in the whole list is. With `isSame` there is nothing to read. */
export function repertoirePageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable(),
    stamp: z.string(),
    isSame: z.literal(true).optional(),
  });
}
export interface RepertoirePage<Item> {
  items: Item[];
  next: string | null;
  stamp: string;
  isSame?: true;
}

/** `POST /api/canned-responses/:id/copies`: a file of one's own, for a message that is about to be sent. */
export const fileCopySchema = z.object({ fileId: idSchema });
