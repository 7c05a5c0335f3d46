import * as z from 'zod';
import { lineSchema, proseSchema } from './text.ts';

const noticeSchema = z.object({
  /** A sound, and a notice of the browser's, for each kind of event. */
  sound: z.boolean(),
  desktop: z.boolean(),
  /** Whether it counts in the title of the browser's tab. */
  badge: z.boolean().default(true),
});

/** Of what an agent wants to be told, and how. */
export const notificationsSchema = z.object({
  /** A message in a conversation of mine. */
  mine: noticeSchema,
  /** Somebody waits whom nobody has taken. */
  waiting: noticeSchema,
  /** A colleague hands a conversation to me. */
  assigned: noticeSchema,
  /** A colleague names me, or whispers. What is absent stays as it is. */
  mentioned: noticeSchema.optional(),
  /** A promised call is due. */
  called: noticeSchema.optional(),
  /** A promise to a customer is about to be broken, or was. What is absent stays as it is. */
  late: noticeSchema.optional(),
  /** Neither sound nor notice while I am away. */
  isQuietWhileAway: z.boolean().optional(),
});
export type Notifications = Required<z.infer<typeof notificationsSchema>>;
export type NoticeKind = Exclude<keyof Notifications, 'isQuietWhileAway'>;

/** What an agent says of itself. `languages` are BCP 47 tags, the best-spoken first. */
export const profileSchema = z.object({
  languages: z.array(z.string()).readonly(),
  signature: z.string(),
  notifications: notificationsSchema.required(),
  /** Wants no suggestions above the composer. */
  isAdviceHidden: z.boolean(),
});
export type Profile = z.infer<typeof profileSchema>;

/** `PATCH /api/profile`. What is absent stays as it is. */
export const profilePatchSchema = z.object({
  name: lineSchema(120).optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag like he'))
    .max(20)
    .optional(),
  signature: proseSchema(500).optional(),
  notifications: notificationsSchema.optional(),
  isAdviceHidden: z.boolean().optional(),
});
export type ProfilePatch = z.infer<typeof profilePatchSchema>;
