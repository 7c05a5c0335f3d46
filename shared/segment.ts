import * as z from 'zod';
import { customerFilterSchema } from './customer-filter.ts';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';

/** A filter over customers with a name, whose members are known at any time. A shared one is everybody's to use. */
export const segmentSchema = z.object({
  id: idSchema,
  name: z.string(),
  filter: customerFilterSchema,
  isShared: z.boolean(),
  ownerId: z.string(),
  /** Whether whoever asks may rename, change and delete it. */
  isMineToChange: z.boolean(),
  count: z.number(),
  /** New or just changed: its members are still being looked for, and the count is not the last word. */
  isFilling: z.boolean(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Segment = z.infer<typeof segmentSchema>;

export const segmentListSchema = z.object({ items: z.array(segmentSchema), next: z.null() });

const segmentFilterSchema = customerFilterSchema.refine(({ groups }) => groups.length > 0, 'must have a condition');

/** The client makes the id: repeated, it finds the first copy. */
export const segmentCreateSchema = z.object({
  id: idSchema,
  name: lineSchema(60),
  filter: segmentFilterSchema,
  isShared: z.boolean().default(false),
});
export type SegmentCreateRequest = z.infer<typeof segmentCreateSchema>;

export const segmentPatchSchema = z.object({
  name: lineSchema(60).optional(),
  filter: segmentFilterSchema.optional(),
  isShared: z.boolean().optional(),
});
export type SegmentPatch = z.infer<typeof segmentPatchSchema>;
