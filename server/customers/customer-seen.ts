import type { App } from '../app.ts';
import { lowered } from '../storage/plain-letters.ts';
import type { Seen } from './customer-conditions-store.ts';

/** For whom, and when, a filter is read. */
export function seenBy({ storage, now }: Pick<App, 'storage' | 'now'>, { agentId }: { agentId: string }): Seen {
  return { agentId, now: now(), lower: (column) => lowered(storage.db, column) };
}
