/** What becomes of the history of purchases in a customer file. Of a person who is erased it says when, who and how much. */
import type { PurchaseChangeField } from '../../shared/purchase-change.ts';
import type { FileShelf } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import { keepAllForFile, listChangesInFile, listChangesOutOf, rewriteChanges } from './purchase-change-store.ts';
import type { StoredChange } from './purchase-changes.ts';

const BLANKED_AT_ONCE = 500;
/** What was bought and noted, and under which number: not when, and for how much. */
const ownWords = new Set<PurchaseChangeField>(['number', 'externalId', 'note', 'lines']);
const nothing = { before: null, after: null };

/** The history of a purchase goes with it; that of one which is gone, or is another one's by now, goes with the file. */
export const purchaseChangeShelf: FileShelf = {
  name: 'purchaseChange',
  move: (trx, move) => moveFileRows(trx, 'purchaseChange', move),
  erase: async (trx, contactId) => {
    await keepAllForFile(trx, contactId);
    await blankAll(trx, (after) => listChangesInFile(trx, contactId, { after, limit: BLANKED_AT_ONCE }), {
      blankOf: ({ isFromAnother }) => (isFromAnother ? { after: null } : nothing),
    });
  },
};

/** What a purchase was until it went to another customer. */
export const leftPurchaseShelf: FileShelf = {
  name: 'leftPurchase',
  move: (trx, move) => moveFileRows(trx, 'leftPurchase', move),
  erase: (trx, contactId) =>
    blankAll(trx, (after) => listChangesOutOf(trx, contactId, { after, limit: BLANKED_AT_ONCE }), { blankOf: () => ({ before: null }) }),
};

interface Kept {
  id: string;
  changes: string;
}

async function blankAll<Row extends Kept>(
  trx: Transaction,
  listAfter: (id: string) => Promise<Row[]>,
  { blankOf }: { blankOf: (row: Row) => Partial<typeof nothing> },
): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await listAfter(after);
    await rewriteChanges(
      trx,
      rows.map((row) => {
        const changes = JSON.parse(row.changes) as StoredChange[];
        const blank = blankOf(row);
        return { id: row.id, changes: JSON.stringify(changes.map((one) => (ownWords.has(one.field) ? { ...one, ...blank } : one))) };
      }),
    );
    const last = rows.at(-1);
    if (!last || rows.length < BLANKED_AT_ONCE) return;
    after = last.id;
  }
}
