import * as z from 'zod';
import { idSchema } from './id.ts';
import type { NoticeSla } from './sla.ts';

/** So long an agent can look up what it was told. */
export const NOTICES_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * What an agent is told, and may look up afterwards. New messages and who waits are no rows: the conversations themselves say so.
 */
export type AgentNoticeKind = 'mention' | 'whisper' | 'assignment' | 'transfer' | 'sla-warning' | 'sla-breach' | 'mail-answer';

/** Told to one agent. What the agent may not see of the conversation is null. */
export interface AgentNotice {
  id: string;
  kind: AgentNoticeKind;
  /** Whose doing it is; null for the house's own. */
  actor: { id: string; name: string } | null;
  conversationId: string | null;
  contact: { id: string; name: string | null } | null;
  /** Of a customer file: which item of its timeline it tells of, as `kind:id`. */
  item?: string;
  /** Of the note that says more. */
  seq: number | null;
  text: string | null;
  /** Which promise is about to be broken, or was. */
  sla?: NoticeSla;
  createdAt: number;
  seenAt: number | null;
}

/** `GET /api/notices`, newest first. */
export interface AgentNoticePage {
  items: AgentNotice[];
  next: string | null;
  unseen: number;
}

/** One notice, those about one conversation, or all up to a moment, which is now where nothing is named. Also the fact that tells the agent's other browsers. */
export const noticeSeenSchema = z
  .object({
    id: idSchema.optional(),
    conversationId: idSchema.optional(),
    until: z.number().int().positive().max(8_640_000_000_000_000).optional(),
  })
  .refine((which) => Object.values(which).filter((value) => value !== undefined).length <= 1, 'names one of id, conversationId and until');
export type NoticeSeenRequest = z.infer<typeof noticeSeenSchema>;
