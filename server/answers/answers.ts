/**
 * Automatic answers as administrators keep them: made, changed, found and removed here. What is asked of them is answered by `AnswerMatching`;
 * who says them to a visitor is the bot's matter.
 */
import { nanoid } from 'nanoid';
import { ANSWERS_MAX } from '../../shared/answer-import.ts';
import type { UploadedFile } from '../../shared/attachment.ts';
import type { Answer, AnswerDraft, AnswerListQuery, AnswerPatch } from '../../shared/automatic-answer.ts';
import { AppError } from '../../shared/errors.ts';
import { wordsOf } from '../../shared/fold.ts';
import type { App } from '../app.ts';
import { type Attachments, dropAttachments, holdAttachments, type Uploader } from '../attachments/attachments.ts';
import { defined, laterThan } from '../canned/canned-responses.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { AnswerRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { AnswerMatching } from './answer-matching.ts';
import { contentColumns, contentOf, fileIdsOf, toAnswer } from './answer-rows.ts';
import {
  countAnswers,
  deleteAnswers,
  findAnswerRow,
  insertAnswer,
  listAnswerRows,
  listRowsOfInbox,
  lockAnswer,
  lockInboxesNamed,
  updateAnswer,
} from './answer-store.ts';
import { requireFilledIn } from './library-blanks.ts';

/** What everything about answers is done with. */
export interface AnswerRoom {
  app: App;
  attachments: Attachments;
  matching: AnswerMatching;
}

const SEARCHED_WORDS_MAX = 8;

export async function listAnswers(app: App, query: AnswerListQuery): Promise<{ items: Answer[]; next: string | null }> {
  const { cursor, limit, words = '', inboxId, tag, isOn } = query;
  const folded = wordsOf(words).map(({ word }) => word);
  if (words.trim() !== '' && folded.length === 0) return { items: [], next: null };
  const rows = await listAnswerRows(app.storage.db, {
    after: parseCursor(cursor),
    limit: limit + 1,
    filter: { words: folded.slice(0, SEARCHED_WORDS_MAX), inboxId, tag, isOn: isOn === undefined ? undefined : isOn === 'true' },
  });
  const items = rows.slice(0, limit).map(toAnswer);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? formatCursor({ at: last.createdAt, id: last.id }) : null };
}

export async function findAnswer(db: Db, id: string): Promise<Answer | undefined> {
  const row = await findAnswerRow(db, id);
  return row && toAnswer(row);
}

export async function getAnswer(db: Db, id: string): Promise<Answer> {
  const answer = await findAnswer(db, id);
  if (!answer) throw new AppError('not-found', 'There is no such answer.');
  return answer;
}

/** A retry with the same id gets the first copy, however it looks by now. Its files are uploads of this agent. */
export async function createAnswer(
  room: AnswerRoom,
  agentId: string,
  { id = nanoid(), fileIds, ...content }: AnswerDraft,
): Promise<Answer> {
  const { app } = room;
  const known = await findAnswer(app.storage.db, id);
  if (known) return known;
  requireFilledIn(content);
  const columns = contentColumns(content);
  const now = app.now();
  const made = await app.storage.write(async (trx) => {
    await requireRoom(trx);
    await requireInboxes(trx, content.inboxIds);
    const row = { ...columns, id, files: '[]', createdAt: now, updatedAt: now };
    // The files come second: a retry that finds the first copy must not want its files again.
    if (!(await insertAnswer(trx, row))) return null;
    if (fileIds.length === 0) return row;
    const files = await holdAttachments(trx, { agentId, keeperId: id, ids: fileIds });
    const whole = { ...row, files: JSON.stringify(files) };
    await updateAnswer(trx, whole);
    return whole;
  });
  if (!made) return getAnswer(app.storage.db, id);
  tellChanged(room, id);
  return toAnswer(made);
}

