/**
 * Files kept with a person, a ticket or an opportunity. The content is an attachment that the document holds; what it is kept with decides who
 * sees it, and `contacts:view-details` who opens it.
 */
import { nanoid } from 'nanoid';
import type {
  DocumentCreateRequest,
  DocumentEntity,
  DocumentPage,
  DocumentPatch,
  DocumentQuery,
  FileDocument,
  ScanState,
} from '../../shared/document.ts';
import { AppError } from '../../shared/errors.ts';
import { wordsOf } from '../../shared/fold.ts';
import { requireRight } from '../access/rights.ts';
import type { App, FileShelf } from '../app.ts';
import { type Attachments, dropAttachments, holdAttachments } from '../attachments/attachments.ts';
import { isInDetail } from '../contacts/masking.ts';
import { lockOpenFile } from '../contacts/open-file.ts';
import type { TimelineSource } from '../contacts/timeline-source.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import type { DocumentRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import type { DocumentKeeper } from './document-keeper.ts';
import {
  type DocumentListRow,
  type DocumentPageAsk,
  deleteDocumentRowsOf,
  deleteDocumentsOf,
  deleteRemovedDocuments,
  findDocumentRow,
  followPerson,
  insertDocument,
  listContactsOf,
  listDocumentRows,
  lockDocument,
  refileDocumentRows,
  removeDocumentRows,
  updateDocument,
} from './document-store.ts';

/** Fewer than either database takes as parameters of one statement. */
const REFILED_AT_ONCE = 5_000;
const UNDO_WITHIN_MS = 24 * 60 * 60 * 1_000;

/** Whose it is that a document is kept with; throws `not-found` for what the caller may not see. With `isToChange`, also what one may not change. */
export type FindPlace = (db: Db, caller: Caller, asked: { id: string; isToChange: boolean }) => Promise<{ contactId: string | null }>;

export interface DocumentRoom {
  app: App;
  attachments: Attachments;
  places: Partial<Record<DocumentEntity, FindPlace>>;
  keepers?: Partial<Record<DocumentEntity, DocumentKeeper>>;
}

