import * as z from 'zod';
import { lineSchema } from './text.ts';

export const tagColours = ['neutral', 'blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink'] as const;
export const tagColourSchema = z.enum(tagColours);
export type TagColour = z.infer<typeof tagColourSchema>;

export const tagNameSchema = lineSchema(50);

/** A name that conversations carry. Whoever tags makes new ones; here stands what is known of them. */
export const tagSchema = z.object({
  name: z.string(),
  colour: tagColourSchema,
  /** How many conversations carry it; null for who does not see all of them. */
  count: z.number().nullable(),
  /** It is being taken off its conversations, which get `becomes` instead, if anything. */
  leaving: z
    .object({
      becomes: z.string().nullable(),
    })
    .optional(),
});
export type Tag = z.infer<typeof tagSchema>;

export const tagQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type TagQuery = z.infer<typeof tagQuerySchema>;

export const tagCreateSchema = z.object({ name: tagNameSchema, colour: z.enum(tagColours).default('neutral') });
export type TagCreateRequest = z.infer<typeof tagCreateSchema>;

/** With another `name` its conversations follow in the background. Where that name is known already, `isMerging` says that this is meant. */
export const tagPatchSchema = z.object({
  name: tagNameSchema.optional(),
  colour: z.enum(tagColours).optional(),
  isMerging: z.boolean().optional(),
});
export type TagPatch = z.infer<typeof tagPatchSchema>;
