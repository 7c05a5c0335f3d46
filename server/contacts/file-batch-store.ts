import { type RawBuilder, sql } from 'kysely';

import type { Lifecycle } from '../../shared/contact.ts';
import type { Transaction } from '../storage/database.ts';
import { insertRows, rowsFrom } from '../storage/rows.ts';
import { isMoreThanHearsay } from './hearsay-store.ts';

/** Of a file that is just being made. `lifecycle` null: as the rule has it. */
export interface NewContactRow {
  id: string;
  name: string | null;
  company: string | null;
  companyId: string | null;
  lifecycle: Lifecycle | null;
  ownerId: string | null;
  tags: readonly string[];
  locale: string | null;
}

export async function insertContactRows(trx: Transaction, files: readonly NewContactRow[], now: number): Promise<void> {
  const rows = files.map(({ id, name, company, companyId, lifecycle, ownerId, tags, locale }) => ({
    id,
    name,
    company,
    companyId,
    lifecycle: lifecycle ?? 'lead',
    isLifecycleByHand: lifecycle === null ? 0 : 1,
    ownerId,
    tags: JSON.stringify(tags),
    locale,
    fields: '{}',
    createdAt: now,
    lastSeenAt: now,
    updatedAt: now,
  }));
  await insertRows(trx, 'contact', rows, {
    id: 'text',
    name: 'text',
    company: 'text',
    companyId: 'text',
    lifecycle: 'text',
    isLifecycleByHand: 'integer',
    ownerId: 'text',
    tags: 'text',
    locale: 'text',
    fields: 'text',
    createdAt: 'bigint',
    lastSeenAt: 'bigint',
    updatedAt: 'bigint',
  });
}

export async function insertIdentityRows(
  trx: Transaction,
  rows: readonly { id: string; contactId: string; kind: string; value: string; createdAt: number }[],
): Promise<void> {
  const told = rows.map((row) => ({ ...row, isVerified: 0, source: 'import' }));
  await insertRows(trx, 'identity', told, {
    id: 'text',
    contactId: 'text',
    kind: 'text',
    value: 'text',
    isVerified: 'integer',
    createdAt: 'bigint',
    source: 'text',
  });
}

export async function insertTagRows(trx: Transaction, rows: readonly { contactId: string; tag: string }[]): Promise<void> {
  await insertRows(trx, 'contactTag', rows, { contactId: 'text', tag: 'text' });
}

/** Everything that can stand in a file and would be lost with it. */
const contents: readonly [table: string, column: string][] = [
  ['visitor', 'contactId'],
  ['conversation', 'contactId'],
  ['task', 'contactId'],
  ['mail', 'contactId'],
  ['rating', 'contactId'],
  ['ticket', 'contactId'],
  ['opportunity', 'contactId'],
  ['purchase', 'contactId'],
  ['document', 'contactId'],
  ['consent', 'contactId'],
  ['contactMerge', 'intoId'],
  ['contactMerge', 'fromId'],
];

export async function listNotNew(trx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const holds = contents.map(
    ([table, column]): RawBuilder<unknown> =>
      sql`exists (select 1 from ${sql.table(table)} where ${sql.ref(`${table}.${column}`)} = "contact"."id")`,
  );
  const { rows } = await sql<{ id: string }>`select "id" from "contact" where "id" in (${sql.join([...ids])})
    and (exists (select 1 from "activity" where "activity"."contactId" = "contact"."id" and "activity"."kind" <> 'change') or "updatedAt" <> "createdAt" or "erasedAt" is not null or "mergedInto" is not null or "lastSeenAt" <> "createdAt" or ${sql.join(holds, sql` or `)})`.execute(
    trx,
  );
  return new Set(rows.map(({ id }) => id));
}

export async function listFileHolders(
  trx: Transaction,
  identities: readonly { kind: string; value: string }[],
): Promise<{ kind: string; value: string; contactId: string; isVerified: boolean }[]> {
  if (identities.length === 0) return [];
  const asked = identities.map(({ kind, value }) => ({ askedKind: kind, askedValue: value }));
  const rows = await trx
    .selectFrom(rowsFrom(trx, asked, { askedKind: 'text', askedValue: 'text' }).as('asked'))
    .innerJoin('identity', (join) => join.onRef('identity.kind', '=', 'asked.askedKind').onRef('identity.value', '=', 'asked.askedValue'))
    .innerJoin('contact', 'contact.id', 'identity.contactId')
    .select(['identity.kind', 'identity.value', 'identity.contactId', 'identity.isVerified'])
    .where('contact.mergedInto', 'is', null)
    .where('contact.erasedAt', 'is', null)
    .where(isMoreThanHearsay)
    .orderBy('identity.isVerified', 'desc')
    .orderBy('identity.createdAt')
    .orderBy('identity.id')
    .execute();
  return rows.map((row) => ({ ...row, isVerified: row.isVerified === 1 }));
}
