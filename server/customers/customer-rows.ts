/** What the list shows of customers, each with no more than the reader may see. */

import type { Lifecycle } from '../../shared/contact.ts';
import type { Customer } from '../../shared/customer.ts';
import { grouped } from '../../shared/grouped.ts';
import type { App } from '../app.ts';
import { readCustomerRules } from '../contacts/customer-rules.ts';
import { isInDetail, maskedValue } from '../contacts/masking.ts';
import { readValues } from '../fields/field-values.ts';
import { listPaidTotals } from '../purchases/customer-value.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { type ListedIdentity, listCustomerRows, listIdentities } from './customer-page-store.ts';

/** In the order of the ids; those that are gone meanwhile are left out. */
export async function showCustomers(app: App, caller: Caller, ids: readonly string[]): Promise<Customer[]> {
  if (ids.length === 0) return [];
  const { db } = app.storage;
  const [rows, identities, values, { currency }] = await Promise.all([
    listCustomerRows(db, ids),
    listIdentities(db, ids),
    readValues(db, caller, { entity: 'contact', ids }),
    readCustomerRules(db),
  ]);
  const hasSums = caller.permissions.includes('purchases:view');
  const buyerIds = rows.filter(({ purchaseCount }) => hasSums && purchaseCount > 0).map(({ id }) => id);
  const others = grouped(
    (await listPaidTotals(db, buyerIds)).filter((one) => one.currency !== currency),
    ({ contactId }) => contactId,
  );
  const identitiesOf = new Map<string, ListedIdentity[]>(ids.map((id) => [id, []]));
  for (const identity of identities) identitiesOf.get(identity.contactId)?.push(identity);
  return rows.map((row) => ({
    ...toCustomer(caller, row, identitiesOf.get(row.id) ?? []),
    ...(hasSums && { otherTotals: (others.get(row.id) ?? []).map(({ currency: code, total }) => ({ currency: code, total })) }),
    values: values.get(row.id) ?? {},
  }));
}

function toCustomer(caller: Caller, row: ContactRow, identities: readonly ListedIdentity[]): Omit<Customer, 'values'> {
  const isWhole = isInDetail(caller);
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    companyId: row.companyId,
    lifecycle: row.lifecycle as Lifecycle,
    ownerId: row.ownerId,
    tags: JSON.parse(row.tags),
    locale: row.locale,
    identities: identities.map(({ kind, value, isVerified }) => {
      const identity = { kind: kind as Customer['identities'][number]['kind'], value, isVerified: isVerified === 1 };
      return isWhole ? identity : { ...identity, value: maskedValue(identity) };
    }),
    ...(!isWhole && { isMasked: true as const }),
    ...(caller.permissions.includes('purchases:view') && {
      purchaseCount: row.purchaseCount,
      purchaseTotal: row.purchaseTotal,
      lastPurchaseAt: row.lastPurchaseAt,
    }),
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
  };
}
