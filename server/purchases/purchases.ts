/** What people have bought. Every write also reckons anew, in the same transaction, what they are worth and whether they are customers. */
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import { toDecimal } from '../../shared/money.ts';
import type {
  Buyer,
  Purchase,
  PurchaseCreateRequest,
  PurchasePage,
  PurchasePatch,
  PurchaseQuery,
  PurchaseUpsertRequest,
} from '../../shared/purchase.ts';
import { formatQuantity } from '../../shared/purchase.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { writeDown } from '../contacts/file-changes.ts';
import { tellContact } from '../contacts/masking.ts';
import { findFileOf, lockOpenFile, openFileOf } from '../contacts/open-file.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { PurchaseLineRow, PurchaseRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { settleValues } from './customer-value.ts';
import { type Doing, noteChanged, noteRemoved } from './purchase-changes.ts';
import { contentRow, lineRows, type PurchaseContent, sameLines } from './purchase-content.ts';
import {
  deletePurchase,
  findPurchaseByExternalId,
  findPurchaseRow,
  insertPurchases,
  listLineRows,
  listPurchaseRows,
  lockPurchase,
  replaceLines,
  updatePurchase,
} from './purchase-store.ts';
import { viewPurchases } from './purchase-view.ts';

export async function listPurchases(app: App, { cursor, limit, ...query }: PurchaseQuery): Promise<PurchasePage> {
  const { db } = app.storage;
  const rows = await listPurchaseRows(db, { ...query, before: parseCursor(cursor), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await viewPurchases(db, shown),
    next: rows.length > limit && last ? formatCursor({ at: last.at, id: last.id }) : null,
  };
}

export async function getPurchase(app: App, id: string): Promise<Purchase> {
  const row = await findPurchaseRow(app.storage.db, id);
  const [purchase] = row ? await viewPurchases(app.storage.db, [row]) : [];
  if (!purchase) throw new AppError('not-found', 'There is no such purchase.');
  return purchase;
}

/** By which door something came in, and who brought it. */
export interface Bringer {
  caller: Caller;
  source: 'hand' | 'api' | 'opportunity';
}

/** The same request again finds the first one. */
export async function createPurchase(app: App, bringer: Bringer, request: PurchaseCreateRequest): Promise<Purchase> {
  const { id, externalId, opportunityId, contactId, person, opensFile, ...content } = request;
  requireMayFind(bringer.caller, person, opensFile);
  const contactIds = await writePurchase(app, async (trx) => {
    if (await findPurchaseRow(trx, id)) return [];
    const file = await fileFor(app, trx, { contactId, person, opensFile });
    return insert(app, trx, { id, externalId, opportunityId, contactId: file, bringer, content });
  });
  await tell(app, contactIds);
  return getPurchase(app, id);
}

/** What a shop sends of one order, as often as it likes: afterwards it stands here as the shop says. */
export async function upsertPurchase(
  app: App,
  bringer: Bringer,
  externalId: string,
  { contactId, person, opensFile, ...content }: PurchaseUpsertRequest,
): Promise<Purchase> {
  requireMayFind(bringer.caller, person, opensFile);
  const contactIds = await writePurchase(app, async (trx) => {
    const known = await findPurchaseByExternalId(trx, externalId);
    const isNamed = contactId !== undefined || person !== undefined;
    if (!known || isNamed) {
      const file = await fileFor(app, trx, { contactId, person, opensFile });
      if (!known) return insert(app, trx, { id: nanoid(), externalId, opportunityId: null, contactId: file, bringer, content });
      return rewrite(app, trx, bringer, { id: known.id, next: { contactId: file }, content });
    }
    return rewrite(app, trx, bringer, { id: known.id, next: { contactId: (await lockOpenFile(trx, known.contactId)).id }, content });
  });
  await tell(app, contactIds);
  const row = await findPurchaseByExternalId(app.storage.db, externalId);
  const [purchase] = row ? await viewPurchases(app.storage.db, [row]) : [];
  if (!purchase) throw new AppError('not-found', 'There is no such purchase.');
  return purchase;
}

export async function changePurchase(app: App, bringer: Bringer, id: string, { version, ...patch }: PurchasePatch): Promise<Purchase> {
  const contactIds = await writePurchase(app, async (trx) => {
    const row = await lockWithFile(trx, id);
    if (row.version !== version) throw new AppError('stale', 'Somebody has changed this purchase meanwhile.', { field: 'version' });
    const { externalId, ...content } = patch;
    const next = { contactId: row.contactId, ...(externalId !== undefined && { externalId }) };
    return rewrite(app, trx, bringer, { id, next, content: patched(toContent(row, await listLineRows(trx, [id])), content) });
  });
  await tell(app, contactIds);
  return getPurchase(app, id);
}

/** What stood in it stays in its history, and its end in the customer's timeline. */
export async function removePurchase(app: App, bringer: Bringer, id: string): Promise<void> {
  const contactIds = await app.storage.write(async (trx) => {
    const row = await lockWithFile(trx, id);
    const { contactId } = row;
    const lines = await listLineRows(trx, [id]);
    await noteRemoved(trx, { row, lines }, doingOf(app, bringer));
    await deletePurchase(trx, id);
    await writeDown(app, trx, bringer.caller, {
      contactId,
      at: app.now(),
      changes: [{ key: 'purchase', before: endWords(row, lines), after: null }],
    });
    await settleValues(app, trx, { ids: [contactId] });
    return [contactId];
  });
  await tell(app, contactIds);
}

/** Whoever looks at these files is told what is said there now. */
export async function tell(app: App, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length > 0) tellSold(app);
  for (const id of new Set(contactIds)) tellContact(app, await getContact(app.storage.db, id));
}

