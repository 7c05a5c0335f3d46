/**
 * Keeps the members of all segments: whom triggers have noted is judged anew, a new segment is filled, and what moves by itself ("three
 * months ago") is followed by its border. Everything in small writes, so that nobody's message waits for it.
 */
import type { CustomerFilter } from '../../shared/customer-filter.ts';
import type { App } from '../app.ts';
import { businessClock } from '../hours/business-clock.ts';
import type { Transaction } from '../storage/database.ts';
import type { SegmentRow } from '../storage/tables.ts';
import type { Seen } from './condition-parts-store.ts';
import { listFits, listFittingIds, theseIds } from './customer-page-store.ts';
import { seenBy } from './customer-seen.ts';
import { type Border, findBorderStep, listCrossed, listNextIds } from './segment-border-store.ts';
import { bordersOf } from './segment-borders.ts';
import {
  addToCount,
  deleteMembers,
  deleteSomeMembers,
  findDeletedSegment,
  hasSegmentChanges,
  insertMembers,
  listMembersBetween,
  listMembershipsOf,
  listSegmentRows,
  lockSegment,
  noteSegmentChanges,
  takeSegmentChanges,
  updateSegment,
} from './segment-store.ts';
import { filterOf } from './segments.ts';

/** Customers judged in one write; on SQLite everybody else's writes wait for it. */
const BATCH = 100;
const FILL_BATCH = 400;
/** Of segments, how many are judged by one statement. */
const AT_ONCE = 20;
/** Customers that cross a border in one step. */
const CROSS_MOST = 1_000;
/** A clock of another server may be late by so much. */
const OVERLAP_MS = 10_000;

interface Judged {
  row: SegmentRow;
  filter: CustomerFilter;
}

/** What a look has come to: nothing to do, something done, or somebody who came or went. */
export type Kept = 'nothing' | 'done' | 'moved';

/** Does a piece of what there is to do. */
export async function keepSegments(app: App): Promise<Kept> {
  const { db } = app.storage;
  const deletedId = await findDeletedSegment(db);
  if (deletedId !== undefined) {
    await app.storage.write((trx) => deleteSomeMembers(trx, deletedId, FILL_BATCH));
    return 'done';
  }
  const segments = (await listSegmentRows(db)).map((row) => ({ row, filter: filterOf(row) }));
  const followed = await followChanges(app, segments);
  if (followed !== 'nothing') return followed;
  const filling = segments.find(({ row }) => row.fillTo !== null);
  if (!filling) return 'nothing';
  await fillSome(app, filling);
  return 'moved';
}

async function followChanges(app: App, segments: readonly Judged[]): Promise<Kept> {
  if (!(await hasSegmentChanges(app.storage.db))) return 'nothing';
  const seen = await seenBy(app, { agentId: '' });
  const hasMoved = await app.storage.write(async (trx) => {
    const ids = await takeSegmentChanges(trx, BATCH);
    return judge(trx, ids, segments, seen);
  });
  return hasMoved ? 'moved' : 'done';
}

/** True where somebody came or went. */
async function judge(trx: Transaction, ids: readonly string[], known: readonly Judged[], seen: Seen): Promise<boolean> {
  if (ids.length === 0 || known.length === 0) return false;
  const held = await listMembershipsOf(trx, ids);
  let hasMoved = false;
  for (let at = 0; at < known.length; at += AT_ONCE) {
    const some = known.slice(at, at + AT_ONCE);
    const fits = new Map(
      (
        await listFits(
          trx,
          theseIds(ids),
          some.map(({ row, filter }) => ({ filter, seen: seenIn(row, seen) })),
        )
      ).map((one) => [one.id, one.fits]),
    );
    for (const [place, { row }] of some.entries()) {
      const isIn = (id: string) => fits.get(id)?.[place] === '1';
      const came = ids.filter((id) => isIn(id) && !held.get(id)?.has(row.id));
      const went = ids.filter((id) => !isIn(id) && held.get(id)?.has(row.id));
      if (came.length === 0 && went.length === 0) continue;
      await addToCount(trx, row.id, (await insertMembers(trx, row.id, came)) - (await deleteMembers(trx, row.id, went)));
      hasMoved = true;
    }
  }
  return hasMoved;
}

/** The next files in the order of their ids: who fits becomes a member, who does not is none any more. */
async function fillSome(app: App, { row }: Judged): Promise<void> {
  const seen = await seenBy(app, { agentId: '' });
  await app.storage.write(async (trx) => {
    const held = await lockSegment(trx, row.id);
    if (!held || held.fillTo === null || held.deletedAt !== null || held.version !== row.version) return;
    // Written first, so that what follows is read where it is written.
    await updateSegment(trx, row.id, { fillTo: held.fillTo });
    const ids = await listNextIds(trx, held.fillTo, FILL_BATCH);
    const isLast = ids.length < FILL_BATCH;
    const to = isLast ? null : (ids.at(-1) ?? null);
    const fitting = new Set(await listFittingIds(trx, ids, { filters: [filterOf(held)], seen: seenIn(held, seen) }));
    const members = await listMembersBetween(trx, row.id, { after: held.fillTo, to });
    const came = await insertMembers(trx, row.id, [...fitting]);
    const went = await deleteMembers(
      trx,
      row.id,
      members.filter((id) => !fitting.has(id)),
    );
    await addToCount(trx, row.id, came - went);
    await updateSegment(trx, row.id, { fillTo: to });
  });
}

/** Notes whom time alone has brought over a border of some segment, since the last look. Asked every few seconds. */
export async function followBorders(app: App): Promise<boolean> {
  const { db } = app.storage;
  const now = app.now();
  const clock = await businessClock(app);
  let isLeft = false;
  for (const row of await listSegmentRows(db)) {
    const borders = bordersOf(filterOf(row));
    if (borders.length === 0) continue;
    let lookedAt = now;
    for (const border of borders) {
      if (border.isOfDays) continue;
      const from = row.lookedAt - border.shift;
      const to = await findBorderStep(db, border, { from, to: now - border.shift, most: CROSS_MOST });
      lookedAt = Math.min(lookedAt, to + border.shift);
    }
    const placeOf = ({ isOfDays, shift }: Border, at: number) => (isOfDays ? clock.dayAt(at) : at) - shift;
    await app.storage.write(async (trx) => {
      for (const border of borders) {
        const from = placeOf(border, row.lookedAt) - (border.isEvent ? OVERLAP_MS : 0);
        await noteSegmentChanges(trx, listCrossed(border, { from, to: placeOf(border, lookedAt) }));
      }
      await updateSegment(trx, row.id, { lookedAt });
    });
    isLeft ||= lookedAt < now;
  }
  return isLeft;
}

/** "Me" is whoever made the segment. */
function seenIn({ ownerId }: SegmentRow, seen: Seen): Seen {
  return { ...seen, agentId: ownerId };
}
