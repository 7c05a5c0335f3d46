import { nanoid } from 'nanoid';
import type { Identity, IdentityKind, IdentitySource } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, readRows, updateRows } from '../storage/rows.ts';
import type { ContactRow, IdentityRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

export async function getContactRow(db: Db, id: string): Promise<ContactRow> {
  const row = await findContactRow(db, id);
  if (!row) throw new AppError('not-found', 'There is no such contact.');
  return row;
}

export async function findContactRow(db: Db | Transaction, id: string): Promise<ContactRow | undefined> {
  return db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Locked until the transaction ends, for whoever writes what it makes of the row. */
export async function lockContact(trx: Transaction, id: string): Promise<ContactRow> {
  const [row] = await lockRows(trx, 'contact', [id]);
  if (!row) throw new AppError('not-found', 'There is no such contact.');
  return row as ContactRow;
}

/** As `lockContact`, of a file that is one: whatever belongs into one that was merged belongs into another by now. */
export async function lockLiveContact(trx: Transaction, id: string): Promise<ContactRow> {
  const row = await lockContact(trx, id);
  if (row.mergedInto !== null) throw new AppError('conflict', 'This file was merged into another one.', { field: 'mergedInto' });
  return row;
}

/** Those that are there, in the order of their ids, locked until the transaction ends. */
export async function lockContacts(trx: Transaction, ids: readonly string[]): Promise<ContactRow[]> {
  return (await lockRows(trx, 'contact', [...new Set(ids)])) as ContactRow[];
}

/** Which of these files were not erased, locked until the transaction ends. */
export async function lockUnerased(trx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const rows = await lockRows(trx, 'contact', ids, ['id', 'erasedAt']);
  return new Set(rows.filter(({ erasedAt }) => erasedAt === null).map(({ id }) => id));
}

/** With the name of the agent who has confirmed it. */
export type IdentityWithAgent = IdentityRow & { confirmer: string | null };

export async function listIdentityRows(db: Db, contactIds: readonly string[]): Promise<IdentityWithAgent[]> {
  if (contactIds.length === 0) return [];
  return db
    .selectFrom('identity')
    .leftJoin('agent', 'agent.id', 'identity.confirmedBy')
    .selectAll('identity')
    .select('agent.name as confirmer')
    .where('identity.contactId', 'in', contactIds)
    .orderBy('identity.createdAt')
    .orderBy('identity.id')
    .execute();
}

/** Null where there is no such company. */
export async function findCompanyName(db: Db, id: string): Promise<string | null> {
  return (await db.selectFrom('company').select('name').where('id', '=', id).executeTakeFirst())?.name ?? null;
}

export async function isActiveAgent(db: Db, id: string): Promise<boolean> {
  const query = db.selectFrom('agent').select('id').where('id', '=', id).where('deactivatedAt', 'is', null);
  return (await query.executeTakeFirst()) !== undefined;
}

/** By them files are found; `contact.tags` says the same for reading. */
export async function replaceTags(trx: Transaction, contactId: string, tags: readonly string[]): Promise<void> {
  await trx.deleteFrom('contactTag').where('contactId', '=', contactId).execute();
  if (tags.length === 0) return;
  await trx
    .insertInto('contactTag')
    .values(tags.map((tag) => ({ contactId, tag })))
    .execute();
}

/** Every tag that some file carries, each found by the index behind the one before, however many files there are. */
export async function listContactTags(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .withRecursive('known(tag)', (query) =>
      query
        .selectFrom('contactTag')
        .select((select) => select.fn.min<string | null>('tag').as('tag'))
        .unionAll((union) =>
          union
            .selectFrom('known')
            .where('known.tag', 'is not', null)
            .select((select) =>
              select
                .selectFrom('contactTag')
                .select((inner) => inner.fn.min<string | null>('contactTag.tag').as('tag'))
                .whereRef('contactTag.tag', '>', 'known.tag')
                .as('tag'),
            ),
        ),
    )
    .selectFrom('known')
    .select('known.tag')
    .where('known.tag', 'is not', null)
    .limit(limit)
    .execute();
  return rows.flatMap(({ tag }) => tag ?? []);
}

/** Newest seen first. `before` is the last row of the page before; without `ids` all files are looked at. */
export async function listContactRows(
  db: Db,
  page: { ids: readonly string[] | null; before: Cursor | null; limit: number },
): Promise<ContactRow[]> {
  const { ids, before, limit } = page;
  if (ids) return listRowsAmong(db, ids, { before, limit });
  let query = db
    .selectFrom('contact')
    .selectAll('contact')
    .where('mergedInto', 'is', null)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('lastSeenAt', 'id', before));
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

export async function findVerifiedContactId(db: Db, identities: readonly Pick<Identity, 'kind' | 'value'>[]): Promise<string | undefined> {
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
  await replaceTags(trx, id, []);
  await trx.deleteFrom('contact').where('id', '=', id).execute();
}

export async function moveIdentity(trx: Transaction, id: string, contactId: string): Promise<void> {
  await trx.updateTable('identity').set({ contactId }).where('id', '=', id).execute();
}

export async function getIdentity(trx: Transaction, contactId: string, id: string): Promise<IdentityRow> {
  const row = await trx.selectFrom('identity').selectAll().where('id', '=', id).where('contactId', '=', contactId).executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such identity.');
  return row;
}

export async function updateIdentity(
  trx: Transaction,
  id: string,
  values: Partial<Pick<IdentityRow, 'value' | 'isVerified' | 'confirmedBy' | 'source'>>,
): Promise<void> {
  await trx.updateTable('identity').set(values).where('id', '=', id).execute();
}

export async function deleteIdentity(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('identity').where('id', '=', id).execute();
}

/** A claim never weakens what is verified; a verification strengthens the claim. */
export async function insertIdentity(
  trx: Transaction,
  contactId: string,
  identity: Omit<Identity, 'confirmedBy'> & { confirmedBy?: string | null },
  now: number,
): Promise<void> {
  const strong = { ...(identity.source && { source: identity.source }), confirmedBy: identity.confirmedBy ?? null };
  await trx
    .insertInto('identity')
    .values({
      id: nanoid(),
      contactId,
      kind: identity.kind,
      value: identity.value,
      isVerified: identity.isVerified ? 1 : 0,
      createdAt: now,
      ...strong,
    })
    .onConflict((conflict) =>
      identity.isVerified
        ? conflict.columns(['contactId', 'kind', 'value']).doUpdateSet({ isVerified: 1, ...strong })
        : conflict.columns(['contactId', 'kind', 'value']).doNothing(),
    )
    .execute();
}

/** Takes away what the person itself has claimed of one kind, and corrects now. What others wrote down stays. */
export async function deleteOwnClaims(trx: Transaction, contactId: string, kind: IdentityKind): Promise<void> {
  const claims = trx.deleteFrom('identity').where('contactId', '=', contactId).where('kind', '=', kind).where('isVerified', '=', 0);
  await claims.where('source', '=', 'visitor' satisfies IdentitySource).execute();
}

export async function listIdsOfCompany(db: Db, companyId: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('contact').select('id').where('companyId', '=', companyId).limit(limit).execute();
  return rows.map(({ id }) => id);
}
