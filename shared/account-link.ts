import * as z from 'zod';
import { passwordSchema, teamIdsSchema } from './agent.ts';
import { emailSchema } from './contact.ts';
import { roleIdSchema } from './role-id.ts';
import { lineSchema } from './text.ts';

/** How long a link that lets somebody in can be used, once. */
export const LINK_LIFETIME_MS = 72 * 60 * 60 * 1_000;

/** Somebody who was asked to join and has not yet. */
export interface AgentInvitation {
  id: string;
  email: string;
  role: string;
  teamIds: readonly string[];
  createdAt: number;
  expiresAt: number;
}

/** `url` is told once: only its hash is stored. `isMailed` says whether it went out by mail as well. */
export interface IssuedLink {
  url: string;
  expiresAt: number;
  isMailed: boolean;
}

export const agentInvitationSchema = z.object({ email: emailSchema, role: roleIdSchema, teamIds: teamIdsSchema.default([]) });
export type AgentInvitationRequest = z.infer<typeof agentInvitationSchema>;

const tokenSchema = z.string().max(100);
export const linkTokenSchema = z.object({ token: tokenSchema });
export const invitationAcceptSchema = z.object({ token: tokenSchema, name: lineSchema(120), password: passwordSchema });
export type InvitationAcceptRequest = z.infer<typeof invitationAcceptSchema>;

export const resetRequestSchema = z.object({ email: emailSchema });
export const passwordResetSchema = z.object({ token: tokenSchema, password: passwordSchema });
export type PasswordResetRequest = z.infer<typeof passwordResetSchema>;

/** What the page behind a link shows before anything is typed. */
export interface LinkPurpose {
  business: string;
  email: string;
}

export const passwordChangeSchema = z.object({ current: z.string().max(200), password: passwordSchema });

/** What one's own password is asked for again. */
export const passwordProofSchema = z.object({ password: z.string().max(200) });

/** A code of the authenticator app, or a recovery code. */
export const codeSchema = z.object({ code: z.string().trim().min(6).max(20) });

/** For the authenticator app: `secret` to type, `uri` to scan. */
export interface TwoFactorStart {
  secret: string;
  uri: string;
}
