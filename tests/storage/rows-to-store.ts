import { nanoid } from 'nanoid';
import type { Db, Transaction } from '../../server/storage/database.ts';
import type { ContactRow } from '../../server/storage/tables.ts';

export const contactColumns = {
  id: 'text',
  name: 'text',
  company: 'text',
  lifecycle: 'text',
  locale: 'text',
  fields: 'text',
  pageUrl: 'text',
  pageTitle: 'text',
  consentAt: 'bigint',
  consentText: 'text',
  createdAt: 'bigint',
  lastSeenAt: 'bigint',
  erasedAt: 'bigint',
  blockedAt: 'bigint',
  blockedUntil: 'bigint',
  blockedBy: 'text',
  ownerId: 'text',
  companyId: 'text',
  tags: 'text',
  isLifecycleByHand: 'integer',
  mergedInto: 'text',
  mergedAt: 'bigint',
  updatedAt: 'bigint',
  purchaseCount: 'bigint',
  purchaseTotal: 'bigint',
  firstPurchaseAt: 'bigint',
  lastPurchaseAt: 'bigint',
  activeUntil: 'bigint',
} as const;

export function contactRow(some: Partial<ContactRow> = {}): ContactRow {
  return {
    id: nanoid(),
    name: null,
    company: null,
    lifecycle: 'lead',
    locale: 'he',
    fields: '{}',
    pageUrl: null,
    pageTitle: null,
    consentAt: null,
    consentText: null,
    createdAt: 1_795_000_000_000,
    lastSeenAt: 1_795_000_000_000,
    erasedAt: null,
    blockedAt: null,
    blockedUntil: null,
    blockedBy: null,
    ownerId: null,
    companyId: null,
    tags: '[]',
    isLifecycleByHand: 0,
    mergedInto: null,
    mergedAt: null,
    updatedAt: null,
    purchaseCount: 0,
    purchaseTotal: 0,
    firstPurchaseAt: null,
    lastPurchaseAt: null,
    activeUntil: null,
    ...some,
  };
}

export async function insertContact(trx: Transaction, some: Partial<ContactRow> = {}): Promise<string> {
  const row = contactRow(some);
  await trx.insertInto('contact').values(row).execute();
  return row.id;
}

export function findContact(db: Db, id: string): Promise<ContactRow | undefined> {
  return db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function countContacts(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('contact')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
