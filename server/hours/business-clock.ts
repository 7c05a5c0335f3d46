import { WallClock } from '../../shared/wall-clock.ts';
import type { App } from '../app.ts';
import { listBusinessHours } from './opening-hours.ts';

const LOOK_AGAIN_MS = 60_000;
const clocksByApp = new WeakMap<App, { clock: WallClock; readAt: number }>();

/** By whose days and months things are counted: that of the first business hours, else the machine's. A change by another server is heard of within a minute. */
export async function businessClock(app: App): Promise<WallClock> {
  const known = clocksByApp.get(app);
  if (known && performance.now() - known.readAt < LOOK_AGAIN_MS) return known.clock;
  const [first] = await listBusinessHours(app);
  const timeZone = first?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const clock = known?.clock.timeZone === timeZone ? known.clock : new WallClock(timeZone);
  clocksByApp.set(app, { clock, readAt: performance.now() });
  return clock;
}

/** The business hours are other ones, and so may the clock be. */
export function forgetBusinessClock(app: App): void {
  clocksByApp.delete(app);
}
