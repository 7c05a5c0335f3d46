import { cp, rm } from 'node:fs/promises';
import { queryOnce } from '../helpers/postgres.ts';

/** A copy of the database, as an operator makes one while the server is stopped. */
export interface Backup {
  take(): Promise<void>;
  putBack(): Promise<void>;
}

export function folderBackup(dataDir: string): Backup {
  const copy = `${dataDir}-backup`;
  return {
    take: () => cp(dataDir, copy, { recursive: true }),
    async putBack() {
      await rm(dataDir, { recursive: true });
      await cp(copy, dataDir, { recursive: true });
      await rm(copy, { recursive: true });
    },
  };
}

export function databaseBackup(databaseUrl: string): Backup {
  const name = new URL(databaseUrl).pathname.slice(1);
  const admin = new URL('/postgres', databaseUrl).href;
  return {
    take: async () => void (await queryOnce(admin, `create database ${name}_backup template ${name}`)),
    async putBack() {
      await queryOnce(admin, `drop database ${name}`);
      await queryOnce(admin, `alter database ${name}_backup rename to ${name}`);
    },
  };
}
