import * as z from 'zod';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';

/** Of one visitor; older ones are forgotten. */
export const TRACKED_EVENTS_KEPT = 100;

const propertiesSchema = z
  .record(lineSchema(60), lineSchema(200))
  .refine((properties) => Object.keys(properties).length <= 10, 'at most 10 properties');

/** Something that a visitor did on the site, as the site's `Kesher.track` tells it: a claim, for agents to look at. */
export const trackedEventSchema = z.object({
  /** The client makes it, so that a retry is noted once. */
  id: idSchema,
  name: lineSchema(60),
  properties: propertiesSchema.default({}),
  /** How long before the request it happened, in milliseconds: visitors' clocks are not to be trusted. */
  agoMs: z
    .number()
    .int()
    .min(0)
    .max(24 * 60 * 60 * 1_000)
    .default(0),
});
export type TrackedEventRequest = z.input<typeof trackedEventSchema>;

/** As agents see it. */
export const trackedEventReplySchema = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.record(z.string(), z.string()),
  /** Milliseconds since the epoch, UTC. */
  at: z.number(),
});
export type TrackedEvent = z.infer<typeof trackedEventReplySchema>;
