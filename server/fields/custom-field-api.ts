import type { Router } from 'express';
import {
  customFieldCreateSchema,
  customFieldPatchSchema,
  customFieldSchema,
  fieldOrderSchema,
  fieldQuerySchema,
} from '../../shared/custom-fields.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeField, createField, listFields, orderFields } from './field-catalogue.ts';

export function bindFieldRoutes(app: App, router: Router): void {
  router.get(
    '/fields',
    route(
      app,
      {
        permission: null,
        query: fieldQuerySchema,
        reply: pageSchema(customFieldSchema),
        summary: 'List custom fields whose values the caller may see.',
      },
      async ({ caller, query }) => ({ items: await listFields(app, caller, query), next: null }),
    ),
  );
  router.post(
    '/fields',
    route(
      app,
      {
        permission: 'crm:manage',
        body: customFieldCreateSchema,
        status: 201,
        reply: customFieldSchema,
        summary: 'Make a custom field; the same id again finds the first one.',
      },
      ({ caller, body }) => createField(app, caller, body),
    ),
  );
  router.post(
    '/fields/order',
    route(
      app,
      {
        permission: 'crm:manage',
        body: fieldOrderSchema,
        reply: pageSchema(customFieldSchema),
        summary: 'Put the fields of an entity in order.',
      },
      async ({ caller, body }) => ({ items: await orderFields(app, caller, body), next: null }),
    ),
  );
  router.patch(
    '/fields/:id',
    route(
      app,
      {
        permission: 'crm:manage',
        body: customFieldPatchSchema,
        reply: customFieldSchema,
        summary: 'Change a custom field, archive it or bring it back.',
      },
      ({ caller, param, body }) => changeField(app, caller, param('id'), body),
    ),
  );
}
