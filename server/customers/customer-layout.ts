/** Which columns an agent wants the list of customers to have, and in which order it opens. */
import { type CustomerLayout, customerLayoutSchema, firstColumns } from '../../shared/customer.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { findLayoutRow, putLayoutRow } from './customer-layout-store.ts';

const firstLayout: CustomerLayout = { columns: [...firstColumns], sort: 'seen', direction: 'desc' };

export async function getLayout(app: App, { agentId }: Caller): Promise<CustomerLayout> {
  const row = await findLayoutRow(app.storage.db, agentId);
  const kept = row && customerLayoutSchema.safeParse({ ...row, columns: JSON.parse(row.columns) });
  return kept?.success ? kept.data : firstLayout;
}

export async function putLayout(app: App, { agentId }: Caller, layout: CustomerLayout): Promise<CustomerLayout> {
  const columns = [...new Set(layout.columns)];
  await app.storage.write((trx) => putLayoutRow(trx, { ...layout, agentId, columns: JSON.stringify(columns) }));
  return { ...layout, columns };
}
