import type { Router } from 'express';
import { contactPatchSchema, contactQuerySchema } from '../../shared/contact.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeContact, getContact, listContacts } from './contacts.ts';
import { listEvents } from './tracked-events.ts';

export function bindContactRoutes(app: App, router: Router): void {
  router.get(
    '/contacts',
    route(app, { permission: 'contacts:view', query: contactQuerySchema }, ({ query }) => listContacts(app, query)),
  );
  router.get(
    '/contacts/:id',
    route(app, { permission: 'contacts:view' }, ({ param }) => getContact(app.storage.db, param('id'))),
  );
  router.get(
    '/contacts/:id/events',
    route(app, { permission: 'contacts:view' }, async ({ param }) => ({ items: await listEvents(app, param('id')), next: null })),
  );
  router.patch(
    '/contacts/:id',
    route(app, { permission: 'contacts:edit', body: contactPatchSchema }, ({ param, body }) => changeContact(app, param('id'), body)),
  );
}
