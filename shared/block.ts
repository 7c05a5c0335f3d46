import * as z from 'zod';
import { contactSchema } from './contact.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long a person can be blocked; null: until somebody takes it back. */
export const blockLengths = { day: DAY_MS, week: 7 * DAY_MS, forever: null } as const;
export type BlockLength = keyof typeof blockLengths;

/** `POST /api/contacts/:id/block`; `DELETE` takes it back. */
export const blockSchema = z.object({ lasts: z.enum(['day', 'week', 'forever']) });

/** `GET /api/blocked-visitors`: `items`, the latest first. */
export const blockedContactSchema = z.object({
  contact: contactSchema,
  by: z.string().nullable(),
});
export type BlockedContact = z.infer<typeof blockedContactSchema>;
