import type { Router } from 'express';
import { blockedContactSchema, blockSchema } from '../../shared/block.ts';
import { contactQuerySchema, contactSchema } from '../../shared/contact.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import type { Blocks } from './blocks.ts';

export function bindBlockRoutes(app: App, router: Router, blocks: Blocks): void {
  router.get(
    '/blocked-visitors',
    route(
      app,
      {
        permission: 'visitors:block',
        query: contactQuerySchema.omit({ q: true }),
        summary: 'List whom agents have blocked.',
        reply: pageSchema(blockedContactSchema),
      },
      ({ caller, query }) => blocks.list(caller, query),
    ),
  );
  router.post(
    '/contacts/:id/block',
    route(
      app,
      {
        permission: 'visitors:block',
        body: blockSchema,
        summary: 'Refuse what a person writes, for a time or for good.',
        reply: contactSchema,
      },
      ({ caller, param, body }) => blocks.block(caller, param('id'), body.lasts),
    ),
  );
  router.delete(
    '/contacts/:id/block',
    route(app, { permission: 'visitors:block', summary: 'Let a blocked person write again.', reply: contactSchema }, ({ caller, param }) =>
      blocks.unblock(caller, param('id')),
    ),
  );
}
