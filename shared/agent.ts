import * as z from 'zod';
import { emailSchema } from './contact.ts';
import { idSchema } from './id.ts';
import { profileSchema } from './profile.ts';
import { roleIdSchema } from './role-id.ts';
import { lineSchema } from './text.ts';

export const teamIdsSchema = z.array(idSchema).max(100);

/**
 * Everything that a role can allow. Roles are sets of these; code asks for a permission, never for a role.
 *
 * What one sees of conversations: `view-own` those assigned to oneself, `view-queue` those that wait for anybody (of no
 * team, or of one's own), `view-team` those of one's teams and of the colleagues in them, `view-all` everything.
 */
export const permissions = [
  'conversations:view-own',
  'conversations:view-queue',
  'conversations:view-team',
  'conversations:view-all',
  'conversations:reply',
  'conversations:assign',
  'conversations:export',
  'views:share',
  'contacts:view',
  'contacts:view-details',
  'contacts:edit',
  'contacts:merge',
  'contacts:erase',
  'contacts:import',
  'contacts:export',
  'segments:share',
  'tasks:view',
  'tasks:edit',
  'tickets:view',
  'tickets:edit',
  'opportunities:view',
  'opportunities:edit',
  'purchases:view',
  'purchases:edit',
  'visitors:view',
  'visitors:block',
  'reports:view',
  'answers:manage',
  'canned:manage',
  'tags:manage',
  'crm:manage',
  'teams:manage',
  'agents:manage',
  'roles:manage',
  'settings:manage',
  'tokens:manage',
] as const;
export const permissionSchema = z.enum(permissions);
export type Permission = z.infer<typeof permissionSchema>;

/** Who may do the one may do the other: seeing everything includes what is one's own. */
const implied: Partial<Record<Permission, Permission>> = {
  'conversations:view-all': 'conversations:view-team',
  'conversations:view-team': 'conversations:view-queue',
  'conversations:view-queue': 'conversations:view-own',
  'conversations:reply': 'conversations:view-own',
  'conversations:assign': 'conversations:view-own',
  'conversations:export': 'conversations:view-own',
  'views:share': 'conversations:view-own',
  'contacts:view-details': 'contacts:view',
  'contacts:edit': 'contacts:view',
  'contacts:merge': 'contacts:edit',
  'contacts:erase': 'contacts:edit',
  'contacts:import': 'contacts:edit',
  'contacts:export': 'contacts:view-details',
  'segments:share': 'contacts:view',
  'tasks:edit': 'tasks:view',
  'tickets:edit': 'tickets:view',
  'opportunities:edit': 'opportunities:view',
  'purchases:edit': 'purchases:view',
  'visitors:block': 'contacts:view',
};

/** With all that they include, in the order of the list. */
export function withImplied(granted: readonly Permission[]): Permission[] {
  const held = new Set<Permission>();
  for (const one of granted) for (let next: Permission | undefined = one; next !== undefined; next = implied[next]) held.add(next);
  return permissions.filter((permission) => held.has(permission));
}

/** What would be lost with it: whatever includes it. */
export function dependentsOf(permission: Permission): Permission[] {
  return permissions.filter((other) => withImplied([other]).includes(permission));
}

export const availabilitySchema = z.enum(['online', 'away', 'offline']);
export type AgentAvailability = z.infer<typeof availabilitySchema>;
export const availabilitySetSchema = z.object({ availability: availabilitySchema });

/** An agent as colleagues see one. `load`: open conversations assigned to the agent, those that wait for the customer weighed as routing does. */
export const agentSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  /** The id of a role. */
  role: z.string(),
  teamIds: z.array(z.string()).readonly(),
  avatarUrl: z.string().nullable(),
  availability: availabilitySchema,
  load: z.number(),
  /** Since when, as far as is known, and which colleague said so, if it was not the agent. */
  availabilitySince: z.number().nullable().optional(),
  availabilitySetBy: z
    .object({
      id: z.string(),
      name: z.string(),
    })
    .nullable()
    .optional(),
});
export type Agent = z.infer<typeof agentSchema>;

/** What those who manage the team see of an agent on top of that. */
export const personSchema = z.object({
  ...agentSchema.shape,
  deactivatedAt: z.number().nullable(),
  hasTwoFactor: z.boolean(),
  /** When a browser of theirs was last used, within ten minutes. */
  lastSeenAt: z.number().nullable(),
});
export type Person = z.infer<typeof personSchema>;

/** `GET /api/agents?include=deactivated` is for those who manage the team. */
export const agentQuerySchema = z.object({ include: z.literal('deactivated').optional() });

/** What `GET /api/session` tells the signed-in agent of itself. */
export const signedInAgentSchema = z.object({
  ...agentSchema.shape,
  permissions: z.array(permissionSchema).readonly(),
  business: z.string(),
  hasTwoFactor: z.boolean(),
  /** The role asks for a second factor: until there is one, nothing else is answered. */
  mustEnrol: z.boolean(),
  profile: profileSchema,
});
export type SignedInAgent = z.infer<typeof signedInAgentSchema>;

/** Length is what protects a password; composition rules only annoy. */
export const passwordSchema = z.string().min(10).max(200);

export const setupSchema = z.object({
  code: z.string().max(100),
  business: lineSchema(120),
  name: lineSchema(120),
  email: emailSchema,
  password: passwordSchema,
});
export type SetupRequest = z.infer<typeof setupSchema>;

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().max(200),
  code: z.string().max(20).optional(),
});
export type SignInRequest = z.infer<typeof signInSchema>;

export const agentCreateSchema = z.object({
  name: lineSchema(120),
  email: emailSchema,
  password: passwordSchema,
  role: roleIdSchema,
  teamIds: teamIdsSchema.optional(),
});
export type AgentCreateRequest = z.infer<typeof agentCreateSchema>;

/** `PATCH /api/agents/:id`: what others may change of an agent. */
export const agentPatchSchema = z.object({
  name: lineSchema(120).optional(),
  role: roleIdSchema.optional(),
  teamIds: teamIdsSchema.optional(),
  isActive: z.boolean().optional(),
});
export type AgentPatch = z.infer<typeof agentPatchSchema>;

/** `scopes`: what it may do of what its agent may, all of it where there are none. It ends at `expiresAt`, and when it is revoked. */
export const apiTokenCreateSchema = z.object({
  name: lineSchema(120),
  scopes: z
    .array(z.enum(permissions))
    .min(1)
    .max(permissions.length)
    .transform((scopes) => withImplied(scopes))
    .nullable()
    .default(null),
  expiresAt: z.number().int().positive().max(8_640_000_000_000_000).nullable().default(null),
});
export type ApiTokenCreateRequest = z.infer<typeof apiTokenCreateSchema>;

/** A signed-in browser, for the list from which it can be revoked. */
export const agentSessionSchema = z.object({
  id: z.string(),
  userAgent: z.string(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
  isCurrent: z.boolean(),
});
export type AgentSession = z.infer<typeof agentSessionSchema>;

export const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
  scopes: z.array(permissionSchema).nullable(),
  expiresAt: z.number().nullable(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;
