import type { Router } from 'express';
import { contactPatchSchema, contactQuerySchema, contactSchema } from '../../shared/contact.ts';
import { pageSchema } from '../../shared/page.ts';
import { trackedEventReplySchema } from '../../shared/tracked-event.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeContact, getContact, listContacts } from './contacts.ts';
import { shownTo } from './masking.ts';
import { listEvents } from './tracked-events.ts';

export function bindContactRoutes(app: App, router: Router): void {
  router.get(
    '/contacts',
    route(
      app,
      {
        permission: 'contacts:view',
        query: contactQuerySchema,
        summary: 'Lists customer files, who was seen last first; `q` finds by name, company, phone and e-mail.',
        reply: pageSchema(contactSchema),
      },
      ({ caller, query }) => listContacts(app, caller, query),
    ),
  );
  router.get(
    '/contacts/:id',
    route(app, { permission: 'contacts:view', summary: 'One customer file.', reply: contactSchema }, async ({ caller, param }) =>
      shownTo(caller, await getContact(app.storage.db, param('id'))),
    ),
  );
  router.get(
    '/contacts/:id/events',
    route(
      app,
      {
        permission: 'contacts:view',
        summary: 'What the person did on the site, as the site tells it.',
        reply: pageSchema(trackedEventReplySchema),
      },
      async ({ caller, param }) => ({
        items: await listEvents(app, caller, param('id')),
        next: null,
      }),
    ),
  );
  router.patch(
    '/contacts/:id',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: contactPatchSchema,
        summary: 'Changes a customer file; an absent key stays as it is, null clears.',
        reply: contactSchema,
      },
      ({ caller, param, body }) => changeContact(app, caller, param('id'), body),
    ),
  );
}
