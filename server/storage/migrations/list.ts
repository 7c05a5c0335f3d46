import type { Kysely } from 'kysely';
import { migrateFirstHouse } from './0001-first-house.ts';
import { migrateAttachments } from './0002-attachments.ts';

/** Every migration, oldest first. A name that was released is never changed, moved or taken out. */
export const migrations: Record<string, (db: Kysely<unknown>) => Promise<void>> = {
  '0001-first-house': migrateFirstHouse,
  '0002-attachments': migrateAttachments,
};
