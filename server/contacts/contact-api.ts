import type { Router } from 'express';
import * as z from 'zod';
import { contactCreateSchema, contactPatchSchema, contactQuerySchema, contactSchema } from '../../shared/contact.ts';
import { pageSchema } from '../../shared/page.ts';
import { trackedEventReplySchema } from '../../shared/tracked-event.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeContact, createContact, listTagsOfContacts } from './contact-edits.ts';
import { getContact, listContacts } from './contacts.ts';
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
        reply: pageSchema(contactSchema),
        summary: 'List customer files, last seen first, or those that `q` finds.',
      },
      ({ caller, query }) => listContacts(app, caller, query),
    ),
  );
  router.post(
    '/contacts',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: contactCreateSchema,
        status: 201,
        reply: contactSchema,
        summary: 'Open a customer file; the same id again finds the first one.',
      },
      ({ caller, body }) => createContact(app, caller, body),
    ),
  );
  router.get(
    '/contact-tags',
    route(
      app,
      {
        permission: 'contacts:view',
        reply: pageSchema(z.string()),
        summary: 'List the tags that customer files carry.',
      },
      async () => ({ items: await listTagsOfContacts(app), next: null }),
    ),
  );
  router.get(
    '/contacts/:id',
    route(
      app,
      { permission: 'contacts:view', reply: contactSchema, summary: 'Show one customer file, as much of it as the role may see.' },
      async ({ caller, param }) => shownTo(caller, await getContact(app.storage.db, param('id'))),
    ),
  );
  router.get(
    '/contacts/:id/events',
    route(
      app,
      {
        permission: 'contacts:view',
        summary: 'List what the person did on the site, as the site tells it.',
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
        reply: contactSchema,
        summary: 'Edit a customer file; `stale` where somebody else has changed the same meanwhile.',
      },
      ({ caller, param, body }) => changeContact(app, caller, param('id'), body),
    ),
  );
}
