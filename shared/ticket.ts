import * as z from 'zod';
import { fieldPatchSchema, fieldValuesSchema } from './custom-fields.ts';
import { foundExcerptSchema } from './found-excerpt.ts';
import { idSchema } from './id.ts';
import { prioritySchema } from './routing.ts';
import { slaTargets } from './sla.ts';
import { lineSchema, proseSchema } from './text.ts';
import { ticketStatuses, ticketViews } from './ticket-moves.ts';

export const TICKET_SUBJECT_MAX = 200;
const DESCRIPTION_MAX = 8_000;
/** What the customer can be told of a change. */
const TICKET_UPDATE_MAX = 2_000;
/** A ticket is linked with so many conversations, and related to so many tickets, at most. */
export const TICKET_LINKS_MAX = 50;
/** One entry of work: at most a day. */
const MINUTES_MAX = 24 * 60;

const ticketStatusSchema = z.enum(ticketStatuses);
const momentSchema = z.number().nullable();
const subjectSchema = lineSchema(TICKET_SUBJECT_MAX);
const versionSchema = z.number().int().min(1);

/** As another ticket names it. */
export const ticketLinkSchema = z.object({
  id: idSchema,
  number: z.number(),
  subject: z.string(),
  status: ticketStatusSchema,
});
export type TicketLink = z.infer<typeof ticketLinkSchema>;

/** The clock that runs out first, as of conversations; null while nothing is promised or the clocks stand still. */
const ticketSlaSchema = z.object({ policyId: z.string(), target: z.enum(slaTargets), warnAt: z.number(), dueAt: z.number() }).nullable();

