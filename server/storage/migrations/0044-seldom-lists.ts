import type { Kysely } from 'kysely';

/** Purchases in one currency, and tickets that name another as theirs. */
export async function migrateSeldomLists({ schema }: Kysely<unknown>): Promise<void> {
  await schema.createIndex('purchaseByCurrency').on('purchase').columns(['currency', 'at', 'id']).execute();
  await schema.createIndex('ticketRelationByOther').on('ticketRelation').column('otherId').execute();
}
