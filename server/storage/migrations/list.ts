import type { Kysely } from 'kysely';
import { migrateFirstHouse } from './0001-first-house.ts';
import { migrateLighterMessages } from './0002-lighter-messages.ts';
import { migrateConsentText } from './0004-consent-text.ts';
import { migrateSearch } from './0006-search.ts';

/** Every migration, oldest first. A name that was released is never changed, moved or taken out. */
export const migrations: Record<string, (db: Kysely<unknown>) => Promise<void>> = {
  '0001-first-house': migrateFirstHouse,
  '0002-lighter-messages': migrateLighterMessages,
  '0004-consent-text': migrateConsentText,
  '0006-search': migrateSearch,
};
