import type { Request, RequestHandler, Router } from 'express';
import {
  customerRulesSchema,
  customerValueSchema,
  externalIdSchema,
  purchaseCreateSchema,
  purchasePageSchema,
  purchasePatchSchema,
  purchaseQuerySchema,
  purchaseSchema,
  purchaseUpsertSchema,
  renewalPageSchema,
  renewalQuerySchema,
} from '../../shared/purchase.ts';
import { purchaseChangePageSchema, purchaseChangeQuerySchema } from '../../shared/purchase-change.ts';
import { PURCHASE_FILE_MAX } from '../../shared/purchase-import.ts';
import type { App } from '../app.ts';
import { readCustomerRules } from '../contacts/customer-rules.ts';
import { readLargeBodies } from '../transport/large-bodies.ts';
import { route } from '../transport/route.ts';
import type { Caller, Wire } from '../transport/wire.ts';
import { readValue } from './customer-value.ts';
import { type LifecycleSweep, writeCustomerRules } from './lifecycle-sweep.ts';
import { listPurchaseChanges } from './purchase-history.ts';
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
      ({ request, caller, body }) =>
        createPurchase(app, body.opportunityId === null ? bringerOf(request, caller) : { caller, source: 'opportunity' }, body),
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
      ({ caller, param, body }) => upsertPurchase(app, { caller, source: 'api' }, param('externalId', externalIdSchema), body),
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
      ({ request, caller, param, body }) => changePurchase(app, bringerOf(request, caller), param('id'), body),
    ),
  );
  router.delete(
    '/purchases/:id',
    route(app, { permission: mayEdit, summary: 'Delete a purchase.' }, ({ request, caller, param }) =>
      removePurchase(app, bringerOf(request, caller), param('id')),
    ),
  );
  router.get(
    '/purchases/:id/changes',
    route(
      app,
      {
        permission: mayView,
        query: purchaseChangeQuerySchema,
        reply: purchaseChangePageSchema,
        summary: 'List who changed what in a purchase, and when, also after it was deleted.',
      },
      ({ param, query }) => listPurchaseChanges(app, param('id'), query),
    ),
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
function bringerOf(request: Request, caller: Caller): Bringer {
  return { caller, source: request.headers.authorization === undefined ? 'hand' : 'api' };
}
