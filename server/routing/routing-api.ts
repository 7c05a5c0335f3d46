import type { Router } from 'express';
import {
  agentRoutingReplySchema,
  agentRoutingSchema,
  agentRoutingsSchema,
  routingPutSchema,
  routingSettingsSchema,
  routingSimulateSchema,
  simulatedPathSchema,
} from '../../shared/routing.ts';
import type { App } from '../app.ts';
import type { QueueBoard } from '../conversations/queue-board.ts';
import { route } from '../transport/route.ts';
import { changeAgentRouting, changeRouting, listAgentRoutings, readRouting } from './routing-settings.ts';
import { simulateRouting } from './simulation.ts';

export function bindRoutingRoutes(app: App, router: Router, queue: QueueBoard): void {
  const permission = 'settings:manage';
  const startedAt = app.now();
  router.get(
    '/routing',
    route(app, { permission, summary: 'Show how conversations are handed out.', reply: routingSettingsSchema }, () =>
      readRouting(app.storage.db),
    ),
  );
  router.put(
    '/routing',
    route(
      app,
      { permission, body: routingPutSchema, summary: 'Change how conversations are handed out.', reply: routingSettingsSchema },
      ({ body }) => changeRouting(app, body),
    ),
  );
  router.post(
    '/routing/simulate',
    route(
      app,
      {
        permission,
        body: routingSimulateSchema,
        summary: 'Preview to whom a conversation would go now, and why; nothing is handed out.',
        reply: simulatedPathSchema,
      },
      async ({ body }) => {
        const { graceSeconds } = await readRouting(app.storage.db);
        return simulateRouting(app, { queue, reach: { now: app.now(), startedAt, graceMs: graceSeconds * 1_000 } }, body);
      },
    ),
  );
  router.get(
    '/routing/agents',
    route(
      app,
      { permission: null, summary: 'List what each agent takes: capacity, skills, languages.', reply: agentRoutingsSchema },
      ({ caller }) => listAgentRoutings(app, caller),
    ),
  );
  router.put(
    '/routing/agents/:id',
    route(
      app,
      {
        permission: ['agents:manage', 'settings:manage'],
        body: agentRoutingSchema,
        summary: 'Change what an agent takes.',
        reply: agentRoutingReplySchema,
      },
      ({ body, param }) => changeAgentRouting(app, { id: param('id'), ...body }),
    ),
  );
}
