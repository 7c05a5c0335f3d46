/** When an agent can call: what it chooses from, for a promised call or a new one. */
import { AppError } from '../../shared/errors.ts';
import type { CallChoices, CallTimesQuery } from '../../shared/task.ts';
import type { Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import { getSeen } from '../conversations/conversations.ts';
import { listCallChoices, openSpans } from './call-choices.ts';
import { findCallHours } from './call-hours.ts';
import { nextTry } from './call-times.ts';
import { findLatestPlace, findTaskRow } from './task-store.ts';
import { maySeeTask } from './task-views.ts';

/** Of what one may not see nothing is said, but that there is no such thing. */
export async function offerCallTimes(app: App, sight: Sight, query: CallTimesQuery): Promise<CallChoices> {
  const now = app.now();
  const { tries, ...place } = await findPlace(app, sight, query);
  const hours = await findCallHours(app, place);
  return {
    choices: listCallChoices(hours, now),
    ...(tries !== null && { nextTryAt: nextTry(hours, tries + 1, now) }),
    open: openSpans(hours, now),
  };
}

async function findPlace(
  app: App,
  sight: Sight,
  { taskId, conversationId, contactId }: CallTimesQuery,
): Promise<{ inboxId: string | null; teamId: string | null; tries: number | null }> {
  const { db } = app.storage;
  if (taskId !== undefined) {
    const row = await findTaskRow(db, taskId);
    if (!row || !maySeeTask(sight, row)) throw new AppError('not-found', 'There is no such task.');
    return { inboxId: row.inboxId, teamId: row.teamId, tries: row.attemptCount };
  }
  if (conversationId !== undefined) {
    const { inboxId, teamId } = await getSeen(app, sight, conversationId);
    return { inboxId, teamId, tries: null };
  }
  const place = contactId === undefined ? undefined : await findLatestPlace(db, contactId);
  return { inboxId: place?.inboxId ?? null, teamId: null, tries: null };
}
