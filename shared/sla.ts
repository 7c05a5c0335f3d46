import * as z from 'zod';
import { idSchema } from './id.ts';
import { prioritySchema } from './routing.ts';
import { lineSchema } from './text.ts';

/** Ten seconds at least, ninety days at most. */
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
  /** Of tickets, with those below them; no chat has one. */
  ticketCategoryIds: z.array(idSchema).max(100).optional(),
  fields: z
    .array(z.object({ key: z.string().min(1).max(60), value: z.string().max(200) }))
    .max(10)
    .optional(),
});
export type SlaConditions = z.infer<typeof slaConditionsSchema>;

/** What a policy can be for. */
export const slaSubjects = ['chats', 'tickets'] as const;
export type SlaSubject = (typeof slaSubjects)[number];

/** What is promised: at the latest after so long. In order, the first policy that fits a conversation, or a ticket, counts. */
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
  /** For chats where nothing is said. Of tickets the next response is not promised. */
  appliesTo: z.array(z.enum(slaSubjects)).min(1).max(2).optional(),
});
export type SlaRules = z.infer<typeof slaRulesSchema>;

/** `GET · POST /api/sla-policies`, `PATCH · DELETE /api/sla-policies/:id`. */
export const slaPolicySchema = z.object({
  ...slaRulesSchema.shape,
  id: z.string(),
  place: z.number(),
  version: z.number(),
});
export type SlaPolicy = z.infer<typeof slaPolicySchema>;

export const slaTargets = ['first-response', 'next-response', 'resolution'] as const;
export const slaTargetSchema = z.enum(slaTargets);
export type SlaTarget = z.infer<typeof slaTargetSchema>;

/** The most policies there can be. */
export const SLA_POLICIES_MAX = 100;

const promisesSomething = (rules: Partial<SlaRules>) =>
  [rules.firstResponseMs, rules.nextResponseMs, rules.resolutionMs].some((ms) => ms !== null && ms !== undefined);

/** `POST /api/sla-policies`. The client makes the id; the same request again finds the first one. It comes behind the others. */
export const slaPolicyCreateSchema = slaRulesSchema
  .extend({ id: idSchema })
  .refine(promisesSomething, { path: ['firstResponseMs'], message: 'must promise something' });
export type SlaPolicyCreate = z.infer<typeof slaPolicyCreateSchema>;

/** With the `version` that was looked at; `conflict` if somebody has saved another one since. */
export const slaPolicyPatchSchema = slaRulesSchema.partial().extend({ version: z.number().int().min(1) });
export type SlaPolicyPatch = z.infer<typeof slaPolicyPatchSchema>;

/** `POST /api/sla-policies/order`: they stand in this order from now on; what is not named comes behind. */
export const slaOrderSchema = z.object({ ids: z.array(idSchema).max(SLA_POLICIES_MAX) });

/** `POST /api/sla-policies/preview`: for a conversation that begins at this moment, now without it. The policy need not be saved. */
export const slaPreviewSchema = z.object({
  rules: slaRulesSchema,
  inboxId: idSchema,
  teamId: idSchema.nullable().default(null),
  at: z.number().int().min(0).max(8_640_000_000_000_000).optional(),
});
export type SlaPreviewRequest = z.infer<typeof slaPreviewSchema>;

/** `isOpen`: whether the business is open at that moment. The moments are null where the hours end before. */
export const slaPreviewReplySchema = z.object({
  at: z.number(),
  isOpen: z.boolean(),
  opensAt: z.number().nullable(),
  clocks: z.array(
    z.object({
      target: slaTargetSchema,
      warnAt: z.number().nullable(),
      dueAt: z.number().nullable(),
    }),
  ),
});
export type SlaPreview = z.infer<typeof slaPreviewReplySchema>;

/** `GET /api/sla-breaches`, latest first: promises that were not kept, of conversations and tickets that one may see. */
export const slaBreachSchema = z.object({
  id: z.string(),
  /** Null: it was a promise of the ticket. */
  conversationId: z.string().nullable(),
  ticket: z.object({ id: z.string(), number: z.number(), subject: z.string() }).nullable(),
  /** A ticket may be nobody's. */
  contact: z
    .object({
      id: z.string(),
      name: z.string().nullable(),
    })
    .nullable(),
  policyId: z.string(),
  target: slaTargetSchema,
  startedAt: z.number(),
  dueAt: z.number(),
  /** Both null while it is late. By how much is told in the time of its policy. */
  endedAt: z.number().nullable(),
  lateMs: z.number().nullable(),
  inboxId: z.string().nullable(),
  teamId: z.string().nullable(),
  assigneeId: z.string().nullable(),
});
export type SlaBreach = z.infer<typeof slaBreachSchema>;
const momentSchema = z.coerce.number().pipe(z.number().int().min(0).max(8_640_000_000_000_000));
export const slaBreachQuerySchema = z.object({
  /** Those of chats alone, or of tickets; without it of both. */
  of: z.enum(slaSubjects).optional(),
  since: momentSchema.optional(),
  until: momentSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type SlaBreachQuery = z.infer<typeof slaBreachQuerySchema>;

/** What a notice of kind `sla-warning` or `sla-breach` is about. */
export const noticeSlaSchema = z.object({
  target: slaTargetSchema,
  dueAt: z.number(),
});
export type NoticeSla = z.infer<typeof noticeSlaSchema>;

/** The clock of a conversation that runs out first. Null in a summary where nothing is promised or all clocks stand still. */
export const conversationSlaSchema = z.object({
  policyId: z.string(),
  target: slaTargetSchema,
  /** Milliseconds, UTC. */
  warnAt: z.number(),
  dueAt: z.number(),
});
export type ConversationSla = z.infer<typeof conversationSlaSchema>;
