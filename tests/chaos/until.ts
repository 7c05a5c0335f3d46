import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Looks until it is so, and says whether it came to be so in time. */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const givesUpAt = performance.now() + withinMs;
  for (;;) {
    if (await isSo()) return true;
    if (performance.now() > givesUpAt) return false;
    await delay(LOOK_EVERY_MS);
  }
}
