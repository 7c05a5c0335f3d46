import * as z from 'zod';
import { idSchema } from './id.ts';
import { noticeSlaSchema } from './sla.ts';

/** So long an agent can look up what it was told. */
export const NOTICES_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * What an agent is told, and may look up afterwards. New messages and who waits are no rows: the conversations themselves say so.
 */
export const agentNoticeKindSchema = z.enum(['mention', 'whisper', 'assignment', 'transfer', 'sla-warning', 'sla-breach', 'ticket']);
export type AgentNoticeKind = z.infer<typeof agentNoticeKindSchema>;

/** Told to one agent. What the agent may not see of the conversation is null. */
export const agentNoticeSchema = z.object({
  id: z.string(),
  kind: agentNoticeKindSchema,
  /** Whose doing it is; null for the house's own. */
  actor: z
    .object({
      id: z.string(),
      name: z.string(),
    })
    .nullable(),
  conversationId: z.string().nullable(),
  contact: z
    .object({
      id: z.string(),
      name: z.string().nullable(),
    })
    .nullable(),
  /** Of the note that says more. */
  seq: z.number().nullable(),
  text: z.string().nullable(),
  /** Which promise is about to be broken, or was. */
  sla: noticeSlaSchema.optional(),
  /** What it is about instead of a conversation: a ticket that was given (`ticket`), or whose promise it is. */
  ticket: z.object({ id: z.string(), number: z.number(), subject: z.string() }).optional(),
  createdAt: z.number(),
  seenAt: z.number().nullable(),
});
export type AgentNotice = z.infer<typeof agentNoticeSchema>;

/** `GET /api/notices`, newest first. */
export const agentNoticePageSchema = z.object({
  items: z.array(agentNoticeSchema),
  next: z.string().nullable(),
  unseen: z.number(),
});
export type AgentNoticePage = z.infer<typeof agentNoticePageSchema>;

/** One notice, those about one conversation, or all up to a moment, which is now where nothing is named. Also the fact that tells the agent's other browsers. */
export const noticeSeenSchema = z
  .object({
    id: idSchema.optional(),
    conversationId: idSchema.optional(),
    until: z.number().int().positive().max(8_640_000_000_000_000).optional(),
  })
  .refine((which) => Object.values(which).filter((value) => value !== undefined).length <= 1, 'names one of id, conversationId and until');
export type NoticeSeenRequest = z.infer<typeof noticeSeenSchema>;
