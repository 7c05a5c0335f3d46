import type { Config } from './config.ts';
import type { Storage, Transaction } from './storage/database.ts';
import type { Broadcast } from './transport/broadcast.ts';
import type { Presence } from './transport/presence.ts';
import type { Wire } from './transport/wire.ts';

/** What every room may use: infrastructure only, never another room. */
export interface App extends Wire {
  config: Config;
  storage: Storage;
  broadcast: Broadcast;
  presence: Presence;
  /** What higher rooms do in the same transaction when something happens below them; listed in server.ts. */
  followers: {
    /** A lead's file is about to be closed into a verified person's. */
    leadClosing: readonly ((trx: Transaction, leadId: string, contactId: string) => Promise<void>)[];
  };
  /** Milliseconds since the epoch. Tests set it. */
  now: () => number;
}
