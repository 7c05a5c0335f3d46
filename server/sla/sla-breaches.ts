/** The history of promises that were not kept, for whoever leads. */
import type { SlaBreach, SlaBreachQuery, SlaTarget } from '../../shared/sla.ts';
import type { Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import { countBreaches, listBreachRows } from './sla-breach-store.ts';

export async function listBreaches(
  app: App,
  sight: Sight,
  { since = 0, until = Number.MAX_SAFE_INTEGER, cursor, limit }: SlaBreachQuery,
): Promise<{ items: SlaBreach[]; next: string | null }> {
  const rows = await listBreachRows(app.storage.db, sight, { since, until, before: parseCursor(cursor), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ contactId, contactName, target, ...row }) => ({
      ...row,
      target: target as SlaTarget,
      contact: { id: contactId, name: contactName },
    })),
    next: rows.length > limit && last ? formatCursor({ at: last.dueAt, id: last.id }) : null,
  };
}

/** Promises that were due since then and were not kept. */
export async function countBroken(app: App, sight: Sight, since: number): Promise<number> {
  return countBreaches(app.storage.db, sight, since);
}
