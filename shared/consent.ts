import * as z from 'zod';
import { idSchema } from './id.ts';
import { proseSchema } from './text.ts';

/** To what: that the data is kept, and to be written to or called for the business's own ends. */
export const consentKinds = ['data', 'email', 'sms', 'calls'] as const;
export type ConsentKind = (typeof consentKinds)[number];
/** `form`: in the chat's own form; the rest is what an agent or a program has written down. */
export const consentWays = ['form', 'chat', 'phone', 'email', 'paper', 'person', 'site'] as const;
export type ConsentWay = (typeof consentWays)[number];

/** A record that stays: to take consent back is another record. The last one of a kind is what holds. */
export const consentSchema = z.object({
  id: idSchema,
  kind: z.enum(consentKinds),
  isGiven: z.boolean(),
  /** The words that were agreed to. */
  text: z.string().nullable(),
  how: z.enum(consentWays),
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  at: z.number(),
});
export type Consent = z.infer<typeof consentSchema>;

export const consentDraftSchema = z.object({
  id: idSchema,
  kind: z.enum(consentKinds),
  isGiven: z.boolean(),
  text: proseSchema(1_000).nullable().default(null),
  how: z.enum(consentWays).exclude(['form']),
  /** When it was said; now, where nothing is told. */
  at: z.number().int().min(0).max(8_640_000_000_000_000).optional(),
});
export type ConsentDraft = z.infer<typeof consentDraftSchema>;
