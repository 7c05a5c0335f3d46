import * as z from 'zod';
import { lineSchema } from './text.ts';

/** The business that this installation serves, as visitors and agents read it. */
export const businessSchema = z.object({
  name: z.string(),
});
export type Business = z.infer<typeof businessSchema>;

export const businessPatchSchema = z.object({ name: lineSchema(120).optional() });
export type BusinessPatch = z.infer<typeof businessPatchSchema>;
