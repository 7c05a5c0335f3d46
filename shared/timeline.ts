import * as z from 'zod';
import { fieldKinds } from './custom-fields.ts';
import { idSchema } from './id.ts';

/** Everything that can stand in a customer file's one timeline. */
export const timelineKinds = [
  'conversation',
  'call',
  'email',
  'letter',
  'fax',
  'meeting',
  'note',
  'purchase',
  'task',
  'ticket',
  'opportunity',
  'document',
  'survey',
  'change',
] as const;
export const timelineKindSchema = z.enum(timelineKinds);
export type TimelineKind = z.infer<typeof timelineKindSchema>;

/** What every item says, whatever its kind. `title` is one line, `text` what there is to read under it. */
const timelineBase = {
  id: idSchema,
  /** When it happened, or will: what the timeline is in order of. */
  at: z.number(),
  title: z.string().nullable(),
  text: z.string().nullable(),
  /** Who did it, of the business. */
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
};

/** What a field of the file said before and says now; `name` and `kind` of a field that administrators made. */
export const timelineChangeSchema = z.object({
  field: z.string(),
  name: z.string().nullable(),
  kind: z.enum(fieldKinds).optional(),
  from: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  to: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  /** Where two files became one: whose word it is that counts now, this file's or the other's; `from` is what was set aside for it. */
  side: z.enum(['this', 'other']).optional(),
  /** Of a split: the other file, if it can be opened; `to` is what it is called. */
  contactId: idSchema.optional(),
});
export type TimelineChange = z.infer<typeof timelineChangeSchema>;

/** What the kind says besides: short facts that are shown beside the title (status, amount, direction, outcome, duration). */
export const timelineItemSchema = z.object({
  kind: timelineKindSchema,
  ...timelineBase,
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Of a change: each field that the reader may see. */
  changes: z.array(timelineChangeSchema).optional(),
});
export type TimelineItem = z.infer<typeof timelineItemSchema>;

/** `GET /api/contacts/:id/timeline`. `kinds` are separated by commas; `q`: words that all stand in title or text. */
export const timelineQuerySchema = z.object({
  kinds: z
    .string()
    .max(300)
    .transform((list) => list.split(','))
    .pipe(z.array(timelineKindSchema).max(timelineKinds.length))
    .optional(),
  q: z.string().trim().max(200).optional(),
  /** The page that begins with this item, as `kind:id`. Not together with a cursor. */
  around: z
    .string()
    .regex(/^[a-z]+:[A-Za-z0-9_-]{21}$/, 'must be a kind and an id, like note:V1StGXR8_Z5jdHi6B-myT')
    .optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TimelineQuery = z.infer<typeof timelineQuerySchema>;

/** Newest first. `isMidway`: the page began with an item that was asked for, and there is newer. */
export const timelinePageSchema = z.object({
  items: z.array(timelineItemSchema),
  next: z.string().nullable(),
  isMidway: z.boolean().optional(),
});
export type TimelinePage = z.infer<typeof timelinePageSchema>;
