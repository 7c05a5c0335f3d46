import type { App, FileShelf } from '../app.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import { settleValues } from './customer-value.ts';
import { blankPurchases } from './purchase-store.ts';

/** Purchases follow whose they are, and both files are worth what stands in them. Of a person who is erased only the amounts stay. */
export function purchaseShelf(app: () => App): FileShelf {
  return {
    name: 'purchase',
    move: (trx, move) => moveFileRows(trx, 'purchase', move),
    settle: async (trx, ids) => {
      await settleValues(app(), trx, { ids, isAnew: true });
    },
    erase: (trx, contactId) => blankPurchases(trx, contactId),
  };
}
