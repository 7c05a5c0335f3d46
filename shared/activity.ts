import * as z from 'zod';
import { emailSchema } from './contact.ts';
import { idSchema } from './id.ts';
import { lineSchema, proseSchema } from './text.ts';
import { timelineItemSchema } from './timeline.ts';

/** What agents write into a customer file by hand. */
export const loggedKinds = ['note', 'call', 'meeting', 'email', 'letter', 'fax'] as const;
const loggedKindSchema = z.enum(loggedKinds);
export type LoggedKind = (typeof loggedKinds)[number];

export const directions = ['in', 'out'] as const;
export type Direction = (typeof directions)[number];
export const callResults = ['reached', 'no-answer', 'busy', 'voicemail', 'wrong-number'] as const;
export type CallResult = (typeof callResults)[number];

/** Of one item; the timeline's pages hold the first part of longer ones. */
export const ACTIVITY_TEXT_MAX = 20_000;
export const ACTIVITY_PREVIEW_MAX = 2_000;
export const ACTIVITY_TITLE_MAX = 300;

const momentSchema = z.number().int().positive().max(8_640_000_000_000_000);
const contentSchema = {
  at: momentSchema.optional(),
  title: lineSchema(ACTIVITY_TITLE_MAX).nullable().optional(),
  text: proseSchema(ACTIVITY_TEXT_MAX).nullable().optional(),
  direction: z.enum(directions).nullable().optional(),
  outcome: z.enum(callResults).nullable().optional(),
  durationMs: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60 * 60 * 1_000)
    .nullable()
    .optional(),
};

/** `POST /api/contacts/:id/activities`. `id` is made by the client: a repeated request finds the first one. Without `at` it is now. */
export const activityCreateSchema = z.object({ id: idSchema, kind: loggedKindSchema, ...contentSchema });
export type ActivityCreateRequest = z.infer<typeof activityCreateSchema>;

/** `PATCH /api/activities/:id`. With `expectedUpdatedAt`: `stale` where somebody has changed it since. */
export const activityPatchSchema = z.object({ ...contentSchema, expectedUpdatedAt: momentSchema.optional() });
export type ActivityPatch = z.infer<typeof activityPatchSchema>;

/** `POST /api/contacts/:id/mails`: sent to one of the person's own addresses. `answersId`: the mail that it answers. */
export const mailSendSchema = z.object({
  id: idSchema,
  to: emailSchema,
  subject: lineSchema(ACTIVITY_TITLE_MAX),
  text: proseSchema(ACTIVITY_TEXT_MAX).refine((text) => text.trim() !== '', 'must not be empty'),
  answersId: idSchema.optional(),
});
export type MailSendRequest = z.infer<typeof mailSendSchema>;

/** One item in whole: what its page of the timeline holds, with all of the text and what a mail quotes. */
export const activitySchema = timelineItemSchema.extend({ contactId: idSchema, quoted: z.string().nullable(), updatedAt: z.number() });
export type Activity = z.infer<typeof activitySchema>;

/** `GET /api/mail-ways`: whether mails can be sent from here at all, and whether answers come back into the file. */
export const mailWaysSchema = z.object({ canSend: z.boolean(), takesAnswers: z.boolean() });
export type MailWays = z.infer<typeof mailWaysSchema>;
