import * as z from 'zod';
import { idSchema } from './id.ts';
import { recurrenceSchema } from './recurrence.ts';
import { prioritySchema } from './routing.ts';
import { lineSchema, proseSchema } from './text.ts';
import { timeZoneSchema } from './time-zone.ts';

/** What is to be done that no customer was promised a call for. */
export const todoKinds = ['task', 'email', 'meeting'] as const;
export type TodoKind = (typeof todoKinds)[number];
export const taskKinds = ['callback', ...todoKinds] as const;
export type TaskKind = (typeof taskKinds)[number];
export const taskStatuses = ['open', 'done'] as const;
const taskStatusSchema = z.enum(taskStatuses);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** What came of a call. After `no-answer` it is tried again, as the inbox's rule says. */
const callOutcomes = ['reached', 'no-answer', 'wrong-number'] as const;
export const callOutcomeSchema = z.enum(callOutcomes);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;
/** How a call ended that somebody marks as done. */
export const doneOutcomes = [...callOutcomes, 'not-needed'] as const;
export type DoneOutcome = (typeof doneOutcomes)[number];

const taskAttemptReplySchema = z.object({
  id: idSchema,
  agent: z.object({ id: z.string(), name: z.string() }),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  outcome: z.enum(callOutcomes).nullable(),
  note: z.string().nullable(),
  /** When it is tried again; null: no more. */
  nextAt: z.number().nullable(),
});
/** One try to reach somebody; while the agent is calling `endedAt` and `outcome` are null. Ended without an outcome, nobody has said what came of it. */
export type TaskAttempt = z.infer<typeof taskAttemptReplySchema>;

const personSchema = z.object({ id: z.string(), name: z.string().nullable() });

const taskBase = {
  id: idSchema,
  conversationId: z.string().nullable(),
  /** E.164; empty for what is no call, and once the person's details were erased. */
  phone: z.string(),
  /** Who reads this may not see how to reach the person: of `phone` only the end is told, and not what the notes say. */
  isMasked: z.literal(true).optional(),
  note: z.string().nullable(),
  ownerId: z.string().nullable(),
  /** The team that it was given to; a call's is that of its conversation. */
  teamId: z.string().nullable(),
  priority: prioritySchema,
  status: taskStatusSchema,
  /** How it ended, when somebody said so: a `DoneOutcome`, `cancelled` by the visitor, or `erased`. */
  outcome: z.string().nullable(),
  createdAt: z.number(),
  /** The agent who made it; null for what a visitor asked for. */
  createdBy: z.string().nullable(),
  doneAt: z.number().nullable(),
  /** Rises with every change that somebody makes. */
  version: z.number(),
  /** The visitor keeps its place in the queue: it is called when somebody gets the conversation, at `dueAt` at the latest. */
  awaitsTurn: z.boolean(),
  /** When it rang last, if it did; a later ring is another moment. */
  rangAt: z.number().nullable(),
  /** Who is on the phone with it just now: nobody else calls meanwhile. */
  calling: z.object({ attemptId: z.string(), agentId: z.string(), name: z.string(), since: z.number() }).nullable(),
  /** The first try first; of very many the last ones. */
  attempts: z.array(taskAttemptReplySchema),
};

/** A call promised to a customer, with the time by which it is due. */
export const callbackSchema = z.object({ ...taskBase, kind: z.literal('callback'), contact: personSchema, dueAt: z.number() });
export type Callback = z.infer<typeof callbackSchema>;

/** Anything else that is to be done: for a customer, or for nobody in particular; by a day, or some day. */
export const todoSchema = z.object({
  ...taskBase,
  kind: z.enum(todoKinds),
  /** Empty once the person that it concerned was erased. */
  title: z.string(),
  contact: personSchema.nullable(),
  dueAt: z.number().nullable(),
  /** What came of it, in words. */
  outcomeText: z.string().nullable(),
  /** It rings so long before it is due; null: only then. */
  reminderMinutes: z.number().nullable(),
  recurrence: recurrenceSchema.nullable(),
  /** The one that follows it, once that is made. */
  nextId: z.string().nullable(),
  /** The message of the conversation that it was made from. */
  messageSeq: z.number().nullable(),
  ticketId: z.string().nullable(),
  opportunityId: z.string().nullable(),
});
export type Todo = z.infer<typeof todoSchema>;

export const taskSchema = z.discriminatedUnion('kind', [callbackSchema, todoSchema]);
export type Task = z.infer<typeof taskSchema>;

/**
 * `task:due`: it is due now, or soon (`isReminder`). A call is told to its owner, without one who is here to those who may take it; anything
 * else to its owner, to the team that it was given to, or to whoever made it.
 */
export type DueCallback = Callback & { isReminder?: true };
export type DueTodo = Todo & { isReminder?: true };
export type DueTask = DueCallback | DueTodo;

