import * as z from 'zod';
import { idSchema } from './id.ts';
import { MENTIONS_MAX, MESSAGE_TEXT_MAX } from './limits.ts';

/**
 * A colleague or a team named in a note, by id, since names change: `text.slice(at, at + length)` is how they were called there.
 * A whisper names the assignee without a word of the text.
 */
export interface Mention {
  agentId?: string | undefined;
  teamId?: string | undefined;
  at: number;
  length: number;
  isWhisper?: true;
}

const mentionSchema = z
  .object({
    agentId: idSchema.optional(),
    teamId: idSchema.optional(),
    at: z.number().int().min(0).max(MESSAGE_TEXT_MAX),
    length: z.number().int().min(1).max(200),
  })
  .refine(({ agentId, teamId }) => (agentId === undefined) !== (teamId === undefined), 'names one agent or one team');

export const mentionsSchema = z.array(mentionSchema).min(1).max(MENTIONS_MAX);

/** `GET /api/mentions` and `GET /api/notices`. */
export const noticePageSchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type NoticePageQuery = z.infer<typeof noticePageSchema>;

/** `GET /api/mentions/unseen`: in which conversations a mention of the agent who asks has not been seen. */
export interface UnseenMentionsReply {
  conversationIds: string[];
}

/** One mention of the agent who asks, with what was said. */
export interface MentionEntry {
  id: string;
  conversationId: string;
  messageId: string;
  seq: number;
  contact: { id: string; name: string | null };
  author: { id: string; name: string } | null;
  text: string;
  createdAt: number;
  seenAt: number | null;
}