export async function changeAnswer(
  room: AnswerRoom,
  agentId: string,
  { id, patch: { expectedAt, fileIds, ...patch } }: { id: string; patch: AnswerPatch },
): Promise<Answer> {
  const { app, attachments } = room;
  const { after, dropped } = await app.storage.write(async (trx) => {
    const row = await lockAnswer(trx, id);
    if (expectedAt !== undefined && expectedAt !== row.updatedAt) {
      throw new AppError('conflict', 'Somebody has changed this answer meanwhile.', { field: 'expectedAt' });
    }
    const content = { ...contentOf(toAnswer(row)), ...defined(patch) };
    if (content.validFrom !== null && content.validTo !== null && content.validFrom >= content.validTo) {
      throw new AppError('invalid', 'validTo: must be later than its beginning', { field: 'validTo' });
    }
    requireFilledIn(content);
    if (patch.inboxIds) await requireInboxes(trx, patch.inboxIds);
    const held = fileIdsOf(row);
    const kept = fileIds ?? held;
    const files = fileIds ? JSON.stringify(await holdAttachments(trx, { agentId, keeperId: id, ids: kept })) : row.files;
    const next: AnswerRow = { ...row, ...contentColumns(content), files, updatedAt: laterThan(row.updatedAt, app.now()) };
    await updateAnswer(trx, next);
    const gone = held.filter((fileId) => !kept.includes(fileId));
    return { after: next, dropped: await dropAttachments(trx, gone) };
  });
  await attachments.remove(dropped);
  tellChanged(room, id);
  return toAnswer(after);
}

export async function removeAnswer(room: AnswerRoom, id: string): Promise<void> {
  const dropped = await room.app.storage.write(async (trx) => {
    const row = await lockAnswer(trx, id);
    await deleteAnswers(trx, [id]);
    return dropAttachments(trx, fileIdsOf(row));
  });
  await room.attachments.remove(dropped);
  tellChanged(room, id);
}

/** One of its files, for a message: what the message does with it is its own. */
export async function copyAnswerFile(
  { app, attachments }: Pick<AnswerRoom, 'app' | 'attachments'>,
  uploader: Uploader,
  { id, fileId }: { id: string; fileId: string },
): Promise<UploadedFile> {
  const { files } = await getAnswer(app.storage.db, id);
  if (!files.some((file) => file.id === fileId)) throw new AppError('not-found', 'There is no such file.', { field: 'fileId' });
  return attachments.copy(uploader, fileId);
}

/** In the transaction that deletes the inbox. What spoke there and nowhere else is off: nobody has said that it may speak elsewhere. */
export async function detachAnswers(room: AnswerRoom, trx: Transaction, inboxId: string): Promise<() => void> {
  const rows = await listRowsOfInbox(trx, inboxId);
  for (const row of rows) {
    const left = (JSON.parse(row.inboxIds ?? '[]') as string[]).filter((id) => id !== inboxId);
    const place = left.length > 0 ? { inboxIds: JSON.stringify(left) } : { inboxIds: null, isOn: 0 };
    await updateAnswer(trx, { ...row, ...place, updatedAt: laterThan(row.updatedAt, room.app.now()) });
  }
  return () => {
    if (rows.length > 0) tellChanged(room, null);
  };
}

export async function requireInboxes(trx: Transaction, inboxIds: readonly string[] | null): Promise<void> {
  if (inboxIds === null) return;
  const known = await lockInboxesNamed(trx, inboxIds);
  if (inboxIds.some((id) => !known.has(id))) throw new AppError('not-found', 'There is no such inbox.', { field: 'inboxIds' });
}

export async function requireRoom(trx: Transaction, more = 1): Promise<void> {
  if ((await countAnswers(trx)) + more <= ANSWERS_MAX) return;
  throw new AppError('conflict', `There can be ${ANSWERS_MAX} answers at the most.`);
}

/** After the commit. Null: several. */
export function tellChanged({ app, matching }: AnswerRoom, id: string | null): void {
  matching.mark();
  app.broadcast.toAgents('answers:changed', { id });
}
