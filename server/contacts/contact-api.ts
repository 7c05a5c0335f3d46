import type { Router } from 'express';
import { contactPatchSchema, contactQuerySchema } from '../../shared/contact.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeContact, getContact, listContacts } from './contacts.ts';

export function bindContactRoutes(app: App, router: Router): void {
  router.get(
    '/contacts',
    route(app, { permission: 'contacts:view', query: contactQuerySchema }, ({ query }) => listContacts(app, query)),
  );
  router.get(
    '/contacts/:id',
    route(app, { permission: 'contacts:view' }, ({ param }) => getContact(app.storage.db, param('id'))),
  );
  router.patch(
    '/contacts/:id',
    route(app, { permission: 'contacts:edit', body: contactPatchSchema }, ({ param, body }) => changeContact(app, param('id'), body)),
  );
}
