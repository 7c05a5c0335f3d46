/** An agent who is in a call says so this often, and is taken to be in it for so long after the last time. */
export const CALL_BEAT_MS = 60_000;
export const CALL_HELD_MS = 10 * 60_000;
