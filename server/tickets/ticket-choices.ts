/** What administrators set up for tickets: what a matter can be about, and why a ticket can be closed. Nothing is deleted: it is archived. */
import { AppError } from '../../shared/errors.ts';
import type {
  TicketCategory,
  TicketCategoryCreateRequest,
  TicketCategoryPatch,
  TicketReason,
  TicketReasonCreateRequest,
  TicketReasonPatch,
} from '../../shared/ticket.ts';
import type { App } from '../app.ts';
import { type Db, isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { TicketCategoryRow, TicketReasonRow } from '../storage/tables.ts';
import {
  findCategoryRow,
  findReasonRow,
  hasReasons,
  insertCategory,
  insertReason,
  listCategoryRows,
  listReasonRows,
  lockChoices,
  updateCategory,
  updatePlace,
  updateReason,
} from './ticket-choice-store.ts';

const CHOICES_MAX = 500;

export async function listCategories(db: Db): Promise<TicketCategory[]> {
  return (await listCategoryRows(db)).map(toCategory);
}

export async function listReasons(db: Db): Promise<TicketReason[]> {
  return (await listReasonRows(db)).map(toReason);
}

/** The same request again finds the first one. */
export async function createCategory(
  app: App,
  { id, name, parentId, tellsCustomer }: TicketCategoryCreateRequest,
): Promise<TicketCategory> {
  const store = () =>
    app.storage.write(async (trx) => {
      const known = await findCategoryRow(trx, id);
      if (known) return known;
      await lockChoices(trx, 'ticketCategory');
      const rows = await listCategoryRows(trx);
      requireRoom(rows, name, null);
      requireParent(rows, id, parentId);
      const place = nextPlace(rows);
      const row = { id, name, parentId, tellsCustomer: Number(tellsCustomer), place, archivedAt: null, createdAt: app.now() };
      await insertCategory(trx, row);
      return row;
    });
  return toCategory(await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error))));
}

export async function changeCategory(app: App, id: string, patch: TicketCategoryPatch): Promise<TicketCategory> {
  const { name, parentId, tellsCustomer, isArchived } = patch;
  const row = await app.storage.write(async (trx) => {
    await lockChoices(trx, 'ticketCategory');
    const rows = await listCategoryRows(trx);
    const held = rows.find((one) => one.id === id);
    if (!held) throw new AppError('not-found', 'There is no such category.');
    if (name !== undefined) requireRoom(rows, name, id);
    if (parentId !== undefined) requireParent(rows, id, parentId);
    const values: Partial<TicketCategoryRow> = {
      ...(name !== undefined && { name }),
      ...(parentId !== undefined && { parentId }),
      ...(tellsCustomer !== undefined && { tellsCustomer: Number(tellsCustomer) }),
      ...(isArchived !== undefined && { archivedAt: isArchived ? (held.archivedAt ?? app.now()) : null }),
    };
    if (Object.keys(values).length > 0) await updateCategory(trx, id, values);
    return { ...held, ...values };
  });
  return toCategory(row);
}

export async function createReason(app: App, { id, name }: TicketReasonCreateRequest): Promise<TicketReason> {
  const store = () =>
    app.storage.write(async (trx) => {
      const known = await findReasonRow(trx, id);
      if (known) return known;
      await lockChoices(trx, 'ticketReason');
      const rows = await listReasonRows(trx);
      requireRoom(rows, name, null);
      const row = { id, name, place: nextPlace(rows), archivedAt: null, createdAt: app.now() };
      await insertReason(trx, row);
      return row;
    });
  return toReason(await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error))));
}

export async function changeReason(app: App, id: string, { name, isArchived }: TicketReasonPatch): Promise<TicketReason> {
  const row = await app.storage.write(async (trx) => {
    await lockChoices(trx, 'ticketReason');
    const rows = await listReasonRows(trx);
    const held = rows.find((one) => one.id === id);
    if (!held) throw new AppError('not-found', 'There is no such reason.');
    if (name !== undefined) requireRoom(rows, name, id);
    const values: Partial<TicketReasonRow> = {
      ...(name !== undefined && { name }),
      ...(isArchived !== undefined && { archivedAt: isArchived ? (held.archivedAt ?? app.now()) : null }),
    };
    if (Object.keys(values).length > 0) await updateReason(trx, id, values);
    return { ...held, ...values };
  });
  return toReason(row);
}

