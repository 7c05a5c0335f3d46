import type { Router } from 'express';
import { inboxPatchSchema } from '../../shared/inbox.ts';
import type { App } from '../app.ts';
import { openRoute, route } from '../transport/route.ts';
import { changeInbox, getWidgetSettings, listInboxes } from './inboxes.ts';

export function bindInboxRoutes(app: App, router: Router): void {
  router.get(
    '/widget/:inboxKey',
    openRoute((request, response) => {
      // Any site may read it, without credentials; Express answers `If-None-Match` with 304 by the ETag it computes.
      response.set({
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Cache-Control': 'public, max-age=60',
      });
      return getWidgetSettings(app, String(request.params.inboxKey));
    }),
  );
  router.get(
    '/inboxes',
    route(app, { permission: 'settings:manage' }, async () => ({ items: await listInboxes(app), next: null })),
  );
  router.patch(
    '/inboxes/:id',
    route(app, { permission: 'settings:manage', body: inboxPatchSchema }, ({ param, body }) => changeInbox(app, param('id'), body)),
  );
}
