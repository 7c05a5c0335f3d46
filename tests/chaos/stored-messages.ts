import { join } from 'node:path';
import Database from 'better-sqlite3';
import { queryOnce } from '../helpers/postgres.ts';

/** A row of the table `message`, as the database holds it. */
export interface StoredMessage {
  id: string;
  conversationId: string;
  seq: number;
  authorKind: string;
  authorId: string | null;
  visibility: string;
  text: string;
}

/** Where the server under test keeps what it stores. */
export type Place = { dataDir: string; databaseUrl?: string | undefined };

const ALL_MESSAGES = 'select * from message order by "conversationId", "seq"';

/** Past all of our code: what the database itself has, committed. */
export async function readStored({ dataDir, databaseUrl }: Place): Promise<StoredMessage[]> {
  if (databaseUrl !== undefined) return (await queryOnce(databaseUrl, ALL_MESSAGES)) as unknown as StoredMessage[];
  return withFile(dataDir, (file) => file.prepare(ALL_MESSAGES).all() as StoredMessage[]);
}

/** What SQLite itself finds wrong with the file; nothing to be asked of PostgreSQL. */
export function findDamage({ dataDir, databaseUrl }: Place): string[] {
  if (databaseUrl !== undefined) return [];
  return withFile(dataDir, (file) => {
    const integrity = file.pragma('integrity_check') as { integrity_check: string }[];
    const orphans = file.pragma('foreign_key_check') as { table: string }[];
    return [
      ...integrity.map((row) => row.integrity_check).filter((word) => word !== 'ok'),
      ...orphans.map((row) => `a row of ${row.table} refers to nothing`),
    ];
  });
}

function withFile<Result>(dataDir: string, look: (file: Database.Database) => Result): Result {
  const file = new Database(join(dataDir, 'kesher.db'), { readonly: true, timeout: 5_000 });
  try {
    return look(file);
  } finally {
    file.close();
  }
}
