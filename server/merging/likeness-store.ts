import { nanoid } from 'nanoid';
import type { Db, Transaction } from '../storage/database.ts';
import { rowsFrom } from '../storage/rows.ts';
import type { ContactLikenessRow, ContactRow, IdentityRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';

export type Decision = Pick<ContactLikenessRow, 'status' | 'decidedBy' | 'decidedAt'>;

/** Where a page of the list ended. */
export interface Place {
  score: number;
  createdAt: number;
  id: string;
}

export async function findLikeness(db: Db | Transaction, id: string): Promise<ContactLikenessRow | undefined> {
  return db.selectFrom('contactLikeness').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The most likely first. */
export async function listOpenLikenesses(db: Db, { after, limit }: { after: Place | null; limit: number }): Promise<ContactLikenessRow[]> {
  let query = db.selectFrom('contactLikeness').selectAll().where('status', '=', 'open');
  if (after) {
    const { score, createdAt, id } = after;
    query = query.where((where) => {
      const isOlder = beforeInTime('createdAt', 'id', { at: createdAt, id });
      return where.or([where('score', '<', score), where.and([where('score', '=', score), isOlder])]);
    });
  }
  return query.orderBy('score', 'desc').orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Of the file, on either side. */
export async function listLikenessesOf(db: Db | Transaction, contactId: string): Promise<ContactLikenessRow[]> {
  const ones = db.selectFrom('contactLikeness').selectAll();
  // Two questions, each by its index.
  const [as, to] = [await ones.where('contactId', '=', contactId).execute(), await ones.where('otherId', '=', contactId).execute()];
  return [...as, ...to];
}

export async function insertLikeness(trx: Transaction, row: ContactLikenessRow): Promise<void> {
  await trx.insertInto('contactLikeness').values(row).execute();
}

export async function updateLikeness(trx: Transaction, id: string, values: Partial<Omit<ContactLikenessRow, 'id'>>): Promise<void> {
  await trx.updateTable('contactLikeness').set(values).where('id', '=', id).execute();
}

export async function deleteLikeness(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('contactLikeness').where('id', '=', id).execute();
}

/** What was decided about two files; what was not proposed yet is remembered, where it is refused. */
export async function settleLikeness(trx: Transaction, pair: readonly [string, string], decision: Decision): Promise<void> {
  const [one, other] = pair;
  const found = await trx
    .updateTable('contactLikeness')
    .set(decision)
    .where((where) =>
      where.or([
        where.and([where('contactId', '=', one), where('otherId', '=', other)]),
        where.and([where('contactId', '=', other), where('otherId', '=', one)]),
      ]),
    )
    .returning('id')
    .execute();
  if (found.length > 0 || decision.status !== 'refused') return;
  const [contactId, otherId] = one < other ? [one, other] : [other, one];
  const id = nanoid();
  const row = { id, kind: 'duplicate', contactId, otherId, reasons: '[]', score: 1, createdAt: decision.decidedAt ?? 0, ...decision };
  await insertLikeness(trx, row);
}

/** Of a file that goes into another one: what stood open is looked for anew, and whom it was not stays whom the other is not. */
export async function handLikenessesOn(trx: Transaction, from: string, to: string): Promise<void> {
  const decided = new Set((await listLikenessesOf(trx, to)).map(({ contactId, otherId }) => (contactId === to ? otherId : contactId)));
  for (const { id, status, contactId, otherId, decidedBy, decidedAt } of await listLikenessesOf(trx, from)) {
    const partner = contactId === from ? otherId : contactId;
    if (status === 'open') await deleteLikeness(trx, id);
    else if (status === 'refused' && partner !== to && !decided.has(partner)) {
      await settleLikeness(trx, [to, partner], { status, decidedBy, decidedAt });
    }
  }
}

export async function deleteLikenessesOf(trx: Transaction, contactId: string): Promise<void> {
  for (const { id } of await listLikenessesOf(trx, contactId)) await deleteLikeness(trx, id);
}

export async function noteDueRows(trx: Transaction, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await trx
    .insertInto('contactLikenessDue')
    .values(contactIds.map((contactId) => ({ contactId })))
    .onConflict((conflict) => conflict.column('contactId').doUpdateSet((of) => ({ times: of('contactLikenessDue.times', '+', 1) })))
    .execute();
}

export interface Due {
  contactId: string;
  times: number;
}

export async function listDue(db: Db, limit: number): Promise<Due[]> {
  return db.selectFrom('contactLikenessDue').select(['contactId', 'times']).limit(limit).execute();
}

/** False where it has changed since it was looked at, or somebody else has taken it. */
export async function takeDue(trx: Transaction, { contactId, times }: Due): Promise<boolean> {
  const due = trx.deleteFrom('contactLikenessDue').where('contactId', '=', contactId).where('times', '=', times);
  return (await due.returning('contactId').executeTakeFirst()) !== undefined;
}

export type SharedIdentity = Pick<IdentityRow, 'contactId' | 'kind' | 'value' | 'isVerified' | 'source'>;

/** Who else holds these values; of one that many hold only so many. */
export async function listHolders(
  db: Db,
  { contactId, identities, limit }: { contactId: string; identities: readonly SharedIdentity[]; limit: number },
): Promise<SharedIdentity[]> {
  const found: SharedIdentity[] = [];
  for (const { kind, value } of identities) {
    const holders = db.selectFrom('identity').select(['contactId', 'kind', 'value', 'isVerified', 'source']);
    const others = holders.where('kind', '=', kind).where('value', '=', value).where('contactId', '!=', contactId);
    found.push(...(await others.limit(limit).execute()));
  }
  return found;
}

export type Somebody = Pick<ContactRow, 'id' | 'name' | 'company' | 'companyId'> & { identities: SharedIdentity[] };

/** Those that are files of their own, and whose person was not erased. */
export async function listPeople(db: Db | Transaction, ids: readonly string[]): Promise<Somebody[]> {
  if (ids.length === 0) return [];
  const given = ids.map((wanted) => ({ wanted }));
  const rows = await db
    .selectFrom(rowsFrom(db, given, { wanted: 'text' }).as('given'))
    .innerJoin('contact', 'contact.id', 'given.wanted')
    .select(['contact.id', 'contact.name', 'contact.company', 'contact.companyId'])
    .where('contact.mergedInto', 'is', null)
    .where('contact.erasedAt', 'is', null)
    .execute();
  const identities = await db
    .selectFrom(rowsFrom(db, given, { wanted: 'text' }).as('given'))
    .innerJoin('identity', 'identity.contactId', 'given.wanted')
    .select(['identity.contactId', 'identity.kind', 'identity.value', 'identity.isVerified', 'identity.source'])
    .execute();
  return rows.map((row) => ({ ...row, identities: identities.filter(({ contactId }) => contactId === row.id) }));
}
