/** The whole of what an agent may use, page by page, and nothing at all for who has it already. */
import type { RepertoirePage, RepertoireQuery } from '../../shared/canned-response.ts';
import type { Db } from '../storage/database.ts';
import type { CannedResponseRow, MacroRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { placesOf } from './reach-places.ts';
import { listInPlaces, stampOf } from './repertoire-store.ts';

export function listCannedPage(db: Db, caller: Caller, query: RepertoireQuery): Promise<RepertoirePage<CannedResponseRow>> {
  return listPage(db, 'cannedResponse', { caller, query });
}

export function listMacroPage(db: Db, caller: Caller, query: RepertoireQuery): Promise<RepertoirePage<MacroRow>> {
  return listPage(db, 'macro', { caller, query });
}

async function listPage<Table extends 'cannedResponse' | 'macro'>(
  db: Db,
  table: Table,
  { caller, query }: { caller: Caller; query: RepertoireQuery },
) {
  const places = placesOf(caller);
  // Before the rows: what changes in between is in them, and told besides.
  const stamp = await stampOf(db, table, places);
  if (query.unless === stamp) return { items: [], next: null, stamp, isSame: true as const };
  const rows = await listInPlaces(db, table, { places, after: parseCursor(query.cursor), limit: query.limit + 1 });
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, next: rows.length > query.limit && last ? formatCursor({ at: last.createdAt, id: last.id }) : null, stamp };
}
