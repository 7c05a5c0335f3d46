/** Orders that were judged, written down together: files for those who have none, purchases with their lines and what was changed in them. */
import type { App } from '../app.ts';
import { noteImported } from '../contacts/file-batch.ts';
import { insertNewFiles, requireOpenFiles } from '../contacts/file-finder.ts';
import type { Transaction } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { settleValues } from './customer-value.ts';
import { noteChanged } from './purchase-changes.ts';
import type { JudgedOrder } from './purchase-judging.ts';
import { deleteLinesOf, insertPurchases, rewritePurchases } from './purchase-store.ts';

/** Whatever somebody has changed since it was judged ends the whole of it. Returns whose files say something else now. */
export async function writeOrders(app: App, trx: Transaction, caller: Caller, judged: readonly JudgedOrder[]): Promise<string[]> {
  const now = app.now();
  const opened = judged.flatMap((one) => ('opened' in one && one.opened ? [one.opened] : []));
  const added = judged.filter((one) => one.verdict === 'add');
  const changed = judged.filter((one) => one.verdict === 'update');
  const newIds = new Set(opened.map(({ id }) => id));
  const written = [...added, ...changed];
  const concerned = [...new Set([...written.map(({ contactId }) => contactId), ...changed.map(({ before }) => before.row.contactId)])];
  await insertNewFiles(trx, opened, now);
  await noteImported(app, trx, { caller, contactIds: [...newIds] });
  await requireOpenFiles(
    trx,
    concerned.filter((id) => !newIds.has(id)),
  );
  await rewritePurchases(
    trx,
    changed.map(({ before, next }) => ({ before: before.row, row: next.row })),
  );
  const ids = changed.map(({ next }) => next.row.id);
  await deleteLinesOf(trx, ids);
  await insertPurchases(
    trx,
    added.map(({ next }) => next.row),
    written.flatMap(({ next }) => next.lines),
  );
  const doing = { agentId: caller.agentId, source: 'import' as const, at: now };
  await noteChanged(
    trx,
    changed.map(({ before, next }) => ({ before, after: next })),
    doing,
  );
  const isNewlyPaid = (one: (typeof written)[number]) =>
    one.next.row.status === 'paid' && (one.verdict === 'add' || one.before.row.status !== 'paid');
  return settleValues(app, trx, { ids: concerned, boughtBy: new Set(written.filter(isNewlyPaid).map(({ contactId }) => contactId)) });
}
