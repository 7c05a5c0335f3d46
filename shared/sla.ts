import * as z from 'zod';
import { idSchema } from './id.ts';
import { prioritySchema } from './routing.ts';
import { lineSchema } from './text.ts';

/** Seven days to the minute, as the longest promise. */
const targetMsSchema = z
  .number()
  .int()
  .min(10_000)
  .max(90 * 24 * 60 * 60 * 1_000)
  .nullable();

/** Every condition that is there must hold. */
const slaConditionsSchema = z.object({
  inboxIds: z.array(idSchema).max(100).optional(),
  teamIds: z.array(idSchema).max(100).optional(),
  priorities: z.array(prioritySchema).max(4).optional(),
  lifecycles: z.array(z.string().max(40)).max(10).optional(),
  fields: z
    .array(z.object({ key: z.string().min(1).max(60), value: z.string().max(200) }))
    .max(10)
    .optional(),
});
export type SlaConditions = z.infer<typeof slaConditionsSchema>;

/** What is promised: at the latest after so long. In order, the first policy that fits a conversation counts. */
export const slaRulesSchema = z.object({
  name: lineSchema(80),
  isOn: z.boolean(),
  when: slaConditionsSchema,
  firstResponseMs: targetMsSchema,
  nextResponseMs: targetMsSchema,
  resolutionMs: targetMsSchema,
  /** Counts open time only, by the hours of the conversation's team or inbox. */
  isBusinessTime: z.boolean(),
  /** The agent is warned when so much of the time has passed, 0 to 1. */
  warnAfter: z.number().min(0.1).max(0.99),
});
export type SlaRules = z.infer<typeof slaRulesSchema>;

/** `GET · POST /api/sla-policies`, `PATCH · DELETE /api/sla-policies/:id`. */
export interface SlaPolicy extends SlaRules {
  id: string;
  place: number;
  version: number;
}

export type SlaTarget = 'first-response' | 'next-response' | 'resolution';

/** The clock of a conversation that runs out first. Null in a summary where nothing is promised or all clocks stand still. */
export interface ConversationSla {
  policyId: string;
  target: SlaTarget;
  /** Milliseconds, UTC. */
  warnAt: number;
  dueAt: number;
}
