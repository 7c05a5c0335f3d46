import type { Router } from 'express';
import { pageSchema } from '../../shared/page.ts';
import {
  slaBreachQuerySchema,
  slaBreachSchema,
  slaOrderSchema,
  slaPolicyCreateSchema,
  slaPolicyPatchSchema,
  slaPolicySchema,
  slaPreviewReplySchema,
  slaPreviewSchema,
} from '../../shared/sla.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { listBreaches } from './sla-breaches.ts';
import { changePolicy, createPolicy, listSlaPolicies, orderPolicies, previewPolicy, removePolicy } from './sla-policies.ts';

const permission = 'settings:manage';

export function bindSlaRoutes(app: App, router: Router): void {
  const changed = <Result>(result: Result): Result => {
    app.followers.promisesChanged();
    return result;
  };
  router.get(
    '/sla-policies',
    route(
      app,
      { permission, summary: 'List the SLA policies in the order in which they are looked through.', reply: pageSchema(slaPolicySchema) },
      async () => ({ items: await listSlaPolicies(app), next: null }),
    ),
  );
  router.post(
    '/sla-policies',
    route(
      app,
      { permission, body: slaPolicyCreateSchema, status: 201, summary: 'Make an SLA policy.', reply: slaPolicySchema },
      async ({ body }) => changed(await createPolicy(app, body)),
    ),
  );
  router.post(
    '/sla-policies/order',
    route(
      app,
      { permission, body: slaOrderSchema, summary: 'Put the SLA policies in order.', reply: pageSchema(slaPolicySchema) },
      async ({ body }) => changed({ items: await orderPolicies(app, body.ids), next: null }),
    ),
  );
  router.post(
    '/sla-policies/preview',
    route(
      app,
      {
        permission,
        body: slaPreviewSchema,
        summary: 'Preview which open conversations a policy would be about; nothing is stored.',
        reply: slaPreviewReplySchema,
      },
      ({ body }) => previewPolicy(app, body),
    ),
  );
  router.patch(
    '/sla-policies/:id',
    route(
      app,
      { permission, body: slaPolicyPatchSchema, summary: 'Change an SLA policy.', reply: slaPolicySchema },
      async ({ body, param }) => changed(await changePolicy(app, param('id'), body)),
    ),
  );
  router.delete(
    '/sla-policies/:id',
    route(app, { permission, summary: 'Remove an SLA policy.' }, async ({ param }) => changed(await removePolicy(app, param('id')))),
  );
  router.get(
    '/sla-breaches',
    route(
      app,
      {
        permission: 'reports:view',
        query: slaBreachQuerySchema,
        summary: 'List promises that were broken.',
        reply: pageSchema(slaBreachSchema),
      },
      ({ caller, query }) => listBreaches(app, caller, query),
    ),
  );
}