/** Lists of what was sold are to be read anew. */
export function tellSold({ broadcast }: App): void {
  broadcast.toRooms(['sales:purchases'], 'purchases:changed', {});
}

/** To look for a person by an address is to learn whether it is here. */
function requireMayFind(caller: Caller, person: Buyer | undefined, opensFile: boolean): void {
  if (person !== undefined) requireRight(caller, 'contacts:view-details');
  if (opensFile) requireRight(caller, 'contacts:edit');
}

interface Whose {
  contactId?: string | undefined;
  person?: Buyer | undefined;
  opensFile: boolean;
}

/** Locked. */
async function fileFor(app: App, trx: Transaction, { contactId, person, opensFile }: Whose): Promise<string> {
  if (contactId !== undefined) return (await lockOpenFile(trx, contactId)).id;
  if (person === undefined) throw new AppError('invalid', 'contactId: say who has bought', { field: 'contactId' });
  const known = await findFileOf(trx, person);
  if (known !== null) return (await lockOpenFile(trx, known)).id;
  if (!opensFile) throw new AppError('not-found', 'There is no customer file of this person.', { field: 'person' });
  return openFileOf(trx, person, 'api', app.now());
}

interface New {
  id: string;
  externalId: string | null;
  opportunityId: string | null;
  contactId: string;
  bringer: Bringer;
  content: PurchaseContent;
}

async function insert(app: App, trx: Transaction, { id, externalId, opportunityId, contactId, bringer, content }: New): Promise<string[]> {
  const now = app.now();
  const row: PurchaseRow = {
    id,
    contactId,
    externalId,
    opportunityId,
    ...contentRow(content),
    source: bringer.source,
    createdBy: bringer.caller.agentId,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await insertPurchases(trx, [row], lineRows(id, content.lines));
  await settleValues(app, trx, { ids: [contactId], boughtBy: new Set(content.status === 'paid' ? [contactId] : []) });
  return [contactId];
}

interface Rewriting {
  id: string;
  next: { contactId: string; externalId?: string | null };
  content: PurchaseContent;
}

/** The files are locked. What says the same as before is left alone. */
async function rewrite(app: App, trx: Transaction, bringer: Bringer, { id, next: whose, content }: Rewriting): Promise<string[]> {
  const row = await lockPurchase(trx, id);
  const next = { ...whose, ...contentRow(content) };
  const before = { row, lines: await listLineRows(trx, [id]) };
  const lines = lineRows(id, content.lines);
  const isSame = Object.entries(next).every(([name, value]) => row[name as keyof PurchaseRow] === value);
  const hasSameLines = sameLines(before.lines, lines);
  if (isSame && hasSameLines) return [];
  const doing = doingOf(app, bringer);
  await updatePurchase(trx, id, { ...next, version: row.version + 1, updatedAt: doing.at });
  if (!hasSameLines) await replaceLines(trx, id, lines);
  await noteChanged(trx, [{ before, after: { row: { ...row, ...next }, lines } }], doing);
  const { contactId } = next;
  const isNewlyPaid = next.status === 'paid' && (row.status !== 'paid' || row.contactId !== contactId);
  await settleValues(app, trx, { ids: [row.contactId, contactId], boughtBy: new Set(isNewlyPaid ? [contactId] : []) });
  return [row.contactId, contactId];
}

function doingOf(app: App, { caller, source }: Bringer): Doing {
  return { agentId: caller.agentId, source, at: app.now() };
}

/** What was bought, or under which number, and for how much. */
function endWords({ number, total, currency }: PurchaseRow, lines: readonly PurchaseLineRow[]): string {
  const called = lines.map(({ product }) => product).join(', ') || number;
  return [called, `${toDecimal({ amount: total, currency })} ${currency}`].filter(Boolean).join(' · ');
}

/** The file first, as everywhere. It may be merged into another one before it is locked. */
async function lockWithFile(trx: Transaction, id: string): Promise<PurchaseRow> {
  const seen = await findPurchaseRow(trx, id);
  if (!seen) throw new AppError('not-found', 'There is no such purchase.');
  await lockOpenFile(trx, seen.contactId);
  const row = await lockPurchase(trx, id);
  if (row.contactId !== seen.contactId)
    throw new AppError('stale', 'This purchase has just been put into another file.', { field: 'version' });
  return row;
}

function toContent(row: PurchaseRow, lines: readonly PurchaseLineRow[]): PurchaseContent {
  const { companyId, number, currency, total, at, note } = row;
  return {
    companyId,
    number,
    status: row.status as PurchaseContent['status'],
    currency,
    total,
    at,
    note,
    lines: lines.map(({ product, sku, quantity, unitPrice, total: sum, startsAt, endsAt }) => ({
      product,
      sku,
      quantity: formatQuantity(quantity),
      unitPrice,
      total: sum,
      startsAt,
      endsAt,
    })),
  };
}

/** Lines bring their own total; without any it stays what it was, unless another one is said. */
function patched(
  { total: heldTotal, ...held }: PurchaseContent,
  { total, ...patch }: Omit<PurchasePatch, 'version' | 'externalId'>,
): PurchaseContent {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const next = { ...held, ...given };
  const kept = total ?? (next.lines.length === 0 ? heldTotal : undefined);
  return { ...next, ...(kept !== undefined && { total: kept }) };
}

/** Whoever came first with the same id, or for the same order, is found the second time. */
async function writePurchase<Result>(app: App, job: (trx: Transaction) => Promise<Result>): Promise<Result> {
  const isTwice = (error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
  };
  const first = await app.storage.write(job).then((done) => ({ done }), isTwice);
  if (first) return first.done;
  const second = await app.storage.write(job).then((done) => ({ done }), isTwice);
  if (second) return second.done;
  throw new AppError('conflict', 'externalId: another purchase has this id', { field: 'externalId' });
}
