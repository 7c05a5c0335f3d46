import type { Availability } from '../../shared/inbox.ts';
import { listOnlineIds } from '../agents/online-agents.ts';
import type { BotRoom } from './bot-room.ts';

/** What visitors are told of the business; and whoever is at a desk of another server on the same database is there, too. */
export async function whoIsHere({ room: { app }, availability }: BotRoom, inboxId: string): Promise<Availability> {
  const told = await availability.get(inboxId);
  if (told.staffed || !told.open || app.config.databaseUrl === undefined) return told;
  const online = await listOnlineIds(app);
  return online.size > 0 ? { ...told, staffed: true } : told;
}
