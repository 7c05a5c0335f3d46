import * as z from 'zod';
import { conversationSchema } from './conversation.ts';
import { seqSchema } from './id.ts';
import { DRAFT_TEXT_MAX } from './limits.ts';
import { proseSchema } from './text.ts';

/**
 * What an agent has begun to write in a conversation; an empty text: nothing any more. Of two versions the higher one counts.
 * The browser makes them: its clock, and always more than any version that it knows of, so that clocks which disagree do no harm.
 */
export const agentDraftSchema = conversationSchema.extend({
  text: proseSchema(DRAFT_TEXT_MAX),
  visibility: z.enum(['public', 'internal']),
  /** The last message that was in sight when the first character was typed. */
  seenSeq: seqSchema.optional(),
  version: z.number().int().positive().max(8_640_000_000_000_000),
});
export type AgentDraft = z.infer<typeof agentDraftSchema>;

export const draftListSchema = z.object({ cursor: z.string().max(200).optional() });
export type DraftListRequest = z.infer<typeof draftListSchema>;

/** What the agent has begun in conversations that it may see, the latest first. */
export interface DraftPage {
  drafts: AgentDraft[];
  next: string | null;
}
