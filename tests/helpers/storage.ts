import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStorage, type Storage, type StorageOptions } from '../../server/storage/database.ts';
import { freshDatabaseUrl } from './postgres.ts';

export type DatabaseName = 'SQLite' | 'PostgreSQL';

export const databaseNames: DatabaseName[] = ['SQLite', 'PostgreSQL'];

/** An empty storage that is closed and taken away when the test is over. */
export async function openFreshStorage(database: DatabaseName): Promise<Storage> {
  return openTestStorage(await freshPlace(database));
}

/** Where a storage can be opened, several times if the test likes. */
export async function freshPlace(database: DatabaseName): Promise<Pick<StorageOptions, 'dataDir' | 'databaseUrl'>> {
  return { dataDir: await freshFolder(), databaseUrl: database === 'PostgreSQL' ? await freshDatabaseUrl() : undefined };
}

export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kesher-storage-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function openTestStorage(
  options: Partial<StorageOptions> & Pick<StorageOptions, 'dataDir' | 'databaseUrl'>,
): Promise<Storage> {
  const storage = await openStorage({
    now: Date.now,
    onFatal: (error) => {
      throw error;
    },
    ...options,
  });
  onTestFinished(() => storage.close());
  return storage;
}