/** Those that are not named come behind, in the order that they had. */
export async function orderChoices(app: App, table: 'ticketCategory' | 'ticketReason', ids: readonly string[]): Promise<void> {
  await app.storage.write(async (trx) => {
    await lockChoices(trx, table);
    const rows = table === 'ticketCategory' ? await listCategoryRows(trx) : await listReasonRows(trx);
    const placeOf = new Map([...new Set(ids)].map((id, at) => [id, at]));
    const inOrder = rows.toSorted((one, other) => (placeOf.get(one.id) ?? ids.length) - (placeOf.get(other.id) ?? ids.length));
    for (const [at, { id, place }] of inOrder.entries()) if (place !== at + 1) await updatePlace(trx, table, id, at + 1);
  });
}

/** One that can still be chosen; what a ticket has already stays. */
export async function requireCategory(trx: Transaction, id: string): Promise<void> {
  const row = await findCategoryRow(trx, id);
  if (!row) throw new AppError('not-found', 'There is no such category.', { field: 'categoryId' });
  if (row.archivedAt !== null) throw new AppError('conflict', 'This category has been archived.', { field: 'categoryId' });
}

export async function tellsCustomer(trx: Transaction, categoryId: string | null): Promise<boolean> {
  return categoryId !== null && (await findCategoryRow(trx, categoryId))?.tellsCustomer === 1;
}

/** A ticket is not closed without one, once there are any. */
export async function requireReason(trx: Transaction, id: string | null, { isNeeded }: { isNeeded: boolean }): Promise<void> {
  if (id === null) {
    if (isNeeded && (await hasReasons(trx)))
      throw new AppError('invalid', 'reasonId: a ticket is closed for a reason', { field: 'reasonId' });
    return;
  }
  if (!(await findReasonRow(trx, id))) throw new AppError('not-found', 'There is no such reason.', { field: 'reasonId' });
}

/** With what belongs under it. */
export async function listBranch(db: Db, id: string): Promise<string[]> {
  return [id, ...(await listCategoryRows(db)).filter(({ parentId }) => parentId === id).map((row) => row.id)];
}

function requireRoom(
  rows: readonly { id: string; name: string; archivedAt: number | null }[],
  name: string,
  exceptId: string | null,
): void {
  if (exceptId === null && rows.length >= CHOICES_MAX) throw new AppError('too-many', `There can be ${CHOICES_MAX} of them.`);
  const isTaken = rows.some((row) => row.id !== exceptId && row.archivedAt === null && row.name === name);
  if (isTaken) throw new AppError('conflict', 'There is one with this name already.', { field: 'name' });
}

/** A tree of one level: what stands under another one has nothing under itself. */
function requireParent(rows: readonly TicketCategoryRow[], id: string, parentId: string | null): void {
  if (parentId === null) return;
  const parent = rows.find((row) => row.id === parentId);
  if (!parent) throw new AppError('not-found', 'There is no such category.', { field: 'parentId' });
  const isDeep = parent.parentId !== null || parentId === id || rows.some((row) => row.parentId === id);
  if (isDeep) throw new AppError('conflict', 'Categories have one level below them.', { field: 'parentId' });
}

function nextPlace(rows: readonly { place: number }[]): number {
  return (rows.at(-1)?.place ?? 0) + 1;
}

function toCategory({ id, name, parentId, tellsCustomer: tells, place, archivedAt }: TicketCategoryRow): TicketCategory {
  return { id, name, parentId, tellsCustomer: tells === 1, place, archivedAt };
}

function toReason({ id, name, place, archivedAt }: TicketReasonRow): TicketReason {
  return { id, name, place, archivedAt };
}
