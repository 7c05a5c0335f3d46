import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { CompanyRow, ContactRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** A greater letter than any that a name begins with. */
const LAST_LETTER = '\u{10FFFF}';

export interface CompanyPlace {
  nameKey: string;
  id: string;
}

export async function findCompanyRow(db: Db | Transaction, id: string): Promise<CompanyRow | undefined> {
  return db.selectFrom('company').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function getCompanyRow(db: Db, id: string): Promise<CompanyRow> {
  const row = await findCompanyRow(db, id);
  if (!row) throw new AppError('not-found', 'There is no such company.');
  return row;
}

/** Locked until the transaction ends. (A no-op update is the lock that both databases know.) */
export async function lockCompany(trx: Transaction, id: string): Promise<CompanyRow> {
  const row = await trx
    .updateTable('company')
    .set((company) => ({ updatedAt: company.ref('updatedAt') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such company.');
  return row;
}

/**
 * In the order of their names. `words`: folded; the name has a word that begins with each of them. The longest is looked up, since
 * it leaves the fewest.
 */
export async function listCompanyRows(
  db: Db,
  { words, after, limit }: { words: readonly string[]; after: CompanyPlace | null; limit: number },
): Promise<CompanyRow[]> {
  let query = db.selectFrom('company').selectAll('company').orderBy('company.nameKey').orderBy('company.id').limit(limit);
  for (const word of words) {
    query = query.where('company.id', 'in', (found) =>
      found
        .selectFrom('companyWord')
        .select('companyWord.companyId')
        .where('companyWord.word', '>=', word)
        .where('companyWord.word', '<', `${word}${LAST_LETTER}`),
    );
  }
  if (after) {
    query = query.where((where) =>
      where.or([
        where('company.nameKey', '>', after.nameKey),
        where.and([where('company.nameKey', '=', after.nameKey), where('company.id', '>', after.id)]),
      ]),
    );
  }
  return query.execute();
}

/** Newest seen first. */
export async function listPeopleRows(
  db: Db,
  companyId: string,
  { before, limit }: { before: Cursor | null; limit: number },
): Promise<ContactRow[]> {
  let query = db
    .selectFrom('contact')
    .selectAll()
    .where('companyId', '=', companyId)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('lastSeenAt', 'id', before));
  return query.execute();
}

/** How many people each of these companies has, as far as `most`. */
export async function countPeople(db: Db | Transaction, companyId: string, most: number): Promise<number> {
  const some = db.selectFrom('contact').select('id').where('companyId', '=', companyId).limit(most).as('some');
  const { count } = await db
    .selectFrom(some)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function isActiveOwner(db: Db, id: string): Promise<boolean> {
  const query = db.selectFrom('agent').select('id').where('id', '=', id).where('deactivatedAt', 'is', null);
  return (await query.executeTakeFirst()) !== undefined;
}

export async function findCompanyByExternalId(db: Db | Transaction, externalId: string): Promise<string | undefined> {
  return (await db.selectFrom('company').select('id').where('externalId', '=', externalId).executeTakeFirst())?.id;
}

export async function insertCompany(trx: Transaction, row: CompanyRow): Promise<void> {
  await trx.insertInto('company').values(row).execute();
}

export async function updateCompany(trx: Transaction, id: string, values: Partial<Omit<CompanyRow, 'id'>>): Promise<void> {
  await trx.updateTable('company').set(values).where('id', '=', id).execute();
}

export async function replaceWords(trx: Transaction, companyId: string, words: readonly string[]): Promise<void> {
  await trx.deleteFrom('companyWord').where('companyId', '=', companyId).execute();
  if (words.length === 0) return;
  await trx
    .insertInto('companyWord')
    .values(words.map((word) => ({ companyId, word })))
    .execute();
}

export async function deleteCompany(trx: Transaction, id: string): Promise<void> {
  await replaceWords(trx, id, []);
  await trx.deleteFrom('company').where('id', '=', id).execute();
}
