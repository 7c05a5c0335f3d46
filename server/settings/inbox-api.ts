import type { Router } from 'express';
import { inboxCreateSchema, inboxPatchSchema, inboxSchema, widgetSettingsSchema } from '../../shared/inbox.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { openRoute, route } from '../transport/route.ts';
import { changeInbox, createInbox, getWidgetSettings, listInboxes, removeInbox } from './inboxes.ts';

/** What else goes with an inbox that is deleted: rows in the same transaction, then connections. */
type ForgetVisitors = (trx: Transaction, inboxId: string) => Promise<string[]>;

export function bindInboxRoutes(app: App, router: Router, forgetVisitors: ForgetVisitors): void {
  router.get(
    '/widget/:inboxKey',
    openRoute(
      { permission: null, isFor: 'anybody', summary: 'Show the public settings of a widget.', reply: widgetSettingsSchema },
      (request, response) => {
        // Any site may read it, without credentials; Express answers `If-None-Match` with 304 by the ETag it computes.
        response.set({
          'Access-Control-Allow-Origin': '*',
          'Cross-Origin-Resource-Policy': 'cross-origin',
          'Cache-Control': 'public, max-age=60',
        });
        return getWidgetSettings(app, String(request.params.inboxKey));
      },
    ),
  );
  router.get(
    '/inboxes',
    route(
      app,
      { permission: 'settings:manage', summary: 'List the inboxes with their settings.', reply: pageSchema(inboxSchema) },
      async () => ({ items: await listInboxes(app), next: null }),
    ),
  );
  router.patch(
    '/inboxes/:id',
    route(
      app,
      { permission: 'settings:manage', isSecret: true, body: inboxPatchSchema, summary: 'Change an inbox.', reply: inboxSchema },
      ({ param, body }) => changeInbox(app, param('id'), body),
    ),
  );
  router.post(
    '/inboxes',
    route(
      app,
      {
        permission: 'settings:manage',
        isSecret: true,
        body: inboxCreateSchema,
        status: 201,
        summary: 'Make an inbox.',
        reply: inboxSchema,
      },
      ({ body }) => createInbox(app, body.name),
    ),
  );
  router.delete(
    '/inboxes/:id',
    route(app, { permission: 'settings:manage', summary: 'Remove an inbox in which nobody has written.' }, async ({ param }) => {
      const id = param('id');
      let visitorIds: string[] = [];
      await removeInbox(app, id, async (trx) => {
        visitorIds = await forgetVisitors(trx, id);
      });
      app.broadcast.disconnectVisitors(visitorIds);
    }),
  );
}
