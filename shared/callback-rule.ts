import * as z from 'zod';

/** After so many minutes, or when the business opens on a later day. */
const retrySchema = z.union([z.number().int().min(5).max(10_080), z.literal('next-day')]);
export type CallRetry = z.infer<typeof retrySchema>;

/** How calls are promised by one inbox, and what follows when nobody answers. Times are minutes. */
export const callbackRuleSchema = z.object({
  /** A visitor chooses a time out of slots of this length, */
  slotMinutes: z.number().int().min(5).max(240),
  /** each promised to so many at most; null: to everybody who asks, */
  perSlot: z.number().int().min(1).max(1_000).nullable(),
  /** not sooner than this from now, */
  leadMinutes: z.number().int().min(0).max(10_080),
  /** and so many days ahead. */
  daysAhead: z.number().int().min(1).max(30),
  /** Agents are reminded so long before the time; 0: they are not. */
  reminderMinutes: z.number().int().min(0).max(1_440),
  /** When it is tried again, one entry a try; after the last one the call is given up. A moment at which nobody is there moves to the next opening. */
  retries: z.array(retrySchema).max(10),
});
export type CallbackRule = z.infer<typeof callbackRuleSchema>;

export const firstCallbackRule: CallbackRule = {
  slotMinutes: 30,
  perSlot: 4,
  leadMinutes: 30,
  daysAhead: 7,
  reminderMinutes: 5,
  retries: [30, 120, 'next-day'],
};
