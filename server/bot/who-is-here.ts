import type { Availability } from '../../shared/inbox.ts';
import type { BotRoom } from './bot-room.ts';
import { listHeardOf } from './bot-store.ts';

/** Longer than a server ever takes to say again who is with it. */
const HEARD_OF_MS = 15_000;

/** What visitors are told of the business; and whoever is at a desk of another server on the same database is there, too. */
export async function whoIsHere({ room: { app }, availability }: BotRoom, inboxId: string): Promise<Availability> {
  const told = await availability.get(inboxId);
  if (told.staffed || !told.open || app.config.databaseUrl === undefined) return told;
  const heardOf = await listHeardOf(app.storage.db, app.now() - HEARD_OF_MS);
  // Of its own agents this server knows better.
  const isElsewhere = heardOf.some(({ agentId, hereAt }) => (app.presence.leftAt(agentId) ?? 0) < hereAt);
  return isElsewhere ? { ...told, staffed: true } : told;
}