/**
 * `overdue` counts the open ones whose time has passed, `due` those of them that are for this agent to see to: its own, its teams', calls
 * that are nobody's or of somebody who is not online. `mine` and `team` count the open ones of this agent and of its teams. Counted up to 10,000.
 */
export const taskPageSchema = z.object({
  items: z.array(taskSchema),
  next: z.string().nullable(),
  open: z.number(),
  overdue: z.number(),
  due: z.number(),
  mine: z.number(),
  team: z.number(),
});
export type TaskPage = z.infer<typeof taskPageSchema>;

/** How far ahead a call can be asked for. */
export const CALLBACK_AHEAD_MS = 30 * 24 * 60 * 60 * 1_000;

const momentSchema = z.number().int().positive().max(8_640_000_000_000_000);

/**
 * Without `at` as soon as possible, which is at the next opening. A time at which the business is closed is `invalid`, one that is full
 * `conflict`, both with the field `at`. `id` is made by the client: a repeated request finds the first task.
 */
export const callbackRequestSchema = z.object({
  id: idSchema,
  phone: lineSchema(40),
  at: momentSchema.optional(),
  note: proseSchema(1_000).optional(),
  /** Where the visitor's browser seems to be at home (ISO 3166): a number without a country code is read there first. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** Of the visitor: in which it is told times. */
  timeZone: timeZoneSchema.optional(),
  /** The call comes when the visitor's turn in the queue does. `invalid` with this field where it does not wait in one. */
  keepsPlace: z.boolean().optional(),
});
export type CallbackRequest = z.infer<typeof callbackRequestSchema>;

/** `link`: the path of the page on which the visitor moves or cancels the call. */
export interface CallbackReply {
  task: { id: string; dueAt: number };
  link: string;
}

/** When a call could come: at one of `slots` (when each begins, in order), or as soon as possible, which is at `soonAt`. */
export interface CallbackTimes {
  slots: number[];
  slotMs: number;
  soonAt: number;
  mayKeepPlace: boolean;
  /** What the visitor is promised already, which another wish moves: at `at`, when its turn comes, or as soon as possible. */
  call?: { id: string; link: string; at?: number; awaitsTurn?: true };
}

export const taskQuerySchema = z.object({
  status: taskStatusSchema.default('open'),
  kind: z.enum([...taskKinds, 'todo']).optional(),
  contactId: idSchema.optional(),
  conversationId: idSchema.optional(),
  ticketId: idSchema.optional(),
  opportunityId: idSchema.optional(),
  /** `team`: what was given to a team of this agent's. */
  owner: z.enum(['me', 'nobody', 'team']).optional(),
  teamId: idSchema.optional(),
  priority: prioritySchema.optional(),
  /**
   * Of the open ones: `today` by the clock of the business; `ringing` have rung and nobody sees to it: this agent's, its teams', calls that are nobody's,
   * and those of agents who are not online; `calling`: those that this agent is calling.
   */
  due: z.enum(['overdue', 'today', 'upcoming', 'none', 'ringing', 'calling']).optional(),
  /** Words that all stand in title, note, name or number. A page may hold few or none of them and still have a next one. */
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

const todoFields = {
  title: lineSchema(300).optional(),
  /** What is no call need not be due. */
  dueAt: momentSchema.nullable().optional(),
  teamId: idSchema.nullable().optional(),
  priority: prioritySchema.optional(),
  /** Up to four weeks. */
  reminderMinutes: z.number().int().min(0).max(40_320).nullable().optional(),
  recurrence: recurrenceSchema.nullable().optional(),
  ticketId: idSchema.nullable().optional(),
  opportunityId: idSchema.nullable().optional(),
};

/**
 * `PATCH /api/tasks/:id`. Of a call: `dueAt` moves it, and its visitor is told; `outcome` says how it ended; `conflict` (field `calling`) while
 * somebody else is calling. Of anything else also what it says: with a `version` it is `stale` where somebody has changed it since.
 * `ringAt` lets it ring again then, and makes what is nobody's the agent's own.
 */
export const taskPatchSchema = z
  .object({
    status: taskStatusSchema.optional(),
    outcome: z.enum(doneOutcomes).optional(),
    ownerId: idSchema.nullable().optional(),
    ringAt: momentSchema.optional(),
    ...todoFields,
    kind: z.enum(todoKinds).optional(),
    note: proseSchema(4_000).nullable().optional(),
    contactId: idSchema.nullable().optional(),
    outcomeText: proseSchema(2_000).optional(),
    version: z
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional(),
  })
  .refine(({ outcome, status }) => outcome === undefined || status === 'done', {
    path: ['outcome'],
    message: 'belongs to a call that is done',
  });
export type TaskPatch = z.infer<typeof taskPatchSchema>;

/**
 * `POST /api/tasks/:id/attempts` → the task. Without an outcome the agent begins to call: `conflict` while somebody else does (field
 * `calling`) or it is in another call (`agent`). The same again says that the call goes on, which a client does every `CALL_BEAT_MS`. With an outcome
 * the try ends; `released`: it was none. Said again, it changes nothing more. `nextAt`: when to try again, instead of by the rule.
 */
export const taskAttemptSchema = z
  .object({
    id: idSchema,
    outcome: z.enum([...callOutcomes, 'released']).optional(),
    note: proseSchema(2_000).optional(),
    nextAt: momentSchema.optional(),
  })
  .refine(({ nextAt, outcome }) => nextAt === undefined || outcome === 'no-answer', {
    path: ['nextAt'],
    message: 'belongs to a call that nobody answered',
  });
export type TaskAttemptRequest = z.infer<typeof taskAttemptSchema>;

/** `GET /api/call-times`: of a call, or of one that is to be promised in a conversation or to a person; whichever is named first. */
export const callTimesQuerySchema = z.object({
  taskId: idSchema.optional(),
  conversationId: idSchema.optional(),
  contactId: idSchema.optional(),
});
export type CallTimesQuery = z.infer<typeof callTimesQuerySchema>;

/** In an hour, this afternoon, tomorrow morning, or when the business opens after that. Only what lies within its hours. */
export const callChoiceKindSchema = z.enum(['hour', 'afternoon', 'tomorrow', 'opening']);
export type CallChoiceKind = z.infer<typeof callChoiceKindSchema>;

/** What an agent is offered who chooses when to call. */
export const callChoicesSchema = z.object({
  /** In order. */
  choices: z.array(
    z.object({
      kind: callChoiceKindSchema,
      at: z.number(),
    }),
  ),
  /** Of a call that nobody answers now: when it is tried again by the inbox's rule; null: no more. */
  nextTryAt: z.number().nullable().optional(),
  /** When the business is open in the time for which calls are promised; null where it has set no hours. */
  open: z
    .array(
      z.object({
        from: z.number(),
        to: z.number(),
      }),
    )
    .nullable(),
});
export type CallChoices = z.infer<typeof callChoicesSchema>;

/**
 * `POST /api/tasks` → the task: an agent promises a call, in a conversation or to a person. Without `phone` it is the one in the file.
 * `id` is made by the client: a repeated request finds the first task.
 */
export const callPromiseSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema.optional(),
    contactId: idSchema.optional(),
    phone: lineSchema(40).optional(),
    dueAt: momentSchema,
    note: proseSchema(1_000).optional(),
    ownerId: idSchema.nullable().default(null),
  })
  .refine(({ conversationId, contactId }) => (conversationId === undefined) !== (contactId === undefined), {
    path: ['contactId'],
    message: 'a call is promised in a conversation or to a person',
  });
