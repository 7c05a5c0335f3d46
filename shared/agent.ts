import * as z from 'zod';
import { emailSchema } from './contact.ts';
import { lineSchema } from './text.ts';

/** Everything that a role can allow. Roles are sets of these; code asks for a permission, never for a role. */
export const permissions = [
  'conversations:view',
  'conversations:reply',
  'conversations:assign',
  'contacts:view',
  'contacts:edit',
  'tasks:view',
  'tasks:edit',
  'agents:view',
  'agents:manage',
  'settings:manage',
  'tokens:manage',
] as const;
export type Permission = (typeof permissions)[number];

export const rolePermissions = {
  administrator: permissions,
  agent: [
    'conversations:view',
    'conversations:reply',
    'conversations:assign',
    'contacts:view',
    'contacts:edit',
    'tasks:view',
    'tasks:edit',
    'agents:view',
  ],
} as const satisfies Record<string, readonly Permission[]>;
export type Role = keyof typeof rolePermissions;

export const availabilitySchema = z.enum(['online', 'away', 'offline']);
export type AgentAvailability = z.infer<typeof availabilitySchema>;
export const availabilitySetSchema = z.object({ availability: availabilitySchema });

/** An agent as colleagues see one. `load`: open conversations assigned to the agent. */
export interface Agent {
  id: string;
  name: string;
  email: string;
  role: Role;
  avatarUrl: string | null;
  availability: AgentAvailability;
  load: number;
}

/** What `GET /api/session` tells the signed-in agent of itself. */
export interface SignedInAgent extends Agent {
  permissions: readonly Permission[];
  business: string;
}

/** Length is what protects a password; composition rules only annoy. */
const passwordSchema = z.string().min(10).max(200);

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
  role: z.enum(['administrator', 'agent']),
});
export type AgentCreateRequest = z.infer<typeof agentCreateSchema>;

export const apiTokenCreateSchema = z.object({ name: lineSchema(120) });

/** A signed-in browser, for the list from which it can be revoked. */
export interface AgentSession {
  id: string;
  userAgent: string;
  createdAt: number;
  lastSeenAt: number;
  isCurrent: boolean;
}

export interface ApiToken {
  id: string;
  name: string;
  createdAt: number;
  lastUsedAt: number | null;
}
