/** Filters with names: an agent's own, and those that the whole business shares. */
import { AppError } from '../../shared/errors.ts';
import type { SavedView, ViewCreateRequest, ViewFilter, ViewPatch, ViewSort } from '../../shared/view.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { SavedViewRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import {
  countSharedViews,
  deleteSavedView,
  findSavedViewRow,
  insertSavedView,
  listSavedViewRows,
  lockSavedView,
  readSavedViewEnd,
  updateSavedView,
} from './saved-view-store.ts';
import { mayKnow } from './view-pages.ts';

const VIEWS_OF_ONE_MAX = 100;
/** Everybody reads and counts them. */
const SHARED_VIEWS_MAX = 200;

/** Without those that ask for what this agent may not see. */
export async function listViews(app: App, caller: Caller): Promise<SavedView[]> {
  const rows = await listSavedViewRows(app.storage.db, caller.agentId);
  return rows.map((row) => toSavedView(row, caller)).filter(({ filter }) => mayKnow(caller, filter));
}

/** The same request again finds the first one. */
export async function createView(app: App, caller: Caller, { id, name, filter, sort, isShared }: ViewCreateRequest): Promise<SavedView> {
  if (isShared) requireRight(caller, 'views:share');
  requireAskable(caller, filter);
  await app.storage.write(async (trx) => {
    const known = await findSavedViewRow(trx, id);
    if (known && known.ownerId !== caller.agentId) throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
    if (known) return;
    const { count, place } = await readSavedViewEnd(trx, caller.agentId);
    if (count >= VIEWS_OF_ONE_MAX) throw new AppError('too-many', `There can be ${VIEWS_OF_ONE_MAX} views of one agent.`);
    if (isShared) await requireRoom(trx);
    await insertSavedView(trx, {
      id,
      ownerId: caller.agentId,
      name,
      filter: JSON.stringify(filter),
      sort,
      isShared: isShared ? 1 : 0,
      place,
      createdAt: app.now(),
    });
  });
  tellViews(app, isShared ? null : caller.agentId);
  return getView(app, caller, id);
}

export async function changeView(app: App, caller: Caller, id: string, { filter, isShared, ...patch }: ViewPatch): Promise<SavedView> {
  if (filter) requireAskable(caller, filter);
  const before = await app.storage.write(async (trx) => {
    const row = await lockSavedView(trx, id);
    requireMine(row, caller);
    if (isShared !== undefined && isShared !== (row.isShared === 1)) requireRight(caller, 'views:share');
    if (isShared && row.isShared === 0) await requireRoom(trx);
    await updateSavedView(trx, id, {
      ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
      ...(filter && { filter: JSON.stringify(filter) }),
      // Taken back, a colleague's view is its maker's again.
      ...(isShared !== undefined && { isShared: isShared ? 1 : 0 }),
    });
    return row;
  });
  tellViews(app, before.isShared === 1 || isShared ? null : before.ownerId);
  return getView(app, caller, id);
}

export async function removeView(app: App, caller: Caller, id: string): Promise<void> {
  const row = await app.storage.write(async (trx) => {
    const found = await lockSavedView(trx, id);
    requireMine(found, caller);
    await deleteSavedView(trx, id);
    return found;
  });
  tellViews(app, row.isShared === 1 ? null : row.ownerId);
}

/** Those that the agent may not put in order stay where they are. */
export async function orderViews(app: App, caller: Caller, ids: readonly string[]): Promise<SavedView[]> {
  const isSharedMoved = await app.storage.write(async (trx) => {
    const rows = new Map((await listSavedViewRows(trx, caller.agentId)).map((row) => [row.id, row]));
    const moved = ids.flatMap((id) => rows.get(id) ?? []).filter((row) => isMine(row, caller));
    for (const [place, row] of moved.entries()) await updateSavedView(trx, row.id, { place: place + 1 });
    return moved.some((row) => row.isShared === 1);
  });
  tellViews(app, isSharedMoved ? null : caller.agentId);
  return listViews(app, caller);
}

async function getView(app: App, caller: Caller, id: string): Promise<SavedView> {
  const row = await findSavedViewRow(app.storage.db, id);
  if (!row) throw new AppError('not-found', 'There is no such view.');
  return toSavedView(row, caller);
}

async function requireRoom(trx: Transaction): Promise<void> {
  if ((await countSharedViews(trx)) >= SHARED_VIEWS_MAX) {
    throw new AppError('too-many', `There can be ${SHARED_VIEWS_MAX} shared views.`, { field: 'isShared' });
  }
}

/** Everybody's or one agent's list is another now. */
function tellViews(app: App, ownerId: string | null): void {
  app.broadcast.toAgents('views:changed', { ownerId });
}

function toSavedView(row: SavedViewRow, caller: Caller): SavedView {
  return {
    id: row.id,
    name: row.name,
    filter: JSON.parse(row.filter) as ViewFilter,
    sort: row.sort as ViewSort,
    isShared: row.isShared === 1,
    ownerId: row.ownerId,
    isMineToChange: isMine(row, caller),
  };
}

function isMine({ ownerId, isShared }: SavedViewRow, { agentId, permissions }: Caller): boolean {
  return isShared === 1 ? permissions.includes('views:share') : ownerId === agentId;
}

/** Another's own view is not there; a shared one is there, and only those who share views change it. */
function requireMine(row: SavedViewRow, caller: Caller): void {
  if (isMine(row, caller)) return;
  if (row.isShared === 0) throw new AppError('not-found', 'There is no such view.');
  throw new AppError('forbidden', 'Your role does not allow this.');
}

function requireAskable(caller: Caller, filter: ViewFilter): void {
  if (!mayKnow(caller, filter)) throw new AppError('forbidden', 'This filter asks for what your role does not show.', { field: 'filter' });
}
