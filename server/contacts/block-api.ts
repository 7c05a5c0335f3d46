import type { Router } from 'express';
import { blockSchema } from '../../shared/block.ts';
import { contactQuerySchema } from '../../shared/contact.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import type { Blocks } from './blocks.ts';

export function bindBlockRoutes(app: App, router: Router, blocks: Blocks): void {
  router.get(
    '/blocked-visitors',
    route(app, { permission: 'visitors:block', query: contactQuerySchema.omit({ q: true }) }, ({ caller, query }) =>
      blocks.list(caller, query),
    ),
  );
  router.post(
    '/contacts/:id/block',
    route(app, { permission: 'visitors:block', body: blockSchema }, ({ caller, param, body }) =>
      blocks.block(caller, param('id'), body.lasts),
    ),
  );
  router.delete(
    '/contacts/:id/block',
    route(app, { permission: 'visitors:block' }, ({ caller, param }) => blocks.unblock(caller, param('id'))),
  );
}
