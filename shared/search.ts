import * as z from 'zod';
import type { Contact } from './contact.ts';
import type { ConversationSummary } from './conversation.ts';
import { idSchema } from './id.ts';
import type { Author, Visibility } from './message.ts';
import { type SearchKind, searchKinds } from './search-kinds.ts';

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

export interface ConversationHit {
  kind: 'conversation';
  conversation: ConversationSummary;
}

/** `text` is an excerpt around the first word that was found. */
export interface MessageHit {
  kind: 'message';
  message: { id: string; conversationId: string; seq: number; author: Author; visibility: Visibility; text: string; createdAt: number };
  conversation: Pick<ConversationSummary, 'id' | 'status' | 'contact' | 'assigneeId'>;
}

export interface ContactHit {
  kind: 'contact';
  contact: Contact;
}

export type SearchHit = ConversationHit | MessageHit | ContactHit;

export interface SearchReply {
  items: SearchHit[];
  /** May stand behind a page that is not full: there is more to look through. */
  next: string | null;
  /** The kinds that hold more than what is here. */
  more: SearchKind[];
  /** Words to mark, folded. */
  words: string[];
  /** What nobody ever wrote, and what was looked for instead. */
  corrections: { typed: string; used: string[] }[];
  /** Messages before this moment may be missing while the index is being built; null: everything is in it. */
  indexedSince: number | null;
}

/** Places in one conversation, newest first. `isCut`: there are more than these. */
export interface ConversationSearchReply {
  seqs: number[];
  words: string[];
  isCut: boolean;
}
