import type { Router } from 'express';
import { deflectedQuerySchema, deflectionQuerySchema } from '../../shared/deflection.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { listDeflected, readDeflection } from './deflections.ts';

const permission = 'reports:view';

export function bindDeflectionRoutes(app: App, router: Router): void {
  router.get(
    '/bot/deflection',
    route(app, { permission, query: deflectionQuerySchema }, ({ caller, query }) => readDeflection(app, caller, query)),
  );
  router.get(
    '/bot/deflection/conversations',
    route(app, { permission, query: deflectedQuerySchema }, ({ caller, query }) => listDeflected(app, caller, query)),
  );
}
