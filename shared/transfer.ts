import * as z from 'zod';
import { idSchema } from './id.ts';
import { MESSAGE_TEXT_MAX } from './limits.ts';
import { proseSchema } from './text.ts';

/**
 * To a colleague, or into a team's queue, with a note for them: all of it or nothing. `id` is made by the client; a repetition
 * changes nothing. `seen`: whose it was on the sender's screen; if that is not so any more, the reply is `stale`.
 */
export const conversationTransferSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema,
    agentId: idSchema.optional(),
    teamId: idSchema.optional(),
    note: proseSchema(MESSAGE_TEXT_MAX).optional(),
    seen: z.object({ assigneeId: idSchema.nullable(), teamId: idSchema.nullable() }).optional(),
  })
  .refine(({ agentId, teamId }) => (agentId === undefined) !== (teamId === undefined), {
    path: ['agentId'],
    message: 'or teamId: name one of them',
  });
export type ConversationTransferRequest = z.infer<typeof conversationTransferSchema>;