export async function listDocuments(room: DocumentRoom, caller: Caller, query: DocumentQuery): Promise<DocumentPage> {
  const { contactId, entity = 'contact', entityId = '', cursor, limit } = query;
  if (contactId === undefined) await findPlace(room, caller, { entity, id: entityId, isToChange: false });
  else requireRight(caller, 'contacts:view');
  const of = contactId === undefined ? { entity, entityId } : { contactId };
  const rows = await listSeenRows(room, caller, { of, before: parseCursor(cursor), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toDocument(caller, row)),
    next: rows.length > limit && last ? formatCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

/** Fewer than the limit only at the end. */
async function listSeenRows(room: DocumentRoom, caller: Caller, ask: DocumentPageAsk): Promise<DocumentListRow[]> {
  const seen: DocumentListRow[] = [];
  for (let { before } = ask; ; ) {
    const rows = await listDocumentRows(room.app.storage.db, { ...ask, before });
    seen.push(...(await onlySeen(room, caller, rows)));
    const last = rows.at(-1);
    if (seen.length >= ask.limit || rows.length < ask.limit || !last) return seen.slice(0, ask.limit);
    before = { at: last.createdAt, id: last.id };
  }
}

/** Of a person's documents, those of tickets and opportunities only for who may see these. */
async function onlySeen(room: DocumentRoom, caller: Caller, rows: readonly DocumentListRow[]): Promise<DocumentListRow[]> {
  const places = new Map(rows.map(({ entity, entityId }) => [`${entity}:${entityId}`, { entity: entity as DocumentEntity, id: entityId }]));
  const seen = new Set<string>();
  for (const [key, place] of places) {
    const isSeen =
      place.entity === 'contact' ||
      (await findPlace(room, caller, { ...place, isToChange: false }).then(
        () => true,
        () => false,
      ));
    if (isSeen) seen.add(key);
  }
  return rows.filter(({ entity, entityId }) => seen.has(`${entity}:${entityId}`));
}

export async function addDocument(room: DocumentRoom, caller: Caller, request: DocumentCreateRequest): Promise<FileDocument> {
  const { app } = room;
  const { id, entity, entityId, fileId } = request;
  const place = { entity, id: entityId, isToChange: true };
  let { contactId } = await findPlace(room, caller, place);
  const keeper = room.keepers?.[entity];
  const isNew = await app.storage.write(async (trx) => {
    await keeper?.lock(trx, entityId);
    if (contactId !== null) await lockOpenFile(trx, contactId);
    // The file may have been merged, or what the document is kept with have got another customer, while this waited.
    ({ contactId } = await findPlace({ ...room, db: trx }, caller, place));
    const known = await lockDocument(trx, id);
    if (known) {
      if (known.entityId === entityId && known.fileId === fileId && known.agentId === caller.agentId) return false;
      throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
    }
    const [file] = await holdAttachments(trx, { agentId: caller.agentId, keeperId: id, ids: [fileId] });
    const name = file?.name ?? '';
    await insertDocument(trx, {
      ...{ id, entity, entityId, contactId, fileId, name, words: wordsIn(name) },
      ...{ agentId: caller.agentId, activityId: null, createdAt: app.now(), removedAt: null },
    });
    await keeper?.note(trx, { entityId, agentId: caller.agentId, before: null, after: name, at: app.now() });
    return true;
  });
  if (isNew) tell(room, { entity, entityId, contactId });
  return getDocument(room, caller, id);
}

/** What came with a mail: uploads of the mail's own. */
export async function addMailDocuments(
  trx: Transaction,
  {
    contactId,
    activityId,
    files,
    now,
  }: { contactId: string; activityId: string; files: readonly { id: string; name: string }[]; now: number },
): Promise<void> {
  for (const file of files) {
    const id = nanoid();
    await holdAttachments(trx, { agentId: activityId, keeperId: id, ids: [file.id], kind: 'mail' });
    await insertDocument(trx, {
      ...{ id, entity: 'contact', entityId: contactId, contactId, fileId: file.id, name: file.name, words: wordsIn(file.name) },
      ...{ agentId: null, activityId, createdAt: now, removedAt: null },
    });
  }
}

/** The ending stays: it says what the content is. */
export async function renameDocument(
  room: DocumentRoom,
  caller: Caller,
  { id, name }: DocumentPatch & { id: string },
): Promise<FileDocument> {
  await change(room, caller, { id, isToRestore: false }, async (trx, row) => {
    const ending = /\.[A-Za-z0-9]{1,5}$/.exec(row.name)?.[0] ?? '';
    const whole = name.toLowerCase().endsWith(ending.toLowerCase()) ? name : `${name}${ending}`;
    await updateDocument(trx, id, { name: whole, words: wordsIn(whole) });
    return whole === row.name ? null : { before: row.name, after: whole };
  });
  return getDocument(room, caller, id);
}

export async function removeDocument(room: DocumentRoom, caller: Caller, id: string): Promise<void> {
  await change(room, caller, { id, isToRestore: true }, async (trx, row) => {
    if (row.removedAt !== null) return null;
    await updateDocument(trx, id, { removedAt: room.app.now() });
    return { before: row.name, after: null };
  });
}

export async function restoreDocument(room: DocumentRoom, caller: Caller, id: string): Promise<FileDocument> {
  await change(room, caller, { id, isToRestore: true }, async (trx, row) => {
    if (row.contactId !== null) await lockOpenFile(trx, row.contactId);
    if (row.removedAt === null) return null;
    await updateDocument(trx, id, { removedAt: null });
    return { before: null, after: row.name };
  });
  return getDocument(room, caller, id);
}

/** `write` says what became of it, or null where nothing did. */
async function change(
  room: DocumentRoom,
  caller: Caller,
  { id, isToRestore }: { id: string; isToRestore: boolean },
  write: (trx: Transaction, row: DocumentRow) => Promise<{ before: string | null; after: string | null } | null>,
): Promise<void> {
  const { app } = room;
  const found = await findDocumentRow(app.storage.db, id);
  if (!found) throw notFound();
  const entity = found.entity as DocumentEntity;
  const { entityId } = found;
  await findPlace(room, caller, { entity, id: entityId, isToChange: true });
  const keeper = room.keepers?.[entity];
  const contactId = await app.storage.write(async (trx) => {
    await keeper?.lock(trx, entityId);
    const row = await lockDocument(trx, id);
    if (!row || (row.removedAt !== null && !isToRestore)) throw notFound();
    const names = await write(trx, row);
    if (names) await keeper?.note(trx, { entityId, agentId: caller.agentId, ...names, at: app.now() });
    return row.contactId;
  });
  tell(room, { entity, entityId, contactId });
}

/** What is in it, for who may open it at this moment. */
export async function openDocument(room: DocumentRoom, caller: Caller, id: string): Promise<{ path: string; name: string; type: string }> {
  const row = await findDocumentRow(room.app.storage.db, id);
  if (!row || row.removedAt !== null) throw notFound();
  await findPlace(room, caller, { entity: row.entity as DocumentEntity, id: row.entityId, isToChange: false });
  if (!isInDetail(caller)) throw notFound();
  const { path } = await room.attachments.open(row.fileId);
  return { path, name: row.name, type: row.type };
}

async function getDocument(room: DocumentRoom, caller: Caller, id: string): Promise<FileDocument> {
  const row = await findDocumentRow(room.app.storage.db, id);
  if (!row || row.removedAt !== null) throw notFound();
  return toDocument(caller, row);
}

async function findPlace(
  { app, places, db = app.storage.db }: DocumentRoom & { db?: Db },
  caller: Caller,
  { entity, ...asked }: { entity: DocumentEntity; id: string; isToChange: boolean },
): Promise<{ contactId: string | null }> {
  const find = places[entity];
  if (!find) throw notFound();
  return find(db, caller, asked);
}

/** For good, a day after. */
export async function forgetRemovedDocuments({ app, attachments }: DocumentRoom): Promise<void> {
  const gone = await app.storage.write(async (trx) => {
    const fileIds = await deleteRemovedDocuments(trx, app.now() - UNDO_WITHIN_MS);
    return dropAttachments(trx, fileIds);
  });
  await attachments.remove(gone);
}

/** The antivirus has looked at these files at last. */
export async function tellScanned(app: App, fileIds: readonly string[]): Promise<void> {
  for (const contactId of await listContactsOf(app.storage.db, fileIds)) tellFile(app, contactId);
}

/** What they are kept with stands in another person's file now. */
export async function refileDocuments(
  trx: Transaction,
  { entity, entityIds }: { entity: DocumentEntity; entityIds: readonly string[] },
  contactId: string | null,
): Promise<void> {
  for (let at = 0; at < entityIds.length; at += REFILED_AT_ONCE) {
    await refileDocumentRows(trx, { entity, entityIds: entityIds.slice(at, at + REFILED_AT_ONCE) }, contactId);
  }
}

/** What they were kept with is gone, and so are they, for good a day after. */
export async function dropDocuments(trx: Transaction, place: { entity: DocumentEntity; entityId: string }, now: number): Promise<void> {
  await removeDocumentRows(trx, place, now);
}

/** What these were about is forgotten, and what was kept with them. Gives the files whose contents go after the commit. */
export async function eraseDocumentsOf(trx: Transaction, entity: DocumentEntity, entityIds: readonly string[]): Promise<string[]> {
  return dropAttachments(trx, await deleteDocumentRowsOf(trx, entity, entityIds));
}

export const documentShelf: FileShelf = {
  name: 'document',
  async move(trx, move) {
    const ids = await moveFileRows(trx, 'document', move);
    // What is kept with the person itself is the other file's own now; the rest stays with its ticket or opportunity.
    for (let at = 0; at < ids.length; at += REFILED_AT_ONCE) await followPerson(trx, ids.slice(at, at + REFILED_AT_ONCE), move.to);
    return ids;
  },
  eraseFiles: async (trx, contactId) => dropAttachments(trx, await deleteDocumentsOf(trx, contactId)),
};

export function documentTimeline(room: () => DocumentRoom): TimelineSource {
  return {
    kinds: ['document'],
    list: async (_app, caller, { contactId, before, limit, words }) => {
      const rows = await listSeenRows(room(), caller, { of: { contactId }, before, limit, words });
      return rows.map((row) => {
        const { name, type, size, url, scan, agent } = toDocument(caller, row);
        return {
          ...{ kind: 'document' as const, id: row.id, at: row.createdAt, title: name, text: null, agent },
          facts: { type, size, scan, entity: row.entity, ...(url !== null && { url }), ...(row.activityId !== null && { isByMail: true }) },
        };
      });
    },
  };
}

function toDocument(caller: Caller, row: DocumentListRow): FileDocument {
  const scan = (row.scan ?? 'unscanned') as ScanState;
  const isOpen = isInDetail(caller) && scan !== 'waiting' && scan !== 'infected';
  return {
    id: row.id,
    entity: row.entity as DocumentEntity,
    entityId: row.entityId,
    contactId: row.contactId,
    name: row.name,
    type: row.type,
    size: row.size,
    width: row.width,
    height: row.height,
    url: isOpen ? `/api/documents/${row.id}/file` : null,
    scan,
    agent: row.agentId === null ? null : { id: row.agentId, name: row.agentName ?? '' },
    activityId: row.activityId,
    createdAt: row.createdAt,
  };
}

function wordsIn(name: string): string {
  return ` ${wordsOf(name)
    .map(({ word }) => word)
    .join(' ')} `;
}

function tell(
  { app, keepers }: DocumentRoom,
  { entity, entityId, contactId }: { entity: DocumentEntity; entityId: string; contactId: string | null },
): void {
  tellFile(app, contactId);
  keepers?.[entity]?.changed(entityId);
}

function tellFile({ broadcast }: Pick<App, 'broadcast'>, contactId: string | null): void {
  if (contactId !== null) broadcast.toRooms(['files:whole', 'files:masked'], 'timeline:changed', { contactId });
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such document.');
}
