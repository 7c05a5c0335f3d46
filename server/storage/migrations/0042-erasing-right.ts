import type { Kysely } from 'kysely';

/** Erasing a person is a right of its own; administrators hold everything, and supervisors who change customer files get it. */
export async function migrateErasingRight(db: Kysely<unknown>): Promise<void> {
  const ledger = db as Kysely<{ role: { id: string; permissions: string } }>;
  const row = await ledger.selectFrom('role').select('permissions').where('id', '=', 'supervisor').executeTakeFirst();
  const held: string[] = row ? JSON.parse(row.permissions) : [];
  if (!held.includes('contacts:edit')) return;
  const permissions = JSON.stringify([...held, 'contacts:erase']);
  await ledger.updateTable('role').set({ permissions }).where('id', '=', 'supervisor').execute();
}
