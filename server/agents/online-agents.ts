import type { App } from '../app.ts';
import { listHereSince } from './agent-store.ts';

/** Longer than a server ever takes to say again who is with it. */
const HEARD_OF_MS = 15_000;

/** Who is at work now, at this server or at another on the same database. */
export async function listOnlineIds({ presence, config, storage, now }: App): Promise<Set<string>> {
  const online = new Set(presence.onlineIds());
  if (config.databaseUrl === undefined) return online;
  for (const { agentId, hereAt } of await listHereSince(storage.db, now() - HEARD_OF_MS)) {
    // Of its own agents this server knows better.
    if (!presence.isHere(agentId) && (presence.leftAt(agentId) ?? 0) < hereAt) online.add(agentId);
  }
  return online;
}
