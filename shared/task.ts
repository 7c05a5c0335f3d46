import * as z from 'zod';
import { idSchema } from './id.ts';
import { lineSchema, proseSchema } from './text.ts';
import { timeZoneSchema } from './time-zone.ts';

export const taskKindSchema = z.literal('callback');
export type TaskKind = z.infer<typeof taskKindSchema>;
export const taskStatusSchema = z.enum(['open', 'done']);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** What came of a call. After `no-answer` it is tried again, as the inbox's rule says. */
export const callOutcomes = ['reached', 'no-answer', 'wrong-number'] as const;
export const callOutcomeSchema = z.enum(callOutcomes);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;
/** How a call ended that somebody marks as done. */
export const doneOutcomes = [...callOutcomes, 'not-needed'] as const;
export type DoneOutcome = (typeof doneOutcomes)[number];

/** One try to reach somebody; while the agent is calling `endedAt` and `outcome` are null. Ended without an outcome, nobody has said what came of it. */
export const taskAttemptReplySchema = z.object({
  id: z.string(),
  agent: z.object({
    id: z.string(),
    name: z.string(),
  }),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  outcome: callOutcomeSchema.nullable(),
  note: z.string().nullable(),
  /** When it is tried again; null: no more. */
  nextAt: z.number().nullable(),
});
export type TaskAttempt = z.infer<typeof taskAttemptReplySchema>;

/** Something promised to a customer, with the time by which it is due. */
export const taskSchema = z.object({
  id: z.string(),
  kind: taskKindSchema,
  contact: z.object({
    id: z.string(),
    name: z.string().nullable(),
  }),
  conversationId: z.string().nullable(),
  /** E.164; empty once the person's details were erased. */
  phone: z.string(),
  /** Who reads this may not see how to reach the person: of `phone` only the end is told, and not what the notes say. */
  isMasked: z.literal(true).optional(),
  dueAt: z.number(),
  note: z.string().nullable(),
  ownerId: z.string().nullable(),
  status: taskStatusSchema,
  /** How it ended, when somebody said so: a `DoneOutcome`, `cancelled` by the visitor, or `erased`. */
  outcome: z.string().nullable(),
  createdAt: z.number(),
  doneAt: z.number().nullable(),
  /** The visitor keeps its place in the queue: it is called when somebody gets the conversation, at `dueAt` at the latest. */
  awaitsTurn: z.boolean(),
  /** When it rang last, if it did; a later ring is another moment. */
  rangAt: z.number().nullable(),
  /** Who is on the phone with it just now: nobody else calls meanwhile. */
  calling: z
    .object({
      attemptId: z.string(),
      agentId: z.string(),
      name: z.string(),
      since: z.number(),
    })
    .nullable(),
  /** The first try first; of very many the last ones. */
  attempts: z.array(taskAttemptReplySchema),
});
export type Task = z.infer<typeof taskSchema>;

/** `task:due`: a call is due now, or soon (`isReminder`). Told to its owner; without one who is here, to those who may take it. */
export interface DueTask extends Task {
  isReminder?: true;
}

/** `overdue` counts the open ones whose time has passed, `due` those of them that are this agent's, nobody's, or of somebody who is not online. Counted up to 10,000. */
export const taskPageSchema = z.object({
  items: z.array(taskSchema),
  next: z.string().nullable(),
  open: z.number(),
  overdue: z.number(),
  due: z.number(),
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
  status: z.enum(['open', 'done']).default('open'),
  contactId: idSchema.optional(),
  owner: z.enum(['me', 'nobody']).optional(),
  /** Of the open ones: `ringing` have rung and nobody is calling: this agent's, nobody's, and those of agents who are not online; `calling`: those that this agent is calling. */
  due: z.enum(['overdue', 'upcoming', 'ringing', 'calling']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

/**
 * `PATCH /api/tasks/:id`. `dueAt` moves the call, and its visitor is told; `ringAt` lets it ring again then, and makes a call of nobody's
 * the agent's own. `outcome` says how a call ended that is `done`. `conflict` (field `calling`) while
 * somebody else is calling.
 */
export const taskPatchSchema = z
  .object({
    status: z.enum(['open', 'done']).optional(),
    outcome: z.enum(doneOutcomes).optional(),
    ownerId: idSchema.nullable().optional(),
    dueAt: momentSchema.optional(),
    ringAt: momentSchema.optional(),
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
