import * as z from 'zod';
import { idSchema } from './id.ts';
import { MENTIONS_MAX, MESSAGE_TEXT_MAX } from './limits.ts';

/**
 * A colleague or a team named in a note, by id, since names change: `text.slice(at, at + length)` is how they were called there.
 * A whisper names the assignee without a word of the text.
 */
export const mentionSchema = z.object({
  agentId: z.string().optional(),
  teamId: z.string().optional(),
  at: z.number(),
  length: z.number(),
  isWhisper: z.literal(true).optional(),
});
export type Mention = z.infer<typeof mentionSchema>;

const mentionDraftSchema = z
  .object({
    agentId: idSchema.optional(),
    teamId: idSchema.optional(),
    at: z.number().int().min(0).max(MESSAGE_TEXT_MAX),
    length: z.number().int().min(1).max(200),
  })
  .refine(({ agentId, teamId }) => (agentId === undefined) !== (teamId === undefined), 'names one agent or one team');

export const mentionsSchema = z.array(mentionDraftSchema).min(1).max(MENTIONS_MAX);

/** `GET /api/mentions` and `GET /api/notices`. */
export const noticePageSchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type NoticePageQuery = z.infer<typeof noticePageSchema>;

/** `GET /api/mentions/unseen`: in which conversations a mention of the agent who asks has not been seen. */
export const unseenMentionsReplySchema = z.object({
  conversationIds: z.array(z.string()),
});
export type UnseenMentionsReply = z.infer<typeof unseenMentionsReplySchema>;

/** One mention of the agent who asks, with what was said. */
export const mentionEntrySchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  messageId: z.string(),
  seq: z.number(),
  contact: z.object({
    id: z.string(),
    name: z.string().nullable(),
  }),
  author: z
    .object({
      id: z.string(),
      name: z.string(),
    })
    .nullable(),
  text: z.string(),
  createdAt: z.number(),
  seenAt: z.number().nullable(),
});
export type MentionEntry = z.infer<typeof mentionEntrySchema>;
