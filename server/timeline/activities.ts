/** What happened with a person outside the chat: calls, letters, faxes, meetings, notes, written down by agents. E-mails: written-mails.ts. */
import { type Activity, type ActivityCreateRequest, type ActivityPatch, type LoggedKind, loggedKinds } from '../../shared/activity.ts';
import { AppError } from '../../shared/errors.ts';
import { requireRight } from '../access/rights.ts';
import type { App, FileShelf } from '../app.ts';
import { lockOpenFile } from '../contacts/open-file.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import type { ActivityRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { plain, wordsIn } from './activity-rows.ts';
import {
  deleteActivitiesOf,
  deleteRemovedActivities,
  findActivityRow,
  insertActivity,
  lockActivity,
  updateActivity,
} from './activity-store.ts';
import { mayEdit, mayRemove, viewActivity } from './activity-views.ts';
import { tellTimeline } from './timeline-news.ts';

/** So long what was taken away can be brought back. */
const UNDO_WITHIN_MS = 24 * 60 * 60 * 1_000;

type Content = Pick<ActivityRow, 'at' | 'title' | 'text' | 'direction' | 'outcome' | 'durationMs'>;

/** What each kind cannot be without, and what it cannot have. */
const directed: readonly LoggedKind[] = ['call', 'email', 'letter', 'fax'];
const timed: readonly LoggedKind[] = ['call', 'meeting'];

/** Nobody but those who wrote it, and who puts files in order, changes it later. */
export async function logActivity(
  app: App,
  caller: Caller,
  { contactId: given, request }: { contactId: string; request: ActivityCreateRequest },
): Promise<Activity> {
  const { id, kind } = request;
  const now = app.now();
  const content = contentOf(kind, { at: now, title: null, text: null, direction: null, outcome: null, durationMs: null }, request);
  const newIn = await app.storage.write(async (trx) => {
    const { id: contactId } = await lockOpenFile(trx, given);
    const known = await lockActivity(trx, id);
    if (known) {
      if (known.contactId === contactId && known.agentId === caller.agentId && known.kind === kind) return null;
      throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
    }
    const made = { id, contactId, kind, agentId: caller.agentId, createdAt: now, updatedAt: now };
    await insertActivity(trx, { ...plain, ...made, ...content, words: wordsIn(content.title, content.text) });
    return contactId;
  });
  if (newIn !== null) tellTimeline(app, newIn);
  return getActivity(app, caller, id);
}

export async function getActivity(app: App, caller: Caller, id: string): Promise<Activity> {
  const row = await findActivityRow(app.storage.db, id);
  const view = row && row.removedAt === null ? await viewActivity(app, caller, row) : null;
  if (!view) throw notFound();
  return view;
}

/** `stale` where somebody has changed it since the caller has read it. */
export async function changeActivity(
  app: App,
  caller: Caller,
  { id, patch: { expectedUpdatedAt, ...patch } }: { id: string; patch: ActivityPatch },
): Promise<Activity> {
  const contactId = await app.storage.write(async (trx) => {
    const row = await lockStanding(trx, id);
    if (!mayEdit(caller, row)) throw forbidden();
    await lockOpenFile(trx, row.contactId);
    if (expectedUpdatedAt !== undefined && expectedUpdatedAt !== row.updatedAt) {
      throw new AppError('stale', 'Somebody has changed this meanwhile.');
    }
    const content = contentOf(row.kind as LoggedKind, row, patch);
    // Later than before even where the clock has gone back: it is by this moment that a change is noticed.
    const updatedAt = Math.max(app.now(), row.updatedAt + 1);
    await updateActivity(trx, id, { ...content, words: wordsIn(content.title, content.text), updatedAt });
    return row.contactId;
  });
  tellTimeline(app, contactId);
  return getActivity(app, caller, id);
}

/** Away from everybody's eyes at once, and for good after a day. */
export async function removeActivity(app: App, caller: Caller, id: string): Promise<void> {
  await setRemoved(app, caller, { id, removedAt: app.now() });
}

export async function restoreActivity(app: App, caller: Caller, id: string): Promise<Activity> {
  await setRemoved(app, caller, { id, removedAt: null });
  return getActivity(app, caller, id);
}

async function setRemoved(app: App, caller: Caller, { id, removedAt }: { id: string; removedAt: number | null }): Promise<void> {
  const contactId = await app.storage.write(async (trx) => {
    const row = await lockActivity(trx, id);
    if (!row) throw notFound();
    if (!mayRemove(caller, row)) throw forbidden();
    if ((row.removedAt === null) === (removedAt === null)) return null;
    if (removedAt === null) await lockOpenFile(trx, row.contactId);
    await updateActivity(trx, id, { removedAt });
    return row.contactId;
  });
  if (contactId !== null) tellTimeline(app, contactId);
}

export async function forgetRemovedActivities(app: App): Promise<void> {
  await app.storage.write((trx) => deleteRemovedActivities(trx, app.now() - UNDO_WITHIN_MS));
}

export const activityShelf: FileShelf = {
  name: 'activity',
  move: (trx, move) => moveFileRows(trx, 'activity', move),
  erase: deleteActivitiesOf,
};

/** What one writes there must be allowed to see: who may not see details writes down no address of a person it cannot read. */
export function requireDetails(caller: Caller): void {
  requireRight(caller, 'contacts:view-details');
}

function contentOf(kind: LoggedKind, before: Content, { at, title, text, direction, outcome, durationMs }: ActivityPatch): Content {
  const pick = <Value>(given: Value | undefined, was: Value): Value => (given === undefined ? was : given);
  const content = {
    at: pick(at, before.at),
    title: pick(title, before.title),
    text: blankIsNull(pick(text, before.text)),
    direction: pick<string | null>(direction, before.direction),
    outcome: pick<string | null>(outcome, before.outcome),
    durationMs: pick(durationMs, before.durationMs),
  };
  if (!loggedKinds.includes(kind)) throw forbidden();
  if (directed.includes(kind) && content.direction === null) throw missing('direction', 'says who began');
  if (!directed.includes(kind) && content.direction !== null) throw missing('direction', 'does not belong here');
  if (kind !== 'call' && content.outcome !== null) throw missing('outcome', 'belongs to a call');
  if (!timed.includes(kind) && content.durationMs !== null) throw missing('durationMs', 'belongs to a call or a meeting');
  if (kind === 'note' && content.text === null) throw missing('text', 'must not be empty');
  const isSilent = content.title === null && content.text === null;
  if (isSilent && (kind !== 'call' || content.outcome === null)) throw missing('text', 'must not be empty');
  return content;
}

function blankIsNull(text: string | null): string | null {
  return text?.trim() ? text : null;
}

async function lockStanding(trx: Transaction, id: string): Promise<ActivityRow> {
  const row = await lockActivity(trx, id);
  if (!row || row.removedAt !== null) throw notFound();
  return row;
}

function missing(field: string, why: string): AppError {
  return new AppError('invalid', `${field}: ${why}`, { field });
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such item.');
}

function forbidden(): AppError {
  return new AppError('forbidden', 'Only who wrote this may change it.');
}
