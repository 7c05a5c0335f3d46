import { type Kysely, Migrator } from 'kysely';
import type { Engine } from './engine.ts';

export class NewerDatabaseError extends Error {}

type Migrations = Record<string, (db: Kysely<unknown>) => Promise<void>>;

/**
 * Brings the database to the newest schema in one transaction: all missing migrations, or, on any error, none. On
 * PostgreSQL servers that start at once take turns. A database that knows more than this code is left alone.
 */
export async function migrate(engine: Engine, migrations: Migrations): Promise<void> {
  const { migrating: db, migrationSchema } = engine;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(Object.entries(migrations).map(([name, up]) => [name, { up }])) },
    ...(migrationSchema !== undefined && { migrationTableSchema: migrationSchema }),
  });
  await refuseNewer(db, migrationSchema, migrations);
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  await refuseNewer(db, migrationSchema, migrations);
  throw error;
}

async function refuseNewer(db: Kysely<unknown>, schema: string | undefined, migrations: Migrations): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration' && (schema === undefined || table.schema === schema))) return;
  const ledger = db as Kysely<{ kysely_migration: { name: string } }>;
  const applied = await ledger.selectFrom('kysely_migration').select('name').execute();
  const unknown = applied.find(({ name }) => !(name in migrations));
  if (unknown !== undefined) throw new NewerDatabaseError(unknown.name);
}
