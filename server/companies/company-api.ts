import type { Router } from 'express';
import { companyCreateSchema, companyDeleteSchema, companyPatchSchema, companyQuerySchema, companySchema } from '../../shared/company.ts';
import { contactQuerySchema, contactSchema } from '../../shared/contact.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeCompany, createCompany, getCompany, listCompanies, listPeople, removeCompany } from './companies.ts';

export function bindCompanyRoutes(app: App, router: Router): void {
  router.get(
    '/companies',
    route(
      app,
      {
        permission: 'contacts:view',
        query: companyQuerySchema,
        reply: pageSchema(companySchema),
        summary: 'List companies in the order of their names, or those that `q` finds.',
      },
      ({ caller, query }) => listCompanies(app, caller, query),
    ),
  );
  router.post(
    '/companies',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: companyCreateSchema,
        status: 201,
        reply: companySchema,
        summary: 'Make a company; the same id again finds the first one.',
      },
      ({ caller, body }) => createCompany(app, caller, body),
    ),
  );
  router.get(
    '/companies/:id',
    route(app, { permission: 'contacts:view', reply: companySchema, summary: 'Show one company.' }, ({ caller, param }) =>
      getCompany(app, caller, param('id')),
    ),
  );
  router.get(
    '/companies/:id/people',
    route(
      app,
      {
        permission: 'contacts:view',
        query: contactQuerySchema.omit({ q: true }),
        reply: pageSchema(contactSchema),
        summary: 'List the people of a company, last seen first.',
      },
      ({ caller, param, query }) => listPeople(app, caller, { companyId: param('id'), ...query }),
    ),
  );
  router.patch(
    '/companies/:id',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: companyPatchSchema,
        reply: companySchema,
        summary: 'Edit a company; `stale` where somebody else has changed the same meanwhile.',
      },
      ({ caller, param, body }) => changeCompany(app, caller, param('id'), body),
    ),
  );
  router.delete(
    '/companies/:id',
    route(
      app,
      { permission: 'contacts:edit', query: companyDeleteSchema, summary: 'Delete a company without people, or let its people go.' },
      ({ param, query }) => removeCompany(app, param('id'), { isDetaching: query.detach === '1' }),
    ),
  );
}
