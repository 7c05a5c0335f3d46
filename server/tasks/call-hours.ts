import { firstInboxSettings } from '../../shared/inbox.ts';
import type { App } from '../app.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import { listInboxes } from '../settings/inboxes.ts';
import type { CallHours } from './call-times.ts';

/** By whose hours and rule a call is made: the team's of its conversation, else its inbox's. */
export async function findCallHours(app: App, { inboxId, teamId }: { inboxId: string | null; teamId: string | null }): Promise<CallHours> {
  const inbox = (await listInboxes(app)).find(({ id }) => id === inboxId);
  const { callbacks, timeZone } = inbox?.settings ?? firstInboxSettings;
  const clock = await clockOf(app, { inboxId: inboxId ?? '', teamId });
  return { clock, rule: callbacks, timeZone: clock.timeZone ?? timeZone };
}
