import * as z from 'zod';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';

export interface Team {
  id: string;
  name: string;
  memberIds: readonly string[];
}

const memberIdsSchema = z.array(idSchema).max(1_000);

export const teamCreateSchema = z.object({ name: lineSchema(60), memberIds: memberIdsSchema.default([]) });
export type TeamCreateRequest = z.infer<typeof teamCreateSchema>;

export const teamPatchSchema = z.object({ name: lineSchema(60).optional(), memberIds: memberIdsSchema.optional() });
export type TeamPatch = z.infer<typeof teamPatchSchema>;
