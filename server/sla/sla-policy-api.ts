import type { Router } from 'express';
import { slaBreachQuerySchema, slaOrderSchema, slaPolicyCreateSchema, slaPolicyPatchSchema, slaPreviewSchema } from '../../shared/sla.ts';
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
    route(app, { permission }, async () => ({ items: await listSlaPolicies(app), next: null })),
  );
  router.post(
    '/sla-policies',
    route(app, { permission, body: slaPolicyCreateSchema, status: 201 }, async ({ body }) => changed(await createPolicy(app, body))),
  );
  router.post(
    '/sla-policies/order',
    route(app, { permission, body: slaOrderSchema }, async ({ body }) =>
      changed({ items: await orderPolicies(app, body.ids), next: null }),
    ),
  );
  router.post(
    '/sla-policies/preview',
    route(app, { permission, body: slaPreviewSchema }, ({ body }) => previewPolicy(app, body)),
  );
  router.patch(
    '/sla-policies/:id',
    route(app, { permission, body: slaPolicyPatchSchema }, async ({ body, param }) => changed(await changePolicy(app, param('id'), body))),
  );
  router.delete(
    '/sla-policies/:id',
    route(app, { permission }, async ({ param }) => changed(await removePolicy(app, param('id')))),
  );
  router.get(
    '/sla-breaches',
    route(app, { permission: 'reports:view', query: slaBreachQuerySchema }, ({ caller, query }) => listBreaches(app, caller, query)),
  );
}
