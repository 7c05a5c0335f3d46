import * as z from 'zod';
import { lineSchema } from './text.ts';

/** The business that this installation serves, as visitors and agents read it. */
export interface Business {
  name: string;
}

export const businessPatchSchema = z.object({ name: lineSchema(120).optional() });
export type BusinessPatch = z.infer<typeof businessPatchSchema>;
