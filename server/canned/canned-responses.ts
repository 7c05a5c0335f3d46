/**
 * Replies that are kept for the next time: everybody's, a team's, an agent's own. The console holds the whole list and looks through it
 * by itself, so that a key press asks nobody; here they are kept, guarded and told.
 */
import { nanoid } from 'nanoid';
import type { UploadedFile } from '../../shared/attachment.ts';
import type {
  CannedResponse,
  CannedResponseCreateRequest,
  CannedResponsePatch,
  RepertoirePage,
  RepertoireQuery,
} from '../../shared/canned-response.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { type Attachments, dropAttachments, holdAttachments } from '../attachments/attachments.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { CannedResponseRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import {
  deleteCanned,
  findCannedRow,
  insertCanned,
  isShortcutTaken,
  listCannedIn,
  lockCanned,
  updateCanned,
} from './canned-response-store.ts';
import { placesOf, requireManaging, requirePlace, roomOfPlace, SHARED, teamPlace, toReached } from './reach-places.ts';
import { listCannedPage } from './repertoire-pages.ts';

export async function listCannedResponses(app: App, caller: Caller, query: RepertoireQuery): Promise<RepertoirePage<CannedResponse>> {
  const page = await listCannedPage(app.storage.db, caller, query);
  return { ...page, items: page.items.map(toCanned) };
}

export async function createCannedResponse(app: App, caller: Caller, request: CannedResponseCreateRequest): Promise<CannedResponse> {
  const { shortcut, title, texts, fileIds = [] } = request;
  const id = nanoid();
  const now = app.now();
  const place = requirePlace(caller, request);
  const made = await writeOnce(app, async (trx) => {
    const files = await holdAttachments(trx, { agentId: caller.agentId, keeperId: id, ids: fileIds });
    const row: CannedResponseRow = {
      id,
      place,
      shortcut,
      shortcutKey: keyOf(shortcut),
      title,
      texts: JSON.stringify(texts),
      files: JSON.stringify(files),
      createdAt: now,
      updatedAt: now,
    };
    await requireFreeShortcut(trx, row);
    await insertCanned(trx, row);
    return row;
  });
  tellChanged(app, made, made);
  return toCanned(made);
}

export async function changeCannedResponse(
  app: App,
  { caller, attachments }: { caller: Caller; attachments: Attachments },
  { id, patch }: { id: string; patch: CannedResponsePatch },
): Promise<CannedResponse> {
  const { before, after, dropped } = await writeOnce(app, async (trx) => {
    const row = await lockCanned(trx, id);
    requireOwnToChange(caller, row);
    if (patch.expectedAt !== undefined && patch.expectedAt !== row.updatedAt) {
      throw new AppError('conflict', 'Somebody has changed this canned response meanwhile.', { field: 'expectedAt' });
    }
    const { reach, teamId } = { ...toReached(row.place), ...defined({ reach: patch.reach, teamId: patch.teamId }) };
    const isMoving = patch.reach !== undefined || patch.teamId !== undefined;
    const held = (JSON.parse(row.files) as CannedResponse['files']).map((file) => file.id);
    const kept = patch.fileIds ?? held;
    const files = await holdAttachments(trx, { agentId: caller.agentId, keeperId: id, ids: kept });
    const next: CannedResponseRow = {
      ...row,
      place: isMoving ? requirePlace(caller, { reach, teamId }) : row.place,
      shortcut: patch.shortcut ?? row.shortcut,
      shortcutKey: keyOf(patch.shortcut ?? row.shortcut),
      title: patch.title ?? row.title,
      texts: patch.texts ? JSON.stringify(patch.texts) : row.texts,
      files: JSON.stringify(files),
      updatedAt: laterThan(row.updatedAt, app.now()),
    };
    await requireFreeShortcut(trx, next);
    await updateCanned(trx, next);
    const gone = held.filter((fileId) => !kept.includes(fileId));
    return { before: row, after: next, dropped: await dropAttachments(trx, gone) };
  });
  await attachments.remove(dropped);
  tellChanged(app, before, after);
  return toCanned(after);
}

export async function removeCannedResponse(
  app: App,
  { caller, attachments }: { caller: Caller; attachments: Attachments },
  id: string,
): Promise<void> {
  const { row, dropped } = await app.storage.write(async (trx) => {
    const held = await lockCanned(trx, id);
    requireOwnToChange(caller, held);
    await deleteCanned(trx, id);
    const files = JSON.parse(held.files) as CannedResponse['files'];
    return {
      row: held,
      dropped: await dropAttachments(
        trx,
        files.map((file) => file.id),
      ),
    };
  });
  await attachments.remove(dropped);
  app.broadcast.toRooms([roomOfPlace(row.place)], 'canned:removed', { id });
}

/** One of its files, for a message: what the message does with it is its own. */
export async function copyCannedFile(
  app: App,
  { caller, attachments }: { caller: Caller; attachments: Attachments },
  { id, fileId }: { id: string; fileId: string },
): Promise<UploadedFile> {
  const { files } = await getUsable(app, caller, id);
  if (!files.some((file) => file.id === fileId)) throw new AppError('not-found', 'There is no such file.', { field: 'fileId' });
  return attachments.copy({ kind: 'agent', id: caller.agentId }, fileId);
}

/** What one may not use is not there. */
export async function getUsable(app: App, caller: Caller, id: string): Promise<CannedResponse> {
  const row = await findCannedRow(app.storage.db, id);
  if (!row || !placesOf(caller).includes(row.place)) throw new AppError('not-found', 'There is no such canned response.');
  return toCanned(row);
}

/** What a team had is everybody's when the team goes; a shortcut that everybody has already gets a number. */
export async function shareCannedOfTeam(app: App, trx: Transaction, teamId: string): Promise<() => void> {
  const rows = await listCannedIn(trx, teamPlace(teamId));
  const shared: CannedResponseRow[] = [];
  for (const row of rows) {
    const shortcut = await freeShortcut(trx, row);
    const next = { ...row, place: SHARED, shortcut, shortcutKey: keyOf(shortcut), updatedAt: laterThan(row.updatedAt, app.now()) };
    await updateCanned(trx, next);
    shared.push(next);
  }
  return () => {
    for (const row of shared) app.broadcast.toRooms([roomOfPlace(SHARED)], 'canned:changed', toCanned(row));
  };
}

async function freeShortcut(trx: Transaction, { id, shortcut }: CannedResponseRow): Promise<string> {
  for (let count = 1; ; count += 1) {
    const tried = count === 1 ? shortcut : `${shortcut.slice(0, 34)}-${count}`;
    if (!(await isShortcutTaken(trx, { place: SHARED, shortcutKey: keyOf(tried), exceptId: id }))) return tried;
  }
}

/** Two who take one shortcut at the same moment: the index lets one through, and the other is told as if it had come later. */
async function writeOnce<Result>(app: App, job: (trx: Transaction) => Promise<Result>): Promise<Result> {
  try {
    return await app.storage.write(job);
  } catch (error) {
    throw isUniqueViolation(error) ? shortcutTaken() : error;
  }
}

async function requireFreeShortcut(trx: Transaction, { id, place, shortcutKey }: CannedResponseRow): Promise<void> {
  if (await isShortcutTaken(trx, { place, shortcutKey, exceptId: id })) throw shortcutTaken();
}

function shortcutTaken(): AppError {
  return new AppError('conflict', 'There is a canned response with this shortcut already.', { field: 'shortcut' });
}

function requireOwnToChange(caller: Caller, { place }: CannedResponseRow): void {
  if (!placesOf(caller).includes(place)) throw new AppError('not-found', 'There is no such canned response.');
  requireManaging(caller, place);
}

/** Whoever may not use it any more is told that it is gone; whoever may, what it is now. */
function tellChanged({ broadcast }: App, before: CannedResponseRow, after: CannedResponseRow): void {
  if (before.place !== after.place) broadcast.toRooms([roomOfPlace(before.place)], 'canned:removed', { id: after.id });
  broadcast.toRooms([roomOfPlace(after.place)], 'canned:changed', toCanned(after));
}

function keyOf(shortcut: string): string {
  return shortcut.normalize('NFKC').toLowerCase();
}

/** So that a stamp and an expectation tell two changes of one millisecond apart. */
export function laterThan(before: number, now: number): number {
  return Math.max(now, before + 1);
}

/** Without what is not said. */
export function defined<Values extends object>(values: Values): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function toCanned({ place, shortcutKey: _, texts, files, ...row }: CannedResponseRow): CannedResponse {
  return { ...row, ...toReached(place), texts: JSON.parse(texts), files: JSON.parse(files) };
}
