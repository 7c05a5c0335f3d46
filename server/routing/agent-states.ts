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

/** Some server has said a moment ago that it has a window of this agent. */
export function isHeardOf({ hereAt }: Pick<RosterRow, 'hereAt'>, now: number): boolean {
  return hereAt !== null && now - hereAt < BEAT_LOST_MS;
}

/** `isHere`: has a window open at this server, which alone can tell it of a chat. `goneAt`: when it will be gone if it does not come back. */
export function stateOf(
  { presence }: Pick<App, 'presence'>,
  { id, availability, hereAt }: RosterRow,
  { now, startedAt, graceMs }: Reach,
): { state: AgentState; isHere: boolean; goneAt: number | null } {
  if (presence.isHere(id)) {
    const chosen = presence.availabilityOf(id);
    const goneAt = chosen === 'offline' ? (presence.stateOf(id)?.since ?? startedAt) + graceMs : null;
    const isGone = goneAt !== null && now >= goneAt;
    return { state: chosen === 'online' ? 'online' : isGone ? 'gone' : 'away', isHere: true, goneAt: isGone ? null : goneAt };
  }
  if (isHeardOf({ hereAt }, now)) {
    return { state: availability === 'online' ? 'online' : 'away', isHere: false, goneAt: null };
  }
  const goneAt = Math.max(presence.leftAt(id) ?? 0, hereAt ?? 0, startedAt) + graceMs;
  return now >= goneAt ? { state: 'gone', isHere: false, goneAt: null } : { state: 'away', isHere: false, goneAt };
}
