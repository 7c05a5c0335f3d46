/** Packages and subscriptions by when they end, and whether they were renewed. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { grouped } from '../../shared/grouped.ts';
import type { Renewal, RenewalPage, RenewalQuery } from '../../shared/purchase.ts';
import type { App } from '../app.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { listRenewalRows, listRunningLines, type RenewalRow } from './renewal-store.ts';

/** Looked through at once where few of them may be wanted, and for how long: the next page goes on from there. */
const LOOK = 200;
const LOOK_FOR_MS = 40;

export async function listRenewals(
  app: App,
  caller: Caller,
  { cursor, limit, owner, renewed, ...ends }: RenewalQuery,
): Promise<RenewalPage> {
  const { db } = app.storage;
  const isChosen = owner !== undefined || renewed !== undefined;
  const ownerId = owner === 'me' ? caller.agentId : owner === 'nobody' ? null : owner;
  const look = isChosen ? LOOK : limit + 1;
  const deadline = performance.now() + LOOK_FOR_MS;
  const items: Renewal[] = [];
  for (let after = parseCursor(cursor); ; ) {
    const rows = await listRenewalRows(db, { ...ends, after, limit: look });
    const wanted = owner === undefined ? rows : rows.filter((row) => row.ownerId === ownerId);
    const found = (await withRenewals(app, wanted)).filter(
      (one) => renewed === undefined || (one.renewedUntil !== null) === (renewed === 'true'),
    );
    items.push(...found);
    const last = items[limit - 1];
    if (items.length > limit && last) return { items: items.slice(0, limit), next: placeOf(last) };
    const end = rows.at(-1);
    if (rows.length < look || !end) return { items, next: null };
    after = { at: end.endsAt ?? 0, id: end.id };
    if (performance.now() > deadline) return { items, next: formatCursor(after) };
    await nextTurn();
  }
}

async function withRenewals(app: App, rows: readonly RenewalRow[]): Promise<Renewal[]> {
  const contactIds = [...new Set(rows.map(({ contactId }) => contactId))];
  const running = grouped(await listRunningLines(app.storage.db, contactIds), ({ contactId }) => contactId);
  return rows.map((row) => {
    const { id, purchaseId, product, sku, total, currency, contactId, contactName, ownerId } = row;
    const endsAt = row.endsAt ?? 0;
    const later = (running.get(contactId) ?? [])
      .filter((line) => line.product === product || (sku !== null && line.sku === sku))
      .map((line) => line.endsAt);
    const until = Math.max(0, ...later);
    return {
      ...{ id, purchaseId, product, total, currency, endsAt },
      contact: { id: contactId, name: contactName, ownerId },
      renewedUntil: until > endsAt ? until : null,
    };
  });
}

function placeOf({ endsAt, id }: Renewal): string {
  return formatCursor({ at: endsAt, id });
}
