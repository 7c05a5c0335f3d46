/** The list of customers: who is found, in which order, and what whoever looks is shown of them. */
import type { CustomerCount, CustomerPage, CustomerQuery, CustomerSearch } from '../../shared/customer.ts';
import { usualDirection } from '../../shared/customer.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { findContactIds } from '../contacts/contact-search.ts';
import type { Caller } from '../transport/wire.ts';
import { type Looking, type Order, type Place, theseIds } from './customer-page-store.ts';
import { showCustomers } from './customer-rows.ts';
import { seenBy } from './customer-seen.ts';
import { countAlong, walk } from './customer-walk.ts';
import { listKnownFields, requireKnowable, requireSortable } from './filter-rights.ts';
import { requireSegment } from './segments.ts';

/** A page is looked for so long; then it says what it has, and that there is more to look through. */
const LOOK_FOR_MS = 45;
const COUNT_FOR_MS = 60;

export async function listCustomers(app: App, caller: Caller, query: CustomerQuery): Promise<CustomerPage> {
  const { sort, direction = usualDirection(sort), limit } = query;
  requireSortable(caller, sort);
  const looking = await lookFor(app, caller, query, { order: { sort, direction }, after: parsePlace(query.cursor, sort) });
  const { places, next, isLooking } = await walk(app.storage.db, looking, { limit, forMs: LOOK_FOR_MS });
  const items = await showCustomers(
    app,
    caller,
    places.map(({ id }) => id),
  );
  return { items, next: next && formatPlace(next), isLooking, currency: looking.seen.currency };
}

export async function countCustomers(
  app: App,
  caller: Caller,
  query: CustomerSearch & { cursor?: string | undefined },
): Promise<CustomerCount> {
  const segment = query.segmentId === undefined ? null : await requireSegment(app, caller, query.segmentId);
  if (segment && !query.q && !query.filter?.groups.length && !segment.isFilling) return { count: segment.count, next: null };
  const looking = await lookFor(app, caller, query, {
    order: { sort: 'seen', direction: 'desc' },
    after: parsePlace(query.cursor, 'seen'),
  });
  const { count, next } = await countAlong(app.storage.db, looking, COUNT_FOR_MS);
  return { count, next: next && formatPlace(next) };
}

/** What is asked, as the walk through the customers takes it; refused where it asks for what the caller does not see. */
export async function lookFor(
  app: App,
  caller: Caller,
  { q = '', filter, segmentId }: CustomerSearch,
  { order, after }: { order: Order; after: Place | null },
): Promise<Looking> {
  const filters = filter ? [filter] : [];
  if (filter) {
    requireKnowable(caller, filter, await listKnownFields(app, caller));
    for (const { conditions } of filter.groups) {
      for (const condition of conditions) {
        if (condition.on === 'segment') for (const id of condition.values) await requireSegment(app, caller, id);
      }
    }
  }
  if (segmentId !== undefined) {
    await requireSegment(app, caller, segmentId);
    filters.push({ match: 'all', groups: [{ match: 'all', conditions: [{ on: 'segment', op: 'any', values: [segmentId] }] }] });
  }
  const { ids } = await findContactIds(app, caller, q);
  return { filters, seen: await seenBy(app, caller), order, after, among: ids && theseIds(ids) };
}

/** The end of a page as it travels. */
export function formatPlace({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

export function parsePlace(cursor: string | undefined, sort: Order['sort']): Place | null {
  if (cursor === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const [at, id] = Array.isArray(place) ? place : [];
    const isRight = sort === 'name' || sort === 'id' ? typeof at === 'string' && !at.includes('\0') : Number.isSafeInteger(at);
    if (isRight && typeof id === 'string' && /^[\w-]{21}$/.test(id)) return { at, id };
  } catch {
    // Said below.
  }
  throw new AppError('invalid', 'cursor: this is not one of ours', { field: 'cursor' });
}
