import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { DocumentRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** With what is known of its file, and who has put it there. */
export type DocumentListRow = DocumentRow & {
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  scan: string | null;
  agentName: string | null;
};

/** What documents are kept with. */
export interface DocumentPlace {
  entity: string;
  entityId: string;
}

export interface DocumentPageAsk {
  of: { contactId: string } | DocumentPlace;
  before: Cursor | null;
  limit: number;
  words?: readonly string[];
}

export async function listDocumentRows(db: Db, { of, before, limit, words = [] }: DocumentPageAsk): Promise<DocumentListRow[]> {
  let query = withFile(db)
    .where('document.removedAt', 'is', null)
    .orderBy('document.createdAt', 'desc')
    .orderBy('document.id', 'desc')
    .limit(limit);
  query =
    'contactId' in of
      ? query.where('document.contactId', '=', of.contactId)
      : query.where('document.entityId', '=', of.entityId).where('document.entity', '=', of.entity);
  if (before) query = query.where(beforeInTime('document.createdAt', 'document.id', before));
  for (const word of words) query = query.where('document.words', 'like', `% ${word}%`);
  return query.execute();
}

export async function findDocumentRow(db: Db, id: string): Promise<DocumentListRow | undefined> {
  return withFile(db).where('document.id', '=', id).executeTakeFirst();
}

function withFile(db: Db) {
  return db
    .selectFrom('document')
    .innerJoin('attachment', 'attachment.id', 'document.fileId')
    .leftJoin('agent', 'agent.id', 'document.agentId')
    .selectAll('document')
    .select(['attachment.type', 'attachment.size', 'attachment.width', 'attachment.height', 'attachment.scan'])
    .select('agent.name as agentName');
}

/** In whose files these attachments show. */
export async function listContactsOf(db: Db, fileIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('attachment')
    .innerJoin('document', 'document.id', 'attachment.keeperId')
    .select('document.contactId')
    .where('attachment.id', 'in', fileIds)
    .distinct()
    .execute();
  return rows.flatMap(({ contactId }) => contactId ?? []);
}

export async function lockDocument(trx: Transaction, id: string): Promise<DocumentRow | undefined> {
  const [row] = await lockRows(trx, 'document', [id]);
  return row as DocumentRow | undefined;
}

export async function insertDocument(trx: Transaction, row: DocumentRow): Promise<void> {
  await trx.insertInto('document').values(row).execute();
}

export async function updateDocument(trx: Transaction, id: string, values: Partial<Omit<DocumentRow, 'id'>>): Promise<void> {
  await trx.updateTable('document').set(values).where('id', '=', id).execute();
}

export async function followPerson(trx: Transaction, ids: readonly string[], contactId: string): Promise<void> {
  await trx.updateTable('document').set({ entityId: contactId }).where('id', 'in', ids).where('entity', '=', 'contact').execute();
}

export async function refileDocumentRows(
  trx: Transaction,
  { entity, entityIds }: { entity: string; entityIds: readonly string[] },
  contactId: string | null,
): Promise<void> {
  const rows = trx.updateTable('document').set({ contactId }).where('entityId', 'in', entityIds).where('entity', '=', entity);
  // One after the other: each has an index of its own.
  await rows.where('removedAt', 'is', null).execute();
  await rows.where('removedAt', 'is not', null).execute();
}

export async function removeDocumentRows(trx: Transaction, { entity, entityId }: DocumentPlace, removedAt: number): Promise<void> {
  const rows = trx.updateTable('document').set({ removedAt }).where('entityId', '=', entityId).where('entity', '=', entity);
  await rows.where('removedAt', 'is', null).execute();
}

/** Gives the files of those that are gone. */
export async function deleteDocumentRowsOf(trx: Transaction, entity: string, entityIds: readonly string[]): Promise<string[]> {
  if (entityIds.length === 0) return [];
  const rows = trx.deleteFrom('document').where('entityId', 'in', entityIds).where('entity', '=', entity).returning('fileId');
  // One after the other: each has an index of its own.
  const gone = [...(await rows.where('removedAt', 'is', null).execute()), ...(await rows.where('removedAt', 'is not', null).execute())];
  return gone.map(({ fileId }) => fileId);
}

/** Gives the files of those that are gone. */
export async function deleteDocumentsOf(trx: Transaction, contactId: string): Promise<string[]> {
  const rows = await trx.deleteFrom('document').where('contactId', '=', contactId).returning('fileId').execute();
  return rows.map(({ fileId }) => fileId);
}

export async function deleteRemovedDocuments(trx: Transaction, before: number): Promise<string[]> {
  const rows = await trx.deleteFrom('document').where('removedAt', '<', before).returning('fileId').execute();
  return rows.map(({ fileId }) => fileId);
}
