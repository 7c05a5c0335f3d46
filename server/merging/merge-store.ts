import type { Db, Transaction } from '../storage/database.ts';
import { insertRows } from '../storage/rows.ts';
import type { ContactMergeRow, ContactRow, IdentityRow } from '../storage/tables.ts';

/** Fewer than either database takes as parameters of one statement. */
const AT_ONCE = 500;

/** One custom field's value, as its table has it. */
export interface HeldValue {
  fieldId: string;
  value: string;
  textKey: string | null;
  number: number | null;
}

export interface MergeListRow extends ContactMergeRow {
  byName: string | null;
  undoneByName: string | null;
}

export async function findMerge(db: Db | Transaction, id: string): Promise<ContactMergeRow | undefined> {
  return db.selectFrom('contactMerge').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findContactRow(db: Db | Transaction, id: string): Promise<ContactRow | undefined> {
  return db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertMerge(trx: Transaction, row: ContactMergeRow): Promise<void> {
  await trx.insertInto('contactMerge').values(row).execute();
}

export async function updateMerge(trx: Transaction, id: string, values: Partial<Omit<ContactMergeRow, 'id'>>): Promise<void> {
  await trx.updateTable('contactMerge').set(values).where('id', '=', id).execute();
}

/** Those in the file that nobody has undone, in the order in which they came. */
export async function listUnitedInto(db: Db | Transaction, intoId: string): Promise<ContactMergeRow[]> {
  const rows = db.selectFrom('contactMerge').selectAll().where('intoId', '=', intoId).where('undoneAt', 'is', null);
  return rows.orderBy('at').orderBy('id').execute();
}

/** Newest first. */
export async function listMergeRows(db: Db, intoId: string, limit: number): Promise<MergeListRow[]> {
  return namedMerges(db).where('contactMerge.intoId', '=', intoId).orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export async function getNamedMerge(db: Db, id: string): Promise<MergeListRow> {
  return namedMerges(db).where('contactMerge.id', '=', id).executeTakeFirstOrThrow();
}

function namedMerges(db: Db) {
  return db
    .selectFrom('contactMerge')
    .leftJoin('agent as by', 'by.id', 'contactMerge.agentId')
    .leftJoin('agent as undoer', 'undoer.id', 'contactMerge.undoneBy')
    .selectAll('contactMerge')
    .select(['by.name as byName', 'undoer.name as undoneByName']);
}

export async function insertMoves(trx: Transaction, mergeId: string, moved: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const rows = [...moved].flatMap(([shelf, ids]) => ids.map((itemId) => ({ mergeId, shelf, itemId })));
  await insertRows(trx, 'contactMove', rows, { mergeId: 'text', shelf: 'text', itemId: 'text' });
}

export async function listMoves(db: Db | Transaction, mergeId: string): Promise<Map<string, string[]>> {
  const rows = await db.selectFrom('contactMove').select(['shelf', 'itemId']).where('mergeId', '=', mergeId).execute();
  const moves = new Map<string, string[]>();
  for (const { shelf, itemId } of rows) {
    const ids = moves.get(shelf);
    if (ids) ids.push(itemId);
    else moves.set(shelf, [itemId]);
  }
  return moves;
}

export async function countMoves(db: Db, mergeIds: readonly string[]): Promise<{ mergeId: string; shelf: string; count: number }[]> {
  if (mergeIds.length === 0) return [];
  const rows = await db
    .selectFrom('contactMove')
    .select(['mergeId', 'shelf', (of) => of.fn.countAll<number>().as('count')])
    .where('mergeId', 'in', mergeIds)
    .groupBy(['mergeId', 'shelf'])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

export async function deleteMoves(trx: Transaction, mergeIds: readonly string[]): Promise<void> {
  if (mergeIds.length > 0) await trx.deleteFrom('contactMove').where('mergeId', 'in', mergeIds).execute();
}

/** With those that came to nothing: whatever is written of a person in them. */
export async function listMergesOf(trx: Transaction, contactIds: readonly string[]): Promise<ContactMergeRow[]> {
  const of = trx.selectFrom('contactMerge').selectAll();
  return of.where((where) => where.or([where('intoId', 'in', contactIds), where('fromId', 'in', contactIds)])).execute();
}

export async function listShellIds(trx: Transaction, intoId: string): Promise<string[]> {
  const rows = await trx.selectFrom('contact').select('id').where('mergedInto', '=', intoId).execute();
  return rows.map(({ id }) => id);
}

/** Whatever led to the one file leads to the other. */
export async function redirectShells(trx: Transaction, from: string, to: string): Promise<void> {
  await trx.updateTable('contact').set({ mergedInto: to }).where('mergedInto', '=', from).execute();
}

export async function listHeldValues(db: Db | Transaction, entityId: string): Promise<HeldValue[]> {
  const held = db.selectFrom('fieldValue').select(['fieldId', 'value', 'textKey', 'number']);
  return held.where('entityId', '=', entityId).orderBy('fieldId').execute();
}

/** The file says this and nothing else. A company that was deleted since, and fields that were, are left out. */
export async function writeFile(
  trx: Transaction,
  id: string,
  file: { columns: Partial<ContactRow>; tags: readonly string[]; values: readonly HeldValue[] },
): Promise<void> {
  const { companyId } = file.columns;
  const isGone = companyId && !(await trx.selectFrom('company').select('id').where('id', '=', companyId).executeTakeFirst());
  await trx
    .updateTable('contact')
    .set({ ...file.columns, ...(isGone && { companyId: null }) })
    .where('id', '=', id)
    .execute();
  await trx.deleteFrom('contactTag').where('contactId', '=', id).execute();
  const tags = file.tags.map((tag) => ({ contactId: id, tag }));
  await insertRows(trx, 'contactTag', tags, { contactId: 'text', tag: 'text' });
  await trx.deleteFrom('fieldValue').where('entityId', '=', id).execute();
  if (file.values.length === 0) return;
  const fieldIds = file.values.map(({ fieldId }) => fieldId);
  const known = new Set((await trx.selectFrom('customField').select('id').where('id', 'in', fieldIds).execute()).map((row) => row.id));
  const values = file.values.filter(({ fieldId }) => known.has(fieldId)).map((value) => ({ entityId: id, ...value }));
  if (values.length > 0) await trx.insertInto('fieldValue').values(values).execute();
}

export async function writeName(trx: Transaction, id: string, name: string): Promise<void> {
  await trx.updateTable('contact').set({ name }).where('id', '=', id).execute();
}

export async function listIdentitiesOf(trx: Transaction, contactId: string): Promise<IdentityRow[]> {
  return trx.selectFrom('identity').selectAll().where('contactId', '=', contactId).orderBy('id').execute();
}

export async function moveIdentity(trx: Transaction, id: string, contactId: string): Promise<void> {
  await trx.updateTable('identity').set({ contactId }).where('id', '=', id).execute();
}

export type Strength = Pick<IdentityRow, 'isVerified' | 'source' | 'confirmedBy'>;

export async function updateStrength(trx: Transaction, id: string, { isVerified, source, confirmedBy }: Strength): Promise<void> {
  await trx.updateTable('identity').set({ isVerified, source, confirmedBy }).where('id', '=', id).execute();
}

/** What a visitor has told of itself, and nobody else has vouched for. */
export async function deleteToldClaims(
  trx: Transaction,
  contactId: string,
  { email, phone }: { email: string | null; phone: string | null },
): Promise<void> {
  const values = [email, phone].filter((value) => value !== null);
  if (values.length === 0) return;
  const told = trx.deleteFrom('identity').where('contactId', '=', contactId).where('value', 'in', values);
  await told.where('isVerified', '=', 0).where('source', '=', 'visitor').execute();
}

export async function deleteIdentity(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('identity').where('id', '=', id).execute();
}

/** Where another file is verified to hold the value by now, only as a claim. */
export async function restoreIdentity(trx: Transaction, row: IdentityRow): Promise<void> {
  const held = trx.selectFrom('identity').select('id').where('kind', '=', row.kind).where('value', '=', row.value);
  const isHeld = row.isVerified === 1 && (await held.where('isVerified', '=', 1).executeTakeFirst()) !== undefined;
  await trx
    .insertInto('identity')
    .values({ ...row, ...(isHeld && { isVerified: 0, confirmedBy: null }) })
    .execute();
}

export interface FileVisitor {
  id: string;
  contactId: string | null;
  isVerified: number;
  told: string | null;
}

/** Of these files, in the order of their ids. */
export async function listFileVisitors(db: Db | Transaction, contactIds: readonly string[]): Promise<FileVisitor[]> {
  const visitors = db.selectFrom('visitor').select(['id', 'contactId', 'isVerified', 'told']);
  return visitors.where('contactId', 'in', contactIds).orderBy('id').execute();
}

export async function updateTold(trx: Transaction, visitorIds: readonly string[], told: string | null): Promise<void> {
  for (let at = 0; at < visitorIds.length; at += AT_ONCE) {
    const some = visitorIds.slice(at, at + AT_ONCE);
    await trx.updateTable('visitor').set({ told }).where('id', 'in', some).execute();
  }
}

/** Begun by these visitors since then, in this file. */
export async function listConversationIdsSince(
  trx: Transaction,
  { contactId, visitorIds, since }: { contactId: string; visitorIds: readonly string[]; since: number },
): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < visitorIds.length; at += AT_ONCE) {
    const some = visitorIds.slice(at, at + AT_ONCE);
    const rows = trx.selectFrom('conversation').select('id').where('contactId', '=', contactId).where('visitorId', 'in', some);
    ids.push(...(await rows.where('createdAt', '>=', since).execute()).map(({ id }) => id));
  }
  return ids;
}

/** Browsers in the file whose every conversation is among these. */
export async function listVisitorsOnlyIn(trx: Transaction, contactId: string, conversationIds: readonly string[]): Promise<FileVisitor[]> {
  const chosen = new Set(conversationIds);
  const rows = await trx.selectFrom('conversation').select(['id', 'visitorId']).where('contactId', '=', contactId).execute();
  const leaving = new Set(rows.filter(({ id }) => chosen.has(id)).map(({ visitorId }) => visitorId));
  for (const { id, visitorId } of rows) if (!chosen.has(id)) leaving.delete(visitorId);
  return (await listFileVisitors(trx, [contactId])).filter(({ id }) => leaving.has(id));
}
