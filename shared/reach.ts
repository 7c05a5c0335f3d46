import * as z from 'zod';
import { idSchema } from './id.ts';

/** Whose something is that agents use: everybody's, a team's, or one agent's own. */
export const reaches = ['shared', 'team', 'personal'] as const;
export type Reach = (typeof reaches)[number];

const reachSchema = z.enum(reaches);

/** `teamId` is set with the reach `team`, and with no other. */
export const reachFields = { reach: reachSchema, teamId: idSchema.nullable().optional() };

export const reachedSchema = z.object({
  reach: reachSchema,
  teamId: z.string().nullable(),
});
export type Reached = z.infer<typeof reachedSchema>;
