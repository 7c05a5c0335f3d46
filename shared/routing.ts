import * as z from 'zod';
import { requireDifferent } from './by-language.ts';
import { idSchema } from './id.ts';
import { lineSchema, proseSchema } from './text.ts';

/** Whoever is more urgent comes first in the queue, and among equals whoever waits longer. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const prioritySchema = z.enum(priorities);
export type Priority = z.infer<typeof prioritySchema>;

const skillSchema = lineSchema(40);

/** Every condition that is there must hold; of the things that one lists, any. A page is an address' beginning or a pattern like invitations have. */
const ruleConditionsSchema = z.object({
  inboxIds: z.array(idSchema).max(100).optional(),
  pages: z.array(z.string().min(1).max(300)).max(20).optional(),
  /** Language tags without a region. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .max(20)
    .optional(),
  /** Of the customer file or the page; compared without regard to case. */
  fields: z
    .array(z.object({ key: z.string().min(1).max(60), value: proseSchema(200) }))
    .max(10)
    .optional(),
  lifecycles: z.array(z.string().max(40)).max(10).optional(),
  isVerified: z.boolean().optional(),
  /** Has had a conversation before. */
  isReturning: z.boolean().optional(),
  hours: z.enum(['open', 'closed']).optional(),
});
export type RuleConditions = z.infer<typeof ruleConditionsSchema>;

const routingRuleSchema = z.object({
  id: z.string().min(1).max(40),
  name: lineSchema(80),
  isOn: z.boolean(),
  when: ruleConditionsSchema,
  /** Null: of no team, anybody may take it. */
  teamId: idSchema.nullable(),
  priority: prioritySchema,
  /** What whoever takes it must be able to. */
  skills: z.array(skillSchema).max(10),
});
export type RoutingRule = z.infer<typeof routingRuleSchema>;

/** How chats of one team (or of none) find their agent. */
const teamRoutingSchema = z.object({
  method: z.enum(['least-busy', 'round-robin']),
  /** Back to the agent of the last conversation, if it ended so many hours ago at most; null: whoever is free. */
  lastAgentHours: z.number().int().min(1).max(8_760).nullable(),
  /** While the last agent is full, the chat waits for it so long before it goes to anybody. */
  lastAgentWaitSeconds: z.number().int().min(0).max(3_600),
  /** Only agents who speak the visitor's language, while any of the team who is here does; otherwise they come first. */
  isLanguageRequired: z.boolean(),
  /** At most so many chats of this team at once with one agent; null: as many as the agent may have. */
  agentMax: z.number().min(1).max(100).nullable(),
  /** Without an answer for so long it goes to somebody else; null: it stays. */
  answerSeconds: z.number().int().min(10).max(3_600).nullable(),
  /** Waiting for so long, other teams' agents may take it too. */
  overflow: z.object({ afterSeconds: z.number().int().min(0).max(86_400), teamId: idSchema }).nullable(),
  /** A call back is offered after so long in the queue, or at once behind so many; null: not. */
  callbackAfterSeconds: z.number().int().min(0).max(86_400).nullable(),
  callbackBehind: z.number().int().min(1).max(10_000).nullable(),
});
export type TeamRouting = z.infer<typeof teamRoutingSchema>;

export const firstTeamRouting: TeamRouting = {
  method: 'least-busy',
  lastAgentHours: 72,
  lastAgentWaitSeconds: 30,
  isLanguageRequired: false,
  agentMax: null,
  answerSeconds: 60,
  overflow: null,
  callbackAfterSeconds: 180,
  callbackBehind: null,
};

/** `automatic`: chats are handed out. `both`: agents may pick besides. `pick`: they wait until an agent takes them. */
const handingSchema = z.enum(['automatic', 'both', 'pick']);
export type Handing = z.infer<typeof handingSchema>;

export const routingRulesSchema = z.object({
  /** By the id of the inbox; `pick` where it is not named. */
  inboxes: z.record(idSchema, handingSchema),
  /** In order: the first that fits decides. What fits none is of no team, of normal priority. */
  rules: z.array(routingRuleSchema).max(200).superRefine(requireDifferent('id')),
  /** By the id of the team. */
  teams: z.record(idSchema, teamRoutingSchema),
  /** Of chats of no team, and of teams that are not named. */
  otherwise: teamRoutingSchema,
  /** Chats at once with one agent who has no number of its own. */
  capacity: z.number().int().min(1).max(100),
  /** What a chat counts while it waits for the customer: 0 nothing, 1 as much as any. */
  waitingCounts: z.number().min(0).max(1),
  /** An agent whose window has not been heard of for so long is gone: what it has is handed out anew. */
  graceSeconds: z.number().int().min(5).max(3_600),
});
export type RoutingRules = z.infer<typeof routingRulesSchema>;

/** Until somebody says otherwise: nothing is handed out. */
export const firstRoutingRules: RoutingRules = {
  inboxes: {},
  rules: [],
  teams: {},
  otherwise: firstTeamRouting,
  capacity: 5,
  waitingCounts: 1,
  graceSeconds: 60,
};

/** `GET · PUT /api/routing`. `version` counts the changes; a PUT with an old one is `conflict`. */
export const routingSettingsSchema = z.object({
  ...routingRulesSchema.shape,
  version: z.number(),
});
export type RoutingSettings = z.infer<typeof routingSettingsSchema>;
export const routingPutSchema = routingRulesSchema.extend({ version: z.number().int().min(0) });
export type RoutingPut = z.infer<typeof routingPutSchema>;

