/**
 * Which of several servers is at work on many customers: one alone, which holds it from one piece to the next. One that is not heard
 * of for a while has gone, and whoever looks next goes on.
 */
import type { App } from '../app.ts';
import type { CustomerJobRow } from '../storage/tables.ts';
import { findWorkingJob, lockJob, updateJob } from './customer-job-store.ts';

/** A piece takes a fraction of a second, a failed one is tried again within two. */
const LEASE_MS = 10_000;

/** Nobody's, and so everybody's: for what somebody has just turned another way. */
export const unheld = { heldBy: null, heldUntil: null };

/** One that is at work, and that no other server holds. */
export async function takeJob(app: App, serverId: string, first: 'oldest' | 'shortest'): Promise<CustomerJobRow | undefined> {
  for (;;) {
    const now = app.now();
    const found = await findWorkingJob(app.storage.db, { serverId, now, first });
    if (!found || found.heldBy === serverId) return found;
    const taken = await app.storage.write(async (trx) => {
      const held = await lockJob(trx, found.id);
      // Another server came first, or somebody has stopped it.
      if (!held || !isAtWork(held) || held.heldBy !== found.heldBy || held.heldUntil !== found.heldUntil) return undefined;
      const lease = { heldBy: serverId, heldUntil: now + LEASE_MS };
      await updateJob(trx, held.id, lease);
      return { ...held, ...lease };
    });
    if (taken) return taken;
  }
}

/** Whether the work stands where this server has left it: nobody has turned it meanwhile, and no other server goes on with it. */
export function isWhereLeft(held: CustomerJobRow, left: CustomerJobRow): boolean {
  const marks = ['heldBy', 'status', 'stage', 'cursor', 'request'] as const;
  return marks.every((mark) => held[mark] === left[mark]);
}

export function leaseOf(app: App, row: CustomerJobRow): Pick<CustomerJobRow, 'heldBy' | 'heldUntil'> {
  return isAtWork(row) ? { heldBy: row.heldBy, heldUntil: app.now() + LEASE_MS } : unheld;
}

function isAtWork({ status }: CustomerJobRow): boolean {
  return status === 'running' || status === 'undoing';
}
