/** What would be answered to a question, somewhere and at some time: for whoever tries the answers out. */
import type { AnswerTrial, AnswerTryRequest, AskedMoment } from '../../shared/automatic-answer.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import { listInboxes } from '../settings/inboxes.ts';
import type { AnswerRoom } from './answers.ts';

/** A person has just saved something, and waits for it. */
const TRY_WITHIN_MS = 10_000;

export async function tryAnswers({ app, matching }: Pick<AnswerRoom, 'app' | 'matching'>, request: AnswerTryRequest): Promise<AnswerTrial> {
  const { text, inboxId, at = app.now(), locale } = request;
  if (inboxId !== undefined && !(await listInboxes(app)).some(({ id }) => id === inboxId)) {
    throw new AppError('not-found', 'There is no such inbox.', { field: 'inboxId' });
  }
  const moment = request.moment ?? (await momentAt(app, inboxId, { at, isNow: request.at === undefined }));
  return matching.ask(text, { inboxId, at, locale, moment, isFresh: true, withinMs: TRY_WITHIN_MS });
}

/** Of another time only the hours are known; now it counts as well whether anybody is there. */
async function momentAt(app: App, inboxId: string | undefined, { at, isNow }: { at: number; isNow: boolean }): Promise<AskedMoment> {
  if (inboxId === undefined) return 'any';
  const isOpen = (await clockOf(app, { inboxId })).isOpenAt(at);
  return isOpen && !(isNow && !app.presence.isStaffed()) ? 'waiting' : 'outside';
}