/** `PUT /api/routing/agents/:id`: what it does not name stays. `capacity` null: as `RoutingRules.capacity` says. */
export const agentRoutingReplySchema = z.object({
  agentId: z.string(),
  capacity: z.number().nullable(),
  skills: z.array(z.string()),
});
export type AgentRouting = z.infer<typeof agentRoutingReplySchema>;

/** `GET /api/routing/agents`: everybody for those who manage agents or settings, for anybody else oneself. */
export const agentRoutingsSchema = z.object({
  items: z.array(agentRoutingReplySchema),
  /** As in `RoutingRules`. */
  capacity: z.number(),
  waitingCounts: z.number(),
  inboxes: routingRulesSchema.shape.inboxes,
});
export type AgentRoutings = z.infer<typeof agentRoutingsSchema>;
export const agentRoutingSchema = z
  .object({ capacity: z.number().int().min(0).max(100).nullable(), skills: z.array(skillSchema).max(30) })
  .partial();
export type AgentRoutingPut = z.infer<typeof agentRoutingSchema>;

/** `routing:changed`: to everybody what counts for everybody, to one agent (`own`) its own number. */
export interface RoutingChange extends Partial<Pick<AgentRoutings, 'capacity' | 'inboxes'>> {
  own?: number | null;
}

/** Why somebody was chosen, or not: in the order in which it was thought. Names are those of the moment. */
export const reasonSchema = z.union([
  z.object({
    code: z.literal('rule'),
    name: z.string(),
  }),
  z.object({
    code: z.literal('no-rule'),
  }),
  z.object({
    code: z.literal('team'),
    name: z.string(),
  }),
  z.object({
    code: z.literal('priority'),
    priority: prioritySchema,
  }),
  z.object({
    code: z.literal('language'),
    language: z.string(),
    isSpoken: z.boolean(),
  }),
  z.object({
    code: z.literal('skill'),
    skill: z.string(),
    isHeld: z.boolean(),
  }),
  z.object({
    code: z.enum(['last-agent', 'owner']),
    name: z.string(),
    state: z.enum(['chosen', 'away', 'full', 'gone', 'too-long-ago']),
  }),
  z.object({
    code: z.literal('load'),
    name: z.string(),
    load: z.number(),
    capacity: z.number(),
  }),
  z.object({
    code: z.enum(['least-busy', 'round-robin']),
    among: z.number(),
  }),
  z.object({
    code: z.literal('no-answer'),
    name: z.string(),
    seconds: z.number(),
  }),
  z.object({
    code: z.literal('agent-gone'),
    name: z.string(),
  }),
  z.object({
    code: z.literal('overflow'),
    name: z.string(),
    waitedMs: z.number(),
  }),
  z.object({
    code: z.literal('picked'),
    name: z.string(),
  }),
  z.object({
    code: z.literal('nobody'),
    state: z.enum(['offline', 'full', 'unskilled', 'closed']),
  }),
]);
export type Reason = z.infer<typeof reasonSchema>;

/** `POST /api/routing/simulate`: this visitor at this moment. Nothing is stored or told. */
export const routingSimulateSchema = z.object({
  inboxId: idSchema,
  page: z.string().max(2_000).optional(),
  language: z.string().max(40).optional(),
  fields: z.record(z.string().max(60), z.string().max(200)).optional(),
  contactId: idSchema.optional(),
  /** Milliseconds; now without it. Hours are those of the moment; who is here and how busy is as it is now. */
  at: z.number().int().optional(),
  /** Instead of what was saved, to try out before saving. */
  rules: routingRulesSchema.optional(),
});
export type RoutingSimulateRequest = z.infer<typeof routingSimulateSchema>;

export const simulatedPathSchema = z.object({
  ruleId: z.string().nullable(),
  teamId: z.string().nullable(),
  priority: prioritySchema,
  isOpen: z.boolean(),
  opensAt: z.number().nullable(),
  outcome: z.enum(['assigned', 'queued', 'picked-by-agents', 'closed', 'nobody']),
  agentId: z.string().nullable(),
  /** Place in the queue that it would have, when queued. */
  place: z.number().nullable(),
  expectedWaitMs: z.number().nullable(),
  reasons: z.array(reasonSchema),
  /** Everybody of the team, the chosen one first, each with what was thought of it. */
  candidates: z.array(
    z.object({
      agentId: z.string(),
      name: z.string(),
      isFit: z.boolean(),
      load: z.number(),
      capacity: z.number(),
      reasons: z.array(reasonSchema),
    }),
  ),
  /** What happens after it, as settings say: re-route, overflow, offer of a call. */
  // biome-ignore lint/suspicious/noThenProperty: this name is on the wire, and nobody awaits a schema
  then: z.array(
    z.object({
      code: z.enum(['reroute', 'overflow', 'callback']),
      afterSeconds: z.number(),
      name: z.string().nullable(),
    }),
  ),
});
export type SimulatedPath = z.infer<typeof simulatedPathSchema>;

/** `conversation:pick`: this one, or without an id the first in the queue that the agent may take. Reply `{ conversation: … | null }`. */
export const conversationPickSchema = z.object({ conversationId: idSchema.optional() });
export type ConversationPickRequest = z.infer<typeof conversationPickSchema>;
