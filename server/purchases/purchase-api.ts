import type { Request, RequestHandler, Router } from 'express';
import {
  customerRulesSchema,
  customerValueSchema,
  externalIdSchema,
  type PurchaseCreateRequest,
  purchaseCreateSchema,
  purchasePageSchema,
  purchasePatchSchema,
  purchaseQuerySchema,
  purchaseSchema,
  purchaseUpsertSchema,
  renewalPageSchema,
  renewalQuerySchema,
} from '../../shared/purchase.ts';
import { PURCHASE_FILE_MAX, purchaseImportSchema, purchaseReportSchema } from '../../shared/purchase-import.ts';
import type { App } from '../app.ts';
import { readCustomerRules } from '../contacts/customer-rules.ts';
import { readLargeBodies } from '../transport/large-bodies.ts';
import { route } from '../transport/route.ts';
import type { Wire } from '../transport/wire.ts';
import { readValue } from './customer-value.ts';
import { type LifecycleSweep, writeCustomerRules } from './lifecycle-sweep.ts';
import { importPurchases } from './purchase-intake.ts';
import { type Bringer, changePurchase, createPurchase, getPurchase, listPurchases, removePurchase, upsertPurchase } from './purchases.ts';
import { listRenewals } from './renewals.ts';

const mayView = 'purchases:view';
const mayEdit = 'purchases:edit';

/** Files of them, in letters of two bytes and with what JSON puts around them. */
export function readLargePurchases(wire: Wire, usualBytesMax: number): RequestHandler {
  return readLargeBodies(wire, { permission: mayEdit, usualBytesMax, bytesMax: PURCHASE_FILE_MAX * 2.5 });
}

export function bindPurchaseRoutes(app: App, router: Router, sweep: Pick<LifecycleSweep, 'wake'>): void {
  router.get(
    '/purchases',
    route(
      app,
      { permission: mayView, query: purchaseQuerySchema, reply: purchasePageSchema, summary: 'List purchases, the latest first.' },
      ({ query }) => listPurchases(app, query),
    ),
  );
  router.post(
    '/purchases',
    route(
      app,
      { permission: mayEdit, body: purchaseCreateSchema, status: 201, reply: purchaseSchema, summary: 'Write down a purchase.' },
      ({ request, caller, body }) => createPurchase(app, { caller, source: sourceOf(request, body) }, body),
    ),
  );
  router.post(
    '/purchases/import',
    route(
      app,
      {
        permission: mayEdit,
        body: purchaseImportSchema,
        reply: purchaseReportSchema,
        summary: 'Read purchases from a CSV or JSON file, all of them or none.',
      },
      ({ caller, body }) => importPurchases(app, caller, body),
    ),
  );
  router.put(
    '/purchases/external/:externalId',
    route(
      app,
      {
        permission: mayEdit,
        body: purchaseUpsertSchema,
        reply: purchaseSchema,
        summary: 'Put the purchase with this external id as given, whether it was there before or not.',
      },
      ({ caller, param, body }) => upsertPurchase(app, caller, param('externalId', externalIdSchema), body),
    ),
  );
  router.get(
    '/purchases/:id',
    route(app, { permission: mayView, reply: purchaseSchema, summary: 'Show one purchase with its lines.' }, ({ param }) =>
      getPurchase(app, param('id')),
    ),
  );
  router.patch(
    '/purchases/:id',
    route(
      app,
      { permission: mayEdit, body: purchasePatchSchema, reply: purchaseSchema, summary: 'Change a purchase.' },
      ({ param, body }) => changePurchase(app, param('id'), body),
    ),
  );
  router.delete(
    '/purchases/:id',
    route(app, { permission: mayEdit, summary: 'Delete a purchase.' }, ({ param }) => removePurchase(app, param('id'))),
  );
  bindValueRoutes(app, router, sweep);
}

function bindValueRoutes(app: App, router: Router, sweep: Pick<LifecycleSweep, 'wake'>): void {
  router.get(
    '/renewals',
    route(
      app,
      {
        permission: mayView,
        query: renewalQuerySchema,
        reply: renewalPageSchema,
        summary: 'List packages and subscriptions by when they end.',
      },
      ({ caller, query }) => listRenewals(app, caller, query),
    ),
  );
  router.get(
    '/contacts/:id/value',
    route(
      app,
      { permission: mayView, reply: customerValueSchema, summary: 'Show what a customer is worth, over time and by currency.' },
      ({ param }) => readValue(app, param('id')),
    ),
  );
  router.get(
    '/customer-rules',
    route(
      app,
      {
        permission: [mayView, 'crm:manage'],
        reply: customerRulesSchema,
        summary: 'Show in which currency customers are valued, and when they lapse.',
      },
      () => readCustomerRules(app.storage.db),
    ),
  );
  router.put(
    '/customer-rules',
    route(
      app,
      {
        permission: 'crm:manage',
        body: customerRulesSchema,
        reply: customerRulesSchema,
        summary: 'Set in which currency customers are valued, and when they lapse.',
      },
      ({ body }) => writeCustomerRules(app, body, sweep),
    ),
  );
}

/** A program shows its token, a person its cookie. */
function sourceOf(request: Request, { opportunityId }: PurchaseCreateRequest): Bringer['source'] {
  if (opportunityId !== null) return 'opportunity';
  return request.headers.authorization === undefined ? 'hand' : 'api';
}
