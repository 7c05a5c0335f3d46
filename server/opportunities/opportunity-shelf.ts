import type { App, FileShelf } from '../app.ts';
import { refileDocuments } from '../documents/documents.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import { forgetWords } from '../words/kept-words.ts';
import { rewrite, tell } from './opportunities.ts';
import { opportunityIndex } from './opportunity-entries.ts';
import { listIdsOf, lockOpportunities } from './opportunity-store.ts';

/** Opportunities follow whose they are. With a person who is erased nothing more can be sold; what was is counted. */
export function opportunityShelf(app: () => App): FileShelf {
  return {
    name: 'opportunity',
    move: async (trx, move) => {
      const ids = await moveFileRows(trx, 'opportunity', move);
      await refileDocuments(trx, { entity: 'opportunity', entityIds: ids }, move.to);
      return ids;
    },
    moved: (ids) => announce(app(), ids),
    erase: async (trx, contactId, now) => {
      const blank = { name: '', note: null, lostNote: null };
      const ids = await listIdsOf(trx, { contactId });
      await forgetWords(trx, opportunityIndex, ids);
      for (const row of await lockOpportunities(trx, ids)) {
        const isOpen = row.status === 'open';
        await rewrite(app(), trx, row, { ...blank, ...(isOpen && { status: 'lost', closedAt: now }) });
      }
    },
  };
}

/** What an agent who leaves was to sell is nobody's. */
export async function freeOpportunitiesOf(app: App, trx: Transaction, agentId: string): Promise<() => void> {
  const rows = await lockOpportunities(trx, await listIdsOf(trx, { ownerId: agentId }));
  for (const row of rows) await rewrite(app, trx, row, { ownerId: null });
  return () =>
    announce(
      app,
      rows.map(({ id }) => id),
    );
}

function announce(app: App, ids: readonly string[]): void {
  for (const id of ids) {
    tell(app, id).catch((error: unknown) => app.log.warn({ err: error }, 'a changed opportunity could not be told'));
  }
}
