import type { App } from '../app.ts';
import { listInboxes } from '../settings/inboxes.ts';
import { findCallHours } from './call-hours.ts';
import type { CallHours } from './call-times.ts';

/** By whose days what is no call is reckoned: the team's that it was given to, else those of the first inbox. */
export async function findTodoHours(app: App, teamId: string | null): Promise<Pick<CallHours, 'clock' | 'timeZone'>> {
  const [first] = await listInboxes(app);
  return findCallHours(app, { inboxId: first?.id ?? null, teamId });
}
