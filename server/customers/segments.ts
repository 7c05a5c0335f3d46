/** Segments: filters over customers that have a name, and whose members are known at any time (segment-keeping.ts). */
import { type CustomerFilter, conditionsOf, customerFilterSchema } from '../../shared/customer-filter.ts';
import { AppError } from '../../shared/errors.ts';
import { isMatter } from '../../shared/matter-condition.ts';
import type { Segment, SegmentCreateRequest, SegmentPatch } from '../../shared/segment.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import type { SegmentRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { type KnownField, listKnownFields, mayKnow, requireKnowable } from './filter-rights.ts';
import { countSegments, findSegmentRow, insertSegment, listSegmentRows, lockSegment, updateSegment } from './segment-store.ts';

/** Each changed customer is judged by all of them. */
const SEGMENTS_MAX = 200;

/** Their own, and the shared ones that ask for nothing that this caller is not shown. */
export async function listSegments(app: App, caller: Caller): Promise<Segment[]> {
  const fields = await listKnownFields(app, caller);
  const rows = await listSegmentRows(app.storage.db);
  return rows.filter((row) => maySee(caller, row, fields)).map((row) => toSegment(caller, row));
}

/** One that the caller may look into; `not-found` otherwise. */
export async function requireSegment(app: App, caller: Caller, id: string): Promise<Segment> {
  const row = await findSegmentRow(app.storage.db, id);
  if (!row || row.deletedAt !== null || !maySee(caller, row, await listKnownFields(app, caller))) throw notFound();
  return toSegment(caller, row);
}

export async function createSegment(app: App, caller: Caller, asked: SegmentCreateRequest): Promise<Segment> {
  if (asked.isShared) requireRight(caller, 'segments:share');
  const filter = ownFilter(caller, asked.filter);
  requireKnowable(caller, filter, await listKnownFields(app, caller));
  const now = app.now();
  const row = await app.storage.write(async (trx) => {
    const known = await findSegmentRow(trx, asked.id);
    if (known) {
      if (known.ownerId === caller.agentId && known.deletedAt === null) return known;
      throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
    }
    if ((await countSegments(trx)) >= SEGMENTS_MAX) throw new AppError('conflict', `There are ${SEGMENTS_MAX} segments already.`);
    const made: SegmentRow = {
      id: asked.id,
      name: asked.name,
      ownerId: caller.agentId,
      isShared: asked.isShared ? 1 : 0,
      filter: JSON.stringify(filter),
      memberCount: 0,
      fillTo: '',
      lookedAt: now,
      version: 1,
      deletedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    await insertSegment(trx, made);
    return made;
  });
  tellSegments(app);
  return toSegment(caller, row);
}

export async function changeSegment(app: App, caller: Caller, id: string, patch: SegmentPatch): Promise<Segment> {
  const filter = patch.filter && ownFilter(caller, patch.filter);
  const fields = await listKnownFields(app, caller);
  if (filter) requireKnowable(caller, filter, fields);
  const row = await app.storage.write(async (trx) => {
    const held = await lockSegment(trx, id);
    if (!held || held.deletedAt !== null || !maySee(caller, held, fields)) throw notFound();
    requireMine(caller, held, patch.isShared ?? false);
    const isOther = filter !== undefined && JSON.stringify(filter) !== held.filter;
    const next: SegmentRow = {
      ...held,
      name: patch.name ?? held.name,
      isShared: patch.isShared === undefined ? held.isShared : patch.isShared ? 1 : 0,
      updatedAt: app.now(),
      // Members stay until it is known of each whether it still is one.
      ...(isOther && { filter: JSON.stringify(filter), fillTo: '', version: held.version + 1, lookedAt: app.now() }),
    };
    await updateSegment(trx, id, next);
    return next;
  });
  tellSegments(app);
  return toSegment(caller, row);
}

export async function removeSegment(app: App, caller: Caller, id: string): Promise<void> {
  const fields = await listKnownFields(app, caller);
  await app.storage.write(async (trx) => {
    const held = await lockSegment(trx, id);
    if (!held || held.deletedAt !== null || !maySee(caller, held, fields)) throw notFound();
    requireMine(caller, held, false);
    await updateSegment(trx, id, { deletedAt: app.now() });
  });
  tellSegments(app);
}

export function filterOf({ filter }: Pick<SegmentRow, 'filter'>): CustomerFilter {
  return customerFilterSchema.parse(JSON.parse(filter));
}

export function tellSegments(app: App): void {
  app.broadcast.toRooms(['files:whole', 'files:masked'], 'segments:changed', {});
}

/** "Me" is whoever made it; a segment of segments would have to be followed in circles. */
function ownFilter({ agentId }: Caller, filter: CustomerFilter): CustomerFilter {
  if (conditionsOf(filter).some(({ on }) => on === 'segment')) {
    throw new AppError('invalid', 'filter: a segment is not made of segments', { field: 'filter' });
  }
  const groups = filter.groups.map((group) => ({
    ...group,
    conditions: group.conditions.map((condition) => {
      const named = (owners: readonly string[]) => owners.map((owner) => (owner === 'me' ? agentId : owner));
      if (condition.on === 'owner') return { ...condition, values: named(condition.values) };
      return isMatter(condition) && condition.owners ? { ...condition, owners: named(condition.owners) } : condition;
    }),
  }));
  return { ...filter, groups };
}

function maySee(caller: Caller, row: SegmentRow, fields: readonly KnownField[]): boolean {
  return (row.ownerId === caller.agentId || row.isShared === 1) && mayKnow(caller, filterOf(row), fields);
}

function requireMine(caller: Caller, row: SegmentRow, isShared: boolean): void {
  if (row.isShared === 1 || isShared) requireRight(caller, 'segments:share');
  else if (row.ownerId !== caller.agentId) throw notFound();
}

function toSegment(caller: Caller, row: SegmentRow): Segment {
  return {
    id: row.id,
    name: row.name,
    filter: filterOf(row),
    isShared: row.isShared === 1,
    ownerId: row.ownerId,
    isMineToChange: row.isShared === 1 ? caller.permissions.includes('segments:share') : row.ownerId === caller.agentId,
    count: row.memberCount,
    isFilling: row.fillTo !== null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such segment.');
}
