import type { Router } from 'express';
import { contactPatchSchema, contactQuerySchema } from '../../shared/contact.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeContact, getContact, listContacts } from './contacts.ts';
import { shownTo } from './masking.ts';
import { listEvents } from './tracked-events.ts';

export function bindContactRoutes(app: App, router: Router): void {
  router.get(
    '/contacts',
    route(app, { permission: 'contacts:view', query: contactQuerySchema }, ({ caller, query }) => listContacts(app, caller, query)),
  );
  router.get(
    '/contacts/:id',
    route(app, { permission: 'contacts:view' }, async ({ caller, param }) =>
      shownTo(caller, await getContact(app.storage.db, param('id'))),
    ),
  );
  router.get(
    '/contacts/:id/events',
    route(app, { permission: 'contacts:view' }, async ({ caller, param }) => ({
      items: await listEvents(app, caller, param('id')),
      next: null,
    })),
  );
  router.patch(
    '/contacts/:id',
    route(app, { permission: 'contacts:edit', body: contactPatchSchema }, ({ caller, param, body }) =>
      changeContact(app, caller, param('id'), body),
    ),
  );
}