export type CallPromise = z.infer<typeof callPromiseSchema>;

/** `POST /api/tasks` → the task. A call by `callPromiseSchema`; of anything else the `title` is all that must be said. */
export const taskCreateSchema = z
  .object({
    id: idSchema,
    kind: z.enum(taskKinds).default('callback'),
    conversationId: idSchema.optional(),
    contactId: idSchema.optional(),
    phone: lineSchema(40).optional(),
    note: proseSchema(4_000).optional(),
    ownerId: idSchema.nullable().default(null),
    ...todoFields,
    messageSeq: z
      .number()
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .optional(),
  })
  .superRefine((wish, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (wish.kind !== 'callback') {
      if (wish.title === undefined) refuse('title', 'must be there');
      if (wish.phone !== undefined) refuse('phone', 'belongs to a call');
      if (wish.recurrence && (wish.dueAt ?? null) === null) refuse('dueAt', 'what comes again is due at some time');
      if (wish.messageSeq !== undefined && wish.conversationId === undefined) refuse('messageSeq', 'stands in a conversation');
      return;
    }
    const { dueAt, note, phone, conversationId, contactId } = wish;
    const call = callPromiseSchema.safeParse({ id: wish.id, dueAt, note, phone, conversationId, contactId, ownerId: wish.ownerId });
    for (const issue of call.error?.issues ?? []) context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
    for (const field of callNever) if ((wish[field] ?? null) !== null) refuse(field, 'belongs to what is no call');
  });
const callNever = ['title', 'teamId', 'priority', 'reminderMinutes', 'recurrence', 'ticketId', 'opportunityId', 'messageSeq'] as const;
export type TaskCreateRequest = z.infer<typeof taskCreateSchema>;

const TASKS_AT_ONCE = 200;

/** `POST /api/tasks/changes`: each as by `PATCH`, one after the other. What cannot be done is told, and stops nothing else. */
export const taskChangesSchema = z.object({
  changes: z
    .array(z.object({ id: idSchema, patch: taskPatchSchema }))
    .min(1)
    .max(TASKS_AT_ONCE),
});
export type TaskChangesRequest = z.infer<typeof taskChangesSchema>;
export const taskChangesReplySchema = z.object({
  items: z.array(taskSchema),
  refused: z.array(z.object({ id: z.string(), code: z.string(), message: z.string(), field: z.string().optional() })),
});
export type TaskChangesReply = z.infer<typeof taskChangesReplySchema>;
