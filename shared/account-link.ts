import * as z from 'zod';
import { passwordSchema, teamIdsSchema } from './agent.ts';
import { emailSchema } from './contact.ts';
import { roleIdSchema } from './role-id.ts';
import { lineSchema } from './text.ts';

/** How long a link that lets somebody in can be used, once. */
export const LINK_LIFETIME_MS = 72 * 60 * 60 * 1_000;

/** Somebody who was asked to join and has not yet. */
export const agentInvitationReplySchema = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  teamIds: z.array(z.string()).readonly(),
  createdAt: z.number(),
  expiresAt: z.number(),
});
export type AgentInvitation = z.infer<typeof agentInvitationReplySchema>;

/** `url` is told once: only its hash is stored. `isMailed` says whether it went out by mail as well. */
export const issuedLinkSchema = z.object({
  url: z.string(),
  expiresAt: z.number(),
  isMailed: z.boolean(),
});
export type IssuedLink = z.infer<typeof issuedLinkSchema>;

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
export const linkPurposeSchema = z.object({
  business: z.string(),
  email: z.string(),
});
export type LinkPurpose = z.infer<typeof linkPurposeSchema>;

export const passwordChangeSchema = z.object({ current: z.string().max(200), password: passwordSchema });

/** What one's own password is asked for again. */
export const passwordProofSchema = z.object({ password: z.string().max(200) });

/** A code of the authenticator app, or a recovery code. */
export const codeSchema = z.object({ code: z.string().trim().min(6).max(20) });

/** For the authenticator app: `secret` to type, `uri` to scan. */
export const twoFactorStartSchema = z.object({
  secret: z.string(),
  uri: z.string(),
});
export type TwoFactorStart = z.infer<typeof twoFactorStartSchema>;
