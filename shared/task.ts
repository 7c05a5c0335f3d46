import * as z from 'zod';
import { idSchema } from './id.ts';
import { lineSchema, proseSchema } from './text.ts';

export type TaskKind = 'callback';
export type TaskStatus = 'open' | 'done';

/** Something promised to a customer, with the time by which it is due. */
export interface Task {
  id: string;
  kind: TaskKind;
  contact: { id: string; name: string | null };
  conversationId: string | null;
  /** E.164; empty once the person's details were erased. */
  phone: string;
  /** Who reads this may not see how to reach the person: of `phone` only the end is told, and not what the note says. */
  isMasked?: true;
  dueAt: number;
  note: string | null;
  ownerId: string | null;
  status: TaskStatus;
  /** How it ended, when somebody said so. */
  outcome: string | null;
  createdAt: number;
  doneAt: number | null;
}

/** `overdue` counts the open ones whose time has passed. */
export interface TaskPage {
  items: Task[];
  next: string | null;
  open: number;
  overdue: number;
}

/** How far ahead a call can be asked for. */
export const CALLBACK_AHEAD_MS = 30 * 24 * 60 * 60 * 1_000;

/** Without `at` as soon as possible. `id` is made by the client: a repeated request finds the first task. */
export const callbackRequestSchema = z.object({
  id: idSchema,
  phone: lineSchema(40),
  at: z.number().int().positive().max(8_640_000_000_000_000).optional(),
  note: proseSchema(1_000).optional(),
  /** Where the visitor's browser seems to be at home (ISO 3166): a number without a country code is read there first. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
});
export type CallbackRequest = z.infer<typeof callbackRequestSchema>;

export const taskQuerySchema = z.object({
  status: z.enum(['open', 'done']).default('open'),
  contactId: idSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

/** `PATCH /api/tasks/:id`. */
export const taskPatchSchema = z.object({
  status: z.enum(['open', 'done']).optional(),
  ownerId: idSchema.nullable().optional(),
});
export type TaskPatch = z.infer<typeof taskPatchSchema>;
