import type { FileShelf } from '../app.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import { settleValues } from './customer-value.ts';
import { blankPurchases } from './purchase-store.ts';

/** Purchases follow whose they are, and both files are worth what stands in them. Of a person who is erased only the amounts stay. */
export function purchaseShelf(now: () => number): FileShelf {
  return {
    name: 'purchase',
    move: async (trx, move) => {
      const moved = await moveFileRows(trx, 'purchase', move);
      if (moved.length > 0) await settleValues(trx, [move.from, move.to], { now: now() });
      return moved;
    },
    erase: (trx, contactId) => blankPurchases(trx, contactId),
  };
}
