import type { Config } from './config.ts';
import type { Storage } from './storage/database.ts';
import type { Broadcast } from './transport/broadcast.ts';
import type { Presence } from './transport/presence.ts';
import type { Wire } from './transport/wire.ts';

/** What every room may use: infrastructure only, never another room. */
export interface App extends Wire {
  config: Config;
  storage: Storage;
  broadcast: Broadcast;
  presence: Presence;
  /** Milliseconds since the epoch. Tests set it. */
  now: () => number;
}
