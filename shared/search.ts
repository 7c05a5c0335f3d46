import * as z from 'zod';
import { contactSchema } from './contact.ts';
import { conversationSummarySchema } from './conversation.ts';
import { idSchema } from './id.ts';
import { authorSchema, visibilitySchema } from './message.ts';
import { searchKinds } from './search-kinds.ts';

const SEARCH_TEXT_MAX = 400;

const momentSchema = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

/** `GET /api/search`. Without `kind` the reply holds up to `limit` of each; with it, `next` is the cursor of the page after. */
export const searchQuerySchema = z
  .object({
    q: z.string().max(SEARCH_TEXT_MAX).default(''),
    kind: z.enum(searchKinds).optional(),
    status: z.enum(['open', 'pending', 'snoozed', 'resolved']).optional(),
    /** `none`: conversations that are nobody's. */
    assigneeId: z.union([idSchema, z.literal('none')]).optional(),
    tag: z.string().min(1).max(50).optional(),
    inboxId: idSchema.optional(),
    /** Messages and conversations between these moments; `to` is not included. */
    from: momentSchema.optional(),
    to: momentSchema.optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  })
  .refine(({ kind, cursor }) => cursor === undefined || kind !== undefined, { message: 'a cursor belongs to one kind', path: ['cursor'] });
export type SearchQuery = z.infer<typeof searchQuerySchema>;

/** `GET /api/conversations/:id/finds`: every message of one conversation that holds the words, newest first. */
export const conversationSearchSchema = z.object({ q: z.string().max(SEARCH_TEXT_MAX) });

const conversationHitSchema = z.object({
  kind: z.literal('conversation'),
  conversation: conversationSummarySchema,
});

/** `text` is an excerpt around the first word that was found. */
export const messageHitSchema = z.object({
  kind: z.literal('message'),
  message: z.object({
    id: z.string(),
    conversationId: z.string(),
    seq: z.number(),
    author: authorSchema,
    visibility: visibilitySchema,
    text: z.string(),
    createdAt: z.number(),
  }),
  conversation: conversationSummarySchema.pick({ id: true, status: true, contact: true, assigneeId: true }),
});
export type MessageHit = z.infer<typeof messageHitSchema>;

const contactHitSchema = z.object({
  kind: z.literal('contact'),
  contact: contactSchema,
});

export const searchHitSchema = z.union([conversationHitSchema, messageHitSchema, contactHitSchema]);
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchReplySchema = z.object({
  items: z.array(searchHitSchema),
  /** May stand behind a page that is not full: there is more to look through. */
  next: z.string().nullable(),
  /** The kinds that hold more than what is here. */
  more: z.array(z.enum(searchKinds)),
  /** Words to mark, folded. */
  words: z.array(z.string()),
  /** What nobody ever wrote, and what was looked for instead. */
  corrections: z.array(
    z.object({
      typed: z.string(),
      used: z.array(z.string()),
    }),
  ),
  /** Messages before this moment may be missing while the index is being built; null: everything is in it. */
  indexedSince: z.number().nullable(),
});
export type SearchReply = z.infer<typeof searchReplySchema>;

/** Places in one conversation, newest first. `isCut`: there are more than these. */
export const conversationSearchReplySchema = z.object({
  seqs: z.array(z.number()),
  words: z.array(z.string()),
  isCut: z.boolean(),
});
export type ConversationSearchReply = z.infer<typeof conversationSearchReplySchema>;
