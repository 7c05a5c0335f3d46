import type { App } from '../app.ts';
import { readCustomerRules } from '../contacts/customer-rules.ts';
import { businessClock } from '../hours/business-clock.ts';
import { lowered } from '../storage/plain-letters.ts';
import type { Seen } from './condition-parts-store.ts';

/** For whom, and when, a filter is read. */
export async function seenBy(app: App, { agentId }: { agentId: string }): Promise<Seen> {
  const { db } = app.storage;
  const [clock, { currency }] = [await businessClock(app), await readCustomerRules(db)];
  return { agentId, now: app.now(), clock, currency, lower: (column) => lowered(db, column) };
}
