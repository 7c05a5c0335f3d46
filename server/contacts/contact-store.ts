import { nanoid } from 'nanoid';
import type { Identity, IdentityKind } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, readRows, updateRows } from '../storage/rows.ts';
import type { ContactRow, IdentityRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

export async function getContactRow(db: Db, id: string): Promise<ContactRow> {
  const row = await db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such contact.');
  return row;
}

/** Locked until the transaction ends, for whoever writes what it makes of the row. */
export async function lockContact(trx: Transaction, id: string): Promise<ContactRow> {
  const [row] = await lockRows(trx, 'contact', [id]);
  if (!row) throw new AppError('not-found', 'There is no such contact.');
  return row as ContactRow;
}

/** Which of these files were not erased, locked until the transaction ends. */
export async function lockUnerased(trx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const rows = await lockRows(trx, 'contact', ids, ['id', 'erasedAt']);
  return new Set(rows.filter(({ erasedAt }) => erasedAt === null).map(({ id }) => id));
}

export async function listIdentityRows(db: Db, contactIds: readonly string[]): Promise<IdentityRow[]> {
  if (contactIds.length === 0) return [];
  return db.selectFrom('identity').selectAll().where('contactId', 'in', contactIds).orderBy('createdAt').orderBy('id').execute();
}

/** Newest seen first. `before` is the last row of the page before; without `ids` all files are looked at. */
export async function listContactRows(
  db: Db,
  page: { ids: readonly string[] | null; before: Cursor | null; limit: number },
): Promise<ContactRow[]> {
  const { ids, before, limit } = page;
  if (ids) return listRowsAmong(db, ids, { before, limit });
  let query = db.selectFrom('contact').selectAll('contact').orderBy('lastSeenAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (before) {
    query = query.where((where) =>
      where.or([where('lastSeenAt', '<', before.at), where.and([where('lastSeenAt', '=', before.at), where('id', '<', before.id)])]),
    );
  }
  return query.execute();
}

/** Put in order here: PostgreSQL would walk through all files by time to find the few that were asked for. */
async function listRowsAmong(
  db: Db,
  ids: readonly string[],
  { before, limit }: { before: Cursor | null; limit: number },
): Promise<ContactRow[]> {
  const moments = await readRows(db, 'contact', ids, ['id', 'lastSeenAt']);
  const wanted = moments
    .sort((a, b) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? 1 : -1))
    .filter(({ id, lastSeenAt }) => before === null || lastSeenAt < before.at || (lastSeenAt === before.at && id < before.id))
    .slice(0, limit)
    .map(({ id }) => id);
  const found = (await readRows(db, 'contact', wanted, [])) as ContactRow[];
  const rows = new Map(found.map((row) => [row.id, row]));
  return wanted.flatMap((id) => rows.get(id) ?? []);
}

export async function findVerifiedContactId(db: Db, identities: readonly Identity[]): Promise<string | undefined> {
  for (const { kind, value } of identities) {
    const row = await db
      .selectFrom('identity')
      .select('contactId')
      .where('kind', '=', kind)
      .where('value', '=', value)
      .where('isVerified', '=', 1)
      .executeTakeFirst();
    if (row) return row.contactId;
  }
  return undefined;
}

export async function insertContact(trx: Transaction, row: ContactRow): Promise<void> {
  await trx.insertInto('contact').values(row).execute();
}

export async function updateContact(trx: Transaction, id: string, values: Partial<Omit<ContactRow, 'id'>>): Promise<void> {
  if (Object.keys(values).length > 0) await trx.updateTable('contact').set(values).where('id', '=', id).execute();
}

export async function updateSeen(trx: Transaction, rows: readonly Pick<ContactRow, 'id' | 'lastSeenAt'>[]): Promise<void> {
  await updateRows(trx, 'contact', rows, { id: 'text', lastSeenAt: 'bigint' });
}

export async function updatePages(trx: Transaction, rows: readonly Pick<ContactRow, 'id' | 'pageUrl' | 'pageTitle'>[]): Promise<void> {
  await updateRows(trx, 'contact', rows, { id: 'text', pageUrl: 'text', pageTitle: 'text' });
}

export async function deleteIdentities(trx: Transaction, contactId: string): Promise<void> {
  await trx.deleteFrom('identity').where('contactId', '=', contactId).execute();
}

export async function deleteContact(trx: Transaction, id: string): Promise<void> {
  await deleteIdentities(trx, id);
  await trx.deleteFrom('contact').where('id', '=', id).execute();
}

/** A claim never weakens what is verified; a verification strengthens the claim. */
export async function insertIdentity(trx: Transaction, contactId: string, identity: Identity, now: number): Promise<void> {
  await trx
    .insertInto('identity')
    .values({
      id: nanoid(),
      contactId,
      kind: identity.kind,
      value: identity.value,
      isVerified: identity.isVerified ? 1 : 0,
      createdAt: now,
      ...(identity.source && { source: identity.source }),
    })
    .onConflict((conflict) =>
      identity.isVerified
        ? conflict
            .columns(['contactId', 'kind', 'value'])
            .doUpdateSet({ isVerified: 1, ...(identity.source && { source: identity.source }) })
        : conflict.columns(['contactId', 'kind', 'value']).doNothing(),
    )
    .execute();
}

/** Takes away the claims of one kind, for a person who corrects what was told. */
export async function deleteClaims(trx: Transaction, contactId: string, kind: IdentityKind): Promise<void> {
  await trx.deleteFrom('identity').where('contactId', '=', contactId).where('kind', '=', kind).where('isVerified', '=', 0).execute();
}
