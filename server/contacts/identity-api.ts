import type { Router } from 'express';
import { consentDraftSchema, consentSchema } from '../../shared/consent.ts';
import { contactQuerySchema, contactSchema, identityDraftSchema, identityPatchSchema, identitySchema } from '../../shared/contact.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { addConsent, listConsents } from './consents.ts';
import { addIdentity, changeIdentity, listIdentities, removeIdentity } from './identities.ts';

/** How a person is recognised, and to what it has agreed. */
export function bindIdentityRoutes(app: App, router: Router): void {
  router.get(
    '/contacts/:id/identities',
    route(
      app,
      { permission: 'contacts:view', reply: pageSchema(identitySchema), summary: 'List phones, e-mails and ids of a person.' },
      async ({ caller, param }) => ({ items: await listIdentities(app, caller, param('id')), next: null }),
    ),
  );
  router.post(
    '/contacts/:id/identities',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: identityDraftSchema,
        reply: contactSchema,
        summary: 'Add a phone, an e-mail or an id; `conflict` names the file that holds it for sure.',
      },
      ({ caller, param, body }) => addIdentity(app, caller, param('id'), body),
    ),
  );
  router.patch(
    '/contacts/:id/identities/:identityId',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: identityPatchSchema,
        reply: contactSchema,
        summary: 'Confirm a claim, take that back, or correct the value.',
      },
      ({ caller, param, body }) => changeIdentity(app, caller, param('id'), { identityId: param('identityId'), ...body }),
    ),
  );
  router.delete(
    '/contacts/:id/identities/:identityId',
    route(
      app,
      { permission: 'contacts:edit', reply: contactSchema, summary: 'Take away what an agent, a program or the person itself has said.' },
      ({ caller, param }) => removeIdentity(app, caller, param('id'), param('identityId')),
    ),
  );
  router.get(
    '/contacts/:id/consents',
    route(
      app,
      {
        permission: 'contacts:view',
        query: contactQuerySchema.omit({ q: true }),
        reply: pageSchema(consentSchema),
        summary: 'List to what a person has agreed and what it has taken back, the latest first.',
      },
      ({ caller, param, query }) => listConsents(app, caller, { contactId: param('id'), ...query }),
    ),
  );
  router.post(
    '/contacts/:id/consents',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: consentDraftSchema,
        status: 201,
        reply: consentSchema,
        summary: 'Write down that a person agrees, or no longer does.',
      },
      ({ caller, param, body }) => addConsent(app, caller, param('id'), body),
    ),
  );
}
