/** When an agent can call: what it chooses from, for a promised call or a new one. */
import { AppError } from '../../shared/errors.ts';
import type { CallChoices, CallTimesQuery } from '../../shared/task.ts';
import type { Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import { getSeen } from '../conversations/conversations.ts';
import type { TaskRow } from '../storage/tables.ts';
import { listCallChoices, openSpans } from './call-choices.ts';
import { findCallHours } from './call-hours.ts';
import { nextTryOf } from './call-times.ts';
import { findLatestPlace, findTaskRow } from './task-store.ts';
import { maySeeTask } from './task-views.ts';

/** Of what one may not see nothing is said, but that there is no such thing. */
export async function offerCallTimes(app: App, sight: Sight, query: CallTimesQuery): Promise<CallChoices> {
  const now = app.now();
  const { task, ...place } = await findPlace(app, sight, query);
  const hours = await findCallHours(app, place);
  return {
    choices: listCallChoices(hours, now),
    ...(task && { nextTryAt: nextTryOf(hours, task, now) }),
    open: openSpans(hours, now),
  };
}

async function findPlace(
  app: App,
  sight: Sight,
  { taskId, conversationId, contactId }: CallTimesQuery,
): Promise<{ inboxId: string | null; teamId: string | null; task?: TaskRow }> {
  const { db } = app.storage;
  if (taskId !== undefined) {
    const row = await findTaskRow(db, taskId);
    if (!row || !maySeeTask(sight, row)) throw new AppError('not-found', 'There is no such task.');
    return { inboxId: row.inboxId, teamId: row.teamId, task: row };
  }
  if (conversationId !== undefined) {
    const { inboxId, teamId } = await getSeen(app, sight, conversationId);
    return { inboxId, teamId };
  }
  const place = contactId === undefined ? undefined : await findLatestPlace(db, contactId);
  return { inboxId: place?.inboxId ?? null, teamId: null };
}