/** A service call: one matter of a customer, from its number to its end. */
export const ticketSchema = z.object({
  id: idSchema,
  /** 1, 2, 3 …: what people call it by. */
  number: z.number(),
  subject: z.string(),
  description: z.string(),
  status: ticketStatusSchema,
  priority: prioritySchema,
  categoryId: z.string().nullable(),
  assigneeId: z.string().nullable(),
  teamId: z.string().nullable(),
  contact: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  company: z.object({ id: z.string(), name: z.string() }).nullable(),
  parentId: z.string().nullable(),
  reasonId: z.string().nullable(),
  externalId: z.string().nullable(),
  /** The customer is not shown this ticket in the widget. */
  isHidden: z.boolean(),
  sla: ticketSlaSchema,
  /** Of the whole work log. */
  minutes: z.number(),
  /** What the customer was told last. */
  publicUpdate: z.object({ text: z.string(), at: z.number() }).nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  firstResponseAt: momentSchema,
  /** When it was solved or closed last; null while it goes on. */
  overAt: momentSchema,
  erasedAt: momentSchema,
  /** To be sent with every change: `stale` if somebody was quicker. */
  version: z.number(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** A conversation about it, for whoever may see that one. */
const ticketConversationSchema = z.object({
  id: idSchema,
  status: z.string(),
  contact: z.object({ id: z.string(), name: z.string().nullable() }),
  createdAt: z.number(),
});

/** A promise that was not kept. */
const ticketBreachSchema = z.object({ target: z.enum(slaTargets), dueAt: z.number(), endedAt: momentSchema, lateMs: momentSchema });

/** `GET /api/tickets/:id`: everything but the log and the changes, which are pages. What the reader may not see is left out. */
export const ticketFileSchema = ticketSchema.extend({
  /** Of the administrators' own fields: those that the reader may see. */
  values: fieldValuesSchema,
  parent: ticketLinkSchema.nullable(),
  children: z.array(ticketLinkSchema),
  related: z.array(ticketLinkSchema),
  conversations: z.array(ticketConversationSchema),
  breaches: z.array(ticketBreachSchema),
  /** What is promised, whether the clocks run or not. */
  policy: z
    .object({ name: z.string(), firstResponseMs: z.number().nullable(), resolutionMs: z.number().nullable(), isBusinessTime: z.boolean() })
    .nullable(),
});
export type TicketFile = z.infer<typeof ticketFileSchema>;

/** With `q`, where the subject does not hold all of the words: the piece of description or work log in which they stand. */
export const foundTicketSchema = ticketSchema.extend({ excerpt: foundExcerptSchema.optional() });
export type FoundTicket = z.infer<typeof foundTicketSchema>;

export const ticketPageSchema = z.object({
  items: z.array(foundTicketSchema),
  next: z.string().nullable(),
  /** With `q`: what nobody ever wrote, and what was looked for instead. */
  corrections: z.array(z.object({ typed: z.string(), used: z.array(z.string()) })).optional(),
});
export type TicketPage = z.infer<typeof ticketPageSchema>;

/** `GET /api/tickets`: newest change first; those about to be late, and `isOverdue`, by when they are due. */
export const ticketQuerySchema = z.object({
  view: z.enum(ticketViews).default('all'),
  /** One status; `unsolved`: whatever is not over; `over`: solved or closed. */
  status: z.enum([...ticketStatuses, 'unsolved', 'over']).optional(),
  priority: prioritySchema.optional(),
  categoryId: idSchema.optional(),
  teamId: idSchema.optional(),
  assigneeId: idSchema.optional(),
  contactId: idSchema.optional(),
  companyId: idSchema.optional(),
  conversationId: idSchema.optional(),
  externalId: z.string().trim().min(1).max(100).optional(),
  overdue: z.enum(['true', 'false']).optional(),
  /** A number, or words of subject, description and work log. */
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TicketQuery = z.infer<typeof ticketQuerySchema>;

const externalIdSchema = lineSchema(100);

/**
 * `POST /api/tickets`. `id` is made by the client: the same request again finds the first ticket. With `conversationId` the ticket is
 * linked with it, and stands in its customer's file, unless a contact is named; without a subject it gets the customer's first words.
 */
export const ticketCreateSchema = z
  .object({
    id: idSchema,
    subject: subjectSchema.optional(),
    description: proseSchema(DESCRIPTION_MAX).default(''),
    priority: prioritySchema.default('normal'),
    categoryId: idSchema.nullable().default(null),
    assigneeId: idSchema.nullable().default(null),
    teamId: idSchema.nullable().default(null),
    contactId: idSchema.nullable().optional(),
    companyId: idSchema.nullable().optional(),
    parentId: idSchema.nullable().default(null),
    conversationId: idSchema.optional(),
    externalId: externalIdSchema.nullable().default(null),
    isHidden: z.boolean().default(false),
    values: fieldPatchSchema.optional(),
  })
  .refine(({ subject, conversationId }) => subject !== undefined || conversationId !== undefined, {
    path: ['subject'],
    message: 'must be there where no conversation is named',
  });
export type TicketCreateRequest = z.infer<typeof ticketCreateSchema>;

/**
 * `PATCH /api/tickets/:id`. With `status` come `reasonId` (needed for closing, once there are reasons), what becomes of `children` that
 * are not over (needed where there are some and this one is solved or closed), and whether the customer is told: by `tell`, else by
 * the category; `update` is what it is told besides the status.
 */
export const ticketPatchSchema = z.object({
  version: versionSchema,
  subject: subjectSchema.optional(),
  description: proseSchema(DESCRIPTION_MAX).optional(),
  status: ticketStatusSchema.optional(),
  reasonId: idSchema.nullable().optional(),
  children: z.enum(['keep', 'follow']).optional(),
  tell: z.boolean().optional(),
  update: proseSchema(TICKET_UPDATE_MAX).optional(),
  priority: prioritySchema.optional(),
  categoryId: idSchema.nullable().optional(),
  assigneeId: idSchema.nullable().optional(),
  teamId: idSchema.nullable().optional(),
  contactId: idSchema.nullable().optional(),
  companyId: idSchema.nullable().optional(),
  parentId: idSchema.nullable().optional(),
  externalId: externalIdSchema.nullable().optional(),
  isHidden: z.boolean().optional(),
  values: fieldPatchSchema.optional(),
});
export type TicketPatch = z.infer<typeof ticketPatchSchema>;

/** What somebody did for it, for colleagues only. */
export const ticketWorkSchema = z.object({
  id: idSchema,
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  text: z.string(),
  minutes: z.number(),
  at: z.number(),
  editedAt: momentSchema,
});
export type TicketWork = z.infer<typeof ticketWorkSchema>;
export const ticketWorkPageSchema = z.object({ items: z.array(ticketWorkSchema), next: z.string().nullable(), minutes: z.number() });
export type TicketWorkPage = z.infer<typeof ticketWorkPageSchema>;

const minutesSchema = z.number().int().min(0).max(MINUTES_MAX);
const saysWork = ({ text, minutes }: { text: string; minutes: number }) => text.trim() !== '' || minutes > 0;
const mustSayWork = { path: ['text'], message: 'must not be empty' };
/** `POST /api/tickets/:id/log`, `PATCH /api/tickets/:id/log/:entryId`: one's own entries only. */
export const ticketWorkCreateSchema = z
  .object({
    id: idSchema,
    text: proseSchema(DESCRIPTION_MAX),
    minutes: minutesSchema.default(0),
    /** When it was done, if not now: never later. */
    at: z.number().int().min(0).max(8_640_000_000_000_000).optional(),
  })
  .refine(saysWork, mustSayWork);
export type TicketWorkCreateRequest = z.infer<typeof ticketWorkCreateSchema>;
export const ticketWorkPatchSchema = z.object({ text: proseSchema(DESCRIPTION_MAX), minutes: minutesSchema }).refine(saysWork, mustSayWork);
export type TicketWorkPatch = z.infer<typeof ticketWorkPatchSchema>;

export const ticketListQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TicketListQuery = z.infer<typeof ticketListQuerySchema>;

/**
 * What changed when, newest first. `before` and `after` are ids or words as the field holds them; of one's `values.<key>` JSON, where
 * the reader may see that field; of `document` its name; of `work` the minutes of an entry that was changed or removed. The names are
 * what ids are called now, for whoever may see that.
 */
export const ticketChangeSchema = z.object({
  id: idSchema,
  at: z.number(),
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  beforeName: z.string().nullable(),
  afterName: z.string().nullable(),
});
export type TicketChange = z.infer<typeof ticketChangeSchema>;
export const ticketChangePageSchema = z.object({ items: z.array(ticketChangeSchema), next: z.string().nullable() });

/** What a matter is about: a tree of one level. Archived, it stays where it is and is chosen no more. */
export const ticketCategorySchema = z.object({
  id: idSchema,
  name: z.string(),
  parentId: z.string().nullable(),
  /** The customer is told in the chat when a ticket's status changes, unless the agent decides otherwise. */
  tellsCustomer: z.boolean(),
  place: z.number(),
  archivedAt: momentSchema,
});
export type TicketCategory = z.infer<typeof ticketCategorySchema>;
export const ticketCategoryListSchema = z.object({ items: z.array(ticketCategorySchema), next: z.null() });
export const ticketCategoryCreateSchema = z.object({
  id: idSchema,
  name: lineSchema(60),
  parentId: idSchema.nullable().default(null),
  tellsCustomer: z.boolean().default(false),
});
export type TicketCategoryCreateRequest = z.infer<typeof ticketCategoryCreateSchema>;
export const ticketCategoryPatchSchema = z.object({
  name: lineSchema(60).optional(),
  parentId: idSchema.nullable().optional(),
  tellsCustomer: z.boolean().optional(),
  isArchived: z.boolean().optional(),
});
export type TicketCategoryPatch = z.infer<typeof ticketCategoryPatchSchema>;

/** Why a ticket was closed. */
export const ticketReasonSchema = z.object({ id: idSchema, name: z.string(), place: z.number(), archivedAt: momentSchema });
export type TicketReason = z.infer<typeof ticketReasonSchema>;
export const ticketReasonListSchema = z.object({ items: z.array(ticketReasonSchema), next: z.null() });
export const ticketReasonCreateSchema = z.object({ id: idSchema, name: lineSchema(60) });
export type TicketReasonCreateRequest = z.infer<typeof ticketReasonCreateSchema>;
export const ticketReasonPatchSchema = z.object({ name: lineSchema(60).optional(), isArchived: z.boolean().optional() });
export type TicketReasonPatch = z.infer<typeof ticketReasonPatchSchema>;

/** They stand in this order from now on; what is not named comes behind. */
export const ticketOrderSchema = z.object({ ids: z.array(idSchema).max(500) });

/** `POST /api/tickets/:id/conversations`, `POST /api/tickets/:id/related`. Said again, it changes nothing. */
export const ticketLinkConversationSchema = z.object({ conversationId: idSchema });
export const ticketRelateSchema = z.object({ ticketId: idSchema });

/** What a verified visitor is told of its tickets (`ticket:list`), and of each that changes (`ticket:changed`): nothing internal. */
export interface VisitorTicket {
  id: string;
  number: number;
  subject: string;
  status: (typeof ticketStatuses)[number];
  update: { text: string; at: number } | null;
  createdAt: number;
  updatedAt: number;
}
