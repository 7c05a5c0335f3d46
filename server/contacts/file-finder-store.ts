import type { IdentityKind } from '../../shared/contact.ts';
import { grouped } from '../../shared/grouped.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { idBeside } from '../storage/neighbour-ids.ts';
import { insertRows, lockRows, readRows } from '../storage/rows.ts';
import { isMoreThanHearsay } from './hearsay-store.ts';

/** Of each value the file that holds it as verified, else all that claim it. Neither erased files nor merged ones. */
export async function listHoldersOfAll(db: Db, kind: IdentityKind, values: readonly string[]): Promise<Map<string, string[]>> {
  if (values.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity')
    .innerJoin('contact', 'contact.id', 'identity.contactId')
    .select(['identity.value', 'identity.contactId', 'identity.isVerified'])
    .where('identity.kind', '=', kind)
    .where('identity.value', 'in', values)
    .where('contact.erasedAt', 'is', null)
    .where(isMoreThanHearsay)
    .where('contact.mergedInto', 'is', null)
    .execute();
  const holders = grouped(rows, ({ value }) => value);
  return new Map(
    [...holders].map(([value, all]) => {
      const verified = all.filter(({ isVerified }) => isVerified === 1);
      return [value, (verified.length > 0 ? verified : all).map(({ contactId }) => contactId)];
    }),
  );
}

export async function listOpenIds(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await readRows(db, 'contact', ids, ['id', 'erasedAt', 'mergedInto']);
  return rows.filter(({ erasedAt, mergedInto }) => erasedAt === null && mergedInto === null).map(({ id }) => id);
}

export async function lockStates(trx: Transaction, ids: readonly string[]) {
  return lockRows(trx, 'contact', ids.toSorted(), ['id', 'erasedAt', 'mergedInto']);
}

export async function insertLeads(
  trx: Transaction,
  files: readonly { id: string; name: string | null }[],
  identities: readonly { contactId: string; kind: string; value: string }[],
  now: number,
): Promise<void> {
  const leads = files.map((file) => ({ ...file, lifecycle: 'lead', fields: '{}', createdAt: now, lastSeenAt: now }));
  await insertRows(trx, 'contact', leads, {
    id: 'text',
    name: 'text',
    lifecycle: 'text',
    fields: 'text',
    createdAt: 'bigint',
    lastSeenAt: 'bigint',
  });
  const claims = identities.map((identity) => ({
    ...identity,
    id: idBeside(identity.contactId),
    isVerified: 0,
    source: 'import',
    createdAt: now,
  }));
  await insertRows(trx, 'identity', claims, {
    id: 'text',
    contactId: 'text',
    kind: 'text',
    value: 'text',
    isVerified: 'integer',
    source: 'text',
    createdAt: 'bigint',
  });
}
