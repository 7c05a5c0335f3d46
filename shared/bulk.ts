import * as z from 'zod';
import type { ConversationSummary } from './conversation.ts';
import type { ErrorCode } from './errors.ts';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';

/** Conversations in one `conversation:bulk`. Who has more to change sends several, under the same id. */
const BULK_MAX = 500;

const tagsSchema = z.array(lineSchema(50)).max(30).default([]);

/** What is done to each of many conversations. What is absent stays as it is. */
export const bulkChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), agentId: idSchema.nullable().optional(), teamId: idSchema.nullable().optional() }),
  z.object({ kind: z.literal('tag'), add: tagsSchema, remove: tagsSchema }),
  z.object({ kind: z.literal('snooze'), until: z.number().int().positive().max(8_640_000_000_000_000) }),
  z.object({ kind: z.literal('resolve') }),
  z.object({ kind: z.literal('reopen') }),
  z.object({ kind: z.literal('read') }),
]);
export type BulkChange = z.output<typeof bulkChangeSchema>;

/** `id` is made by the client: under it all that was changed can be undone for an hour. */
export const bulkSchema = z.object({
  id: idSchema,
  conversationIds: z.array(idSchema).min(1).max(BULK_MAX),
  change: bulkChangeSchema,
});
export type BulkRequest = z.input<typeof bulkSchema>;

/** Undoes some of what was changed under this id; `more` says that there is more to ask for. */
export const bulkUndoSchema = z.object({ id: idSchema });
export type BulkUndoRequest = z.infer<typeof bulkUndoSchema>;

/** `same`: there was nothing left to do. `refused` says why: out of sight, changed by somebody else since, … */
export type BulkOutcome = { id: string; outcome: 'done' | 'same' } | { id: string; outcome: 'refused'; code: ErrorCode };

export interface BulkReply {
  outcomes: BulkOutcome[];
  /** Those that may still be seen, as they are now. */
  conversations: ConversationSummary[];
}

export interface BulkUndoReply extends BulkReply {
  more: boolean;
}
