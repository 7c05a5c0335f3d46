import type { Router } from 'express';
import { deflectedConversationSchema, deflectedQuerySchema, deflectionQuerySchema, deflectionSchema } from '../../shared/deflection.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { listDeflected, readDeflection } from './deflections.ts';

const permission = 'reports:view';

export function bindDeflectionRoutes(app: App, router: Router): void {
  router.get(
    '/bot/deflection',
    route(
      app,
      {
        permission,
        query: deflectionQuerySchema,
        summary: 'Count how many conversations ended with the bot alone, in a span of time.',
        reply: deflectionSchema,
      },
      ({ caller, query }) => readDeflection(app, caller, query),
    ),
  );
  router.get(
    '/bot/deflection/conversations',
    route(
      app,
      {
        permission,
        query: deflectedQuerySchema,
        summary: 'List the conversations behind those numbers.',
        reply: pageSchema(deflectedConversationSchema),
      },
      ({ caller, query }) => listDeflected(app, caller, query),
    ),
  );
}
