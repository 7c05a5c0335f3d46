import type { Router } from 'express';
import * as z from 'zod';
import { conversationSummarySchema } from '../../shared/conversation.ts';
import { pageSchema } from '../../shared/page.ts';
import {
  savedViewSchema,
  viewCountsSchema,
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
    route(
      app,
      {
        permission,
        summary: "List the caller's saved views of conversations and those that everybody has.",
        reply: pageSchema(savedViewSchema),
      },
      async ({ caller }) => ({ items: await listViews(app, caller), next: null }),
    ),
  );
  router.get(
    '/views/counts',
    route(app, { permission, summary: 'Count how many conversations stand in each view.', reply: viewCountsSchema }, ({ caller }) =>
      counter.count(caller),
    ),
  );
  // Whoever may not set widgets up still knows them by name.
  router.get(
    '/views/inboxes',
    route(
      app,
      {
        permission,
        summary: 'List the inboxes by name, for filters.',
        reply: pageSchema(z.object({ id: z.string(), name: z.string() })),
      },
      async () => ({ items: (await listInboxes(app)).map(({ id, name }) => ({ id, name })), next: null }),
    ),
  );
  router.get(
    '/views/page',
    route(
      app,
      {
        permission,
        query: viewPageQuerySchema,
        summary: 'List the conversations of a view.',
        reply: pageSchema(conversationSummarySchema),
      },
      ({ caller, query }) => listPageOfView(app, caller, query),
    ),
  );
  router.get(
    '/views/ids',
    route(
      app,
      {
        permission,
        query: viewIdsQuerySchema,
        summary: 'List the ids of the conversations of a view, for bulk changes.',
        reply: z.object({ ids: z.array(z.string()), next: z.string().nullable() }),
      },
      ({ caller, query }) => listIdsOfView(app, caller, query),
    ),
  );
  router.post(
    '/views/fitting',
    route(
      app,
      {
        permission,
        body: viewFittingSchema,
        summary: 'Say which of these conversations stand in a view.',
        reply: z.object({ items: z.array(conversationSummarySchema) }),
      },
      async ({ caller, body }) => ({ items: await listFitting(app, caller, body) }),
    ),
  );
  router.post(
    '/views/order',
    route(
      app,
      { permission, body: viewOrderSchema, summary: "Put the caller's views in order.", reply: pageSchema(savedViewSchema) },
      async ({ caller, body }) => ({
        items: await orderViews(app, caller, body.ids),
        next: null,
      }),
    ),
  );
  router.post(
    '/views',
    route(
      app,
      { permission, body: viewCreateSchema, status: 201, summary: 'Save a view; `id` is made by the client.', reply: savedViewSchema },
      ({ caller, body }) => createView(app, caller, body),
    ),
  );
  router.patch(
    '/views/:id',
    route(app, { permission, body: viewPatchSchema, summary: 'Change a saved view.', reply: savedViewSchema }, ({ caller, body, param }) =>
      changeView(app, caller, param('id'), body),
    ),
  );
  router.delete(
    '/views/:id',
    route(app, { permission, summary: 'Remove a saved view.' }, ({ caller, param }) => removeView(app, caller, param('id'))),
  );
}
