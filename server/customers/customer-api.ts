import type { Router } from 'express';
import {
  customerCountQuerySchema,
  customerCountSchema,
  customerLayoutSchema,
  customerPageSchema,
  customerQuerySchema,
} from '../../shared/customer.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { getLayout, putLayout } from './customer-layout.ts';
import { countCustomers, listCustomers } from './customers.ts';

const permission = 'contacts:view';

export function bindCustomerRoutes(app: App, router: Router): void {
  router.get(
    '/customers',
    route(
      app,
      {
        permission,
        query: customerQuerySchema,
        summary: 'List customers that fit words, a filter and a segment. A page may be short and still have a `next`: ask again with it.',
        reply: customerPageSchema,
      },
      ({ caller, query }) => listCustomers(app, caller, query),
    ),
  );
  router.get(
    '/customers/count',
    route(
      app,
      {
        permission,
        query: customerCountQuerySchema,
        summary: 'Count how many customers fit, as far as one look reaches: with `next` there is more to count, to be added up.',
        reply: customerCountSchema,
      },
      ({ caller, query }) => countCustomers(app, caller, query),
    ),
  );
  router.get(
    '/customers/layout',
    route(app, { permission, summary: 'Show how the caller wants the list of customers.', reply: customerLayoutSchema }, ({ caller }) =>
      getLayout(app, caller),
    ),
  );
  router.put(
    '/customers/layout',
    route(
      app,
      { permission, body: customerLayoutSchema, summary: 'Keep how the caller wants the list of customers.', reply: customerLayoutSchema },
      ({ caller, body }) => putLayout(app, caller, body),
    ),
  );
}
