import * as z from 'zod';
import { permissionSchema, permissions, withImplied } from './agent.ts';
import { lineSchema } from './text.ts';

/** `name` is null for a ready-made role, which each language names for itself. */
export const roleSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  permissions: z.array(permissionSchema).readonly(),
  isReadyMade: z.boolean(),
  /** Who has this role signs in with a second factor. */
  requiresTwoFactor: z.boolean(),
  /** Active agents who have it. */
  agentCount: z.number(),
});
export type Role = z.infer<typeof roleSchema>;

/** Holds everything, also what later versions add, and cannot be changed. */
export const ADMINISTRATOR = 'administrator';

const permissionsSchema = z
  .array(z.enum(permissions))
  .max(permissions.length)
  .transform((granted) => withImplied(granted));

export const roleCreateSchema = z.object({
  name: lineSchema(60),
  permissions: permissionsSchema,
  requiresTwoFactor: z.boolean().default(false),
});
export type RoleCreateRequest = z.infer<typeof roleCreateSchema>;

export const rolePatchSchema = z.object({
  name: lineSchema(60).optional(),
  permissions: permissionsSchema.optional(),
  requiresTwoFactor: z.boolean().optional(),
});
export type RolePatch = z.infer<typeof rolePatchSchema>;
