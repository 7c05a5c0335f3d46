import type { Kysely } from 'kysely';

/** Whoever talks with somebody says whether it is the customer whose address it gives: that is merging, which can be taken back. */
export async function migrateAgentsMerge(db: Kysely<unknown>): Promise<void> {
  const ledger = db as Kysely<{ role: { id: string; permissions: string } }>;
  const row = await ledger.selectFrom('role').select('permissions').where('id', '=', 'agent').executeTakeFirst();
  const held: string[] = row ? JSON.parse(row.permissions) : [];
  if (!held.includes('contacts:edit') || held.includes('contacts:merge')) return;
  const permissions = JSON.stringify([...held, 'contacts:merge']);
  await ledger.updateTable('role').set({ permissions }).where('id', '=', 'agent').execute();
}
