import * as z from 'zod';
import type { Attachment, UploadedFile } from './attachment.ts';

/* Apart from the types, so that who only shows files carries no validator. */

export const attachmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  url: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
}) satisfies z.ZodType<Attachment>;

export const uploadedFileSchema = attachmentSchema.pick({ id: true, name: true, type: true, size: true }) satisfies z.ZodType<UploadedFile>;
