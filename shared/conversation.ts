import * as z from 'zod';
import { emailSchema } from './contact.ts';
import { idSchema, seqSchema } from './id.ts';
import { MESSAGE_TEXT_MAX, RATING_COMMENT_MAX } from './limits.ts';
import type { Author } from './message.ts';
import { authorSchema, visibilitySchema } from './message.ts';
import { prioritySchema } from './routing.ts';
import { conversationSlaSchema } from './sla.ts';
import { lineSchema, proseSchema } from './text.ts';
import { timeZoneSchema } from './time-zone.ts';

export const conversationStatusSchema = z.enum(['open', 'pending', 'snoozed', 'resolved']);
export type ConversationStatus = z.infer<typeof conversationStatusSchema>;

/** A conversation as its visitor sees it. */
export interface VisitorConversation {
  id: string;
  status: ConversationStatus;
  assignee: { name: string; avatarUrl: string | null } | null;
  /** While it waits for somebody and its inbox shows the queue. The wait is null when nothing is known of it; `offersCallback`: a call instead of waiting on. */
  queue: { place: number; expectedWaitMs: number | null; offersCallback?: boolean } | null;
  lastSeq: number;
  /** The last `seq` that the agents' side has read, and that the visitor has. */
  agentReadSeq: number;
  visitorReadSeq: number;
  /** What was said last that a visitor may see, cut to a preview. Only in the reply to `conversation:list`. */
  lastMessage?: { author: Author; text: string; createdAt: number; fileName?: string };
  /** What the visitor thought of it when it last ended; absent while that was not said. */
  rating?: { score: number; comment: string | null };
}

/** What a visitor thought of a stretch of a conversation, which ended at `endedAt`. */
export const ratingSchema = z.object({
  score: z.number(),
  comment: z.string().nullable(),
  endedAt: z.number(),
  ratedAt: z.number(),
});
export type Rating = z.infer<typeof ratingSchema>;

/** One row of an agent's conversation list. Clocks are milliseconds since the epoch, or null while they do not run. */
export const conversationSummarySchema = z.object({
  id: z.string(),
  inboxId: z.string(),
  status: conversationStatusSchema,
  contact: z.object({
    id: z.string(),
    name: z.string().nullable(),
  }),
  assigneeId: z.string().nullable(),
  teamId: z.string().nullable(),
  tags: z.array(z.string()),
  lastSeq: z.number(),
  /** `text` is cut to a preview; `attachments` is there for a message with files: the first one's name and type, and how many. */
  lastMessage: z
    .object({
      seq: z.number(),
      author: authorSchema,
      visibility: visibilitySchema,
      text: z.string(),
      createdAt: z.number(),
      attachments: z
        .object({
          name: z.string(),
          type: z.string(),
          count: z.number(),
        })
        .optional(),
    })
    .nullable(),
  /** Visitor messages that no agent has read. */
  unread: z.number(),
  visitorReadSeq: z.number(),
  waitingSince: z.number().nullable(),
  priority: prioritySchema,
  sla: conversationSlaSchema.nullable(),
  snoozedUntil: z.number().nullable(),
  /** The latest that the visitor gave. */
  rating: ratingSchema.optional(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

export const conversationSchema = z.object({ conversationId: idSchema });
export type ConversationRequest = z.infer<typeof conversationSchema>;

export const conversationOpenSchema = conversationSchema.extend({
  after: seqSchema.optional(),
  afterId: idSchema.optional(),
});
export type ConversationOpenRequest = z.infer<typeof conversationOpenSchema>;

export const conversationRateSchema = conversationSchema.extend({
  score: z.number().int().min(1).max(5),
  comment: proseSchema(RATING_COMMENT_MAX).optional(),
});
export type ConversationRateRequest = z.infer<typeof conversationRateSchema>;

/** `timeZone` (IANA): in which the times are written; the inbox's own without it. */
export const transcriptSendSchema = conversationSchema.extend({ email: emailSchema, timeZone: timeZoneSchema.optional() });
export type TranscriptSendRequest = z.infer<typeof transcriptSendSchema>;

export const conversationReadSchema = conversationSchema.extend({ seq: seqSchema });
export type ConversationReadRequest = z.infer<typeof conversationReadSchema>;

export const conversationAssignSchema = conversationSchema.extend({
  agentId: idSchema.nullable().optional(),
  teamId: idSchema.nullable().optional(),
});
export type ConversationAssignRequest = z.infer<typeof conversationAssignSchema>;

/** `until` is milliseconds since the epoch and must lie ahead. */
export const conversationSnoozeSchema = conversationSchema.extend({
  until: z.number().int().positive().max(8_640_000_000_000_000),
});
export type ConversationSnoozeRequest = z.infer<typeof conversationSnoozeSchema>;

export const conversationTagSchema = conversationSchema.extend({ tags: z.array(lineSchema(50)).max(30) });
export type ConversationTagRequest = z.infer<typeof conversationTagSchema>;

export const conversationPrioritizeSchema = conversationSchema.extend({ priority: prioritySchema });
export type ConversationPrioritizeRequest = z.infer<typeof conversationPrioritizeSchema>;

/** The visitor's live preview. May be lost, never stored. */
export const visitorTypingSchema = conversationSchema.extend({ text: proseSchema(MESSAGE_TEXT_MAX) });
export type VisitorTypingRequest = z.infer<typeof visitorTypingSchema>;

export const agentTypingSchema = conversationSchema.extend({
  typing: z.boolean(),
  visibility: z.enum(['public', 'internal']).optional(),
});
export type AgentTypingRequest = z.infer<typeof agentTypingSchema>;

/** `GET /api/conversations`: `next` of one page is the `cursor` of the following one. */
export const conversationQuerySchema = z.object({
  status: z.enum(['open', 'pending', 'snoozed', 'resolved']).optional(),
  contactId: idSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ConversationQuery = z.infer<typeof conversationQuerySchema>;
