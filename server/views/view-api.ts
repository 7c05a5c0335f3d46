import type { Router } from 'express';
import {
  viewCreateSchema,
  viewFittingSchema,
  viewIdsQuerySchema,
  viewOrderSchema,
  viewPageQuerySchema,
  viewPatchSchema,
} from '../../shared/view.ts';
import type { App } from '../app.ts';
import { listInboxes } from '../settings/inboxes.ts';
import { route } from '../transport/route.ts';
import { changeView, createView, listViews, orderViews, removeView } from './saved-views.ts';
import { ViewCounter } from './view-counts.ts';
import { listFitting, listIdsOfView, listPageOfView } from './view-pages.ts';

export function bindViewRoutes(app: App, router: Router): void {
  const permission = 'conversations:view-own';
  const counter = new ViewCounter(app);
  router.get(
    '/views',
    route(app, { permission }, async ({ caller }) => ({ items: await listViews(app, caller), next: null })),
  );
  router.get(
    '/views/counts',
    route(app, { permission }, ({ caller }) => counter.count(caller)),
  );
  // Whoever may not set widgets up still knows them by name.
  router.get(
    '/views/inboxes',
    route(app, { permission }, async () => ({ items: (await listInboxes(app)).map(({ id, name }) => ({ id, name })) })),
  );
  router.get(
    '/views/page',
    route(app, { permission, query: viewPageQuerySchema }, ({ caller, query }) => listPageOfView(app, caller, query)),
  );
  router.get(
    '/views/ids',
    route(app, { permission, query: viewIdsQuerySchema }, ({ caller, query }) => listIdsOfView(app, caller, query)),
  );
  router.post(
    '/views/fitting',
    route(app, { permission, body: viewFittingSchema }, async ({ caller, body }) => ({ items: await listFitting(app, caller, body) })),
  );
  router.post(
    '/views/order',
    route(app, { permission, body: viewOrderSchema }, async ({ caller, body }) => ({
      items: await orderViews(app, caller, body.ids),
      next: null,
    })),
  );
  router.post(
    '/views',
    route(app, { permission, body: viewCreateSchema, status: 201 }, ({ caller, body }) => createView(app, caller, body)),
  );
  router.patch(
    '/views/:id',
    route(app, { permission, body: viewPatchSchema }, ({ caller, body, param }) => changeView(app, caller, param('id'), body)),
  );
  router.delete(
    '/views/:id',
    route(app, { permission }, ({ caller, param }) => removeView(app, caller, param('id'))),
  );
}
