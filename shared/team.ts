import * as z from 'zod';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';

export const teamSchema = z.object({
  id: z.string(),
  name: z.string(),
  memberIds: z.array(z.string()).readonly(),
});
export type Team = z.infer<typeof teamSchema>;

const memberIdsSchema = z.array(idSchema).max(1_000);

export const teamCreateSchema = z.object({ name: lineSchema(60), memberIds: memberIdsSchema.default([]) });
export type TeamCreateRequest = z.infer<typeof teamCreateSchema>;

export const teamPatchSchema = z.object({ name: lineSchema(60).optional(), memberIds: memberIdsSchema.optional() });
export type TeamPatch = z.infer<typeof teamPatchSchema>;
