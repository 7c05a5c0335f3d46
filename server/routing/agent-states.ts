/** Who is at work. A window that is not heard of is no reason to take its chats away at once: it may be a train in a tunnel. */
import type { App } from '../app.ts';
import type { AgentState } from './floor.ts';
import type { RosterRow } from './routing-store.ts';

/** Servers that share a database say so often who is with them; whoever has not been named for so long is with none. */
export const BEAT_EVERY_MS = 2_000;
const BEAT_LOST_MS = 3 * BEAT_EVERY_MS;

export interface Reach {
  now: number;
  /** Since when this server knows who is here. */
  startedAt: number;
  graceMs: number;
}

/** `isHere`: has a window open at this server, which alone can tell it of a chat. */
export function stateOf(
  { presence }: Pick<App, 'presence'>,
  { id, availability, hereAt }: RosterRow,
  { now, startedAt, graceMs }: Reach,
): { state: AgentState; isHere: boolean } {
  const known = presence.stateOf(id);
  if (presence.isHere(id)) {
    const chosen = presence.availabilityOf(id);
    const isGone = chosen === 'offline' && now - (known?.since ?? startedAt) >= graceMs;
    return { state: chosen === 'online' ? 'online' : isGone ? 'gone' : 'away', isHere: true };
  }
  if (hereAt !== null && now - hereAt < BEAT_LOST_MS) {
    return { state: availability === 'online' ? 'online' : availability === 'away' ? 'away' : 'gone', isHere: false };
  }
  const heardAt = Math.max(presence.leftAt(id) ?? 0, hereAt ?? 0, startedAt);
  return { state: now - heardAt >= graceMs ? 'gone' : 'away', isHere: false };
}
