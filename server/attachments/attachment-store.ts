import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, rowsFrom, updateRows } from '../storage/rows.ts';
import type { AttachmentRow } from '../storage/tables.ts';

export async function insertAttachment(trx: Transaction, row: AttachmentRow): Promise<void> {
  await trx.insertInto('attachment').values(row).execute();
}

export async function findAttachmentRow(db: Db, id: string): Promise<AttachmentRow | undefined> {
  return db.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Kept as a document, which has an address of its own. */
export async function isKeptAsDocument(db: Db, { keeperId }: Pick<AttachmentRow, 'keeperId'>): Promise<boolean> {
  if (keeperId === null) return false;
  return (await db.selectFrom('document').select('id').where('id', '=', keeperId).executeTakeFirst()) !== undefined;
}

export async function lockAttachments(trx: Transaction, ids: readonly string[]): Promise<AttachmentRow[]> {
  return lockRows(trx, 'attachment', ids);
}

export async function updateMessageIds(trx: Transaction, rows: readonly { id: string; messageId: string }[]): Promise<void> {
  await updateRows(trx, 'attachment', rows, { id: 'text', messageId: 'text' });
}

/** Bytes of the files that this uploader has in no message. */
export async function sumUnattached(db: Db, uploaderId: string): Promise<number> {
  const row = await db
    .selectFrom('attachment')
    .select((sum) => sum.fn.sum<number | null>('size').as('bytes'))
    .where('uploaderId', '=', uploaderId)
    .where('messageId', 'is', null)
    .where('keeperId', 'is', null)
    .executeTakeFirst();
  return Number(row?.bytes ?? 0);
}

/** Takes the rows out of uploads that no message has taken since; gives their ids. */
export async function deleteUnattached(trx: Transaction, createdBefore: number): Promise<string[]> {
  const gone = await trx
    .deleteFrom('attachment')
    .where('messageId', 'is', null)
    .where('keeperId', 'is', null)
    .where('createdAt', '<', createdBefore)
    .returning('id')
    .execute();
  return gone.map((row) => row.id);
}

export async function updateKeeper(trx: Transaction, ids: readonly string[], keeperId: string): Promise<void> {
  if (ids.length > 0) await trx.updateTable('attachment').set({ keeperId }).where('id', 'in', ids).execute();
}

/** Takes out these files; gives the ids of those that were there. */
export async function deleteAttachments(trx: Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const gone = await trx.deleteFrom('attachment').where('id', 'in', ids).returning('id').execute();
  return gone.map((row) => row.id);
}

/** Takes out the files of these conversations: all of them, or those of one uploader, who then keeps no unsent ones either. Gives their ids. */
export async function deleteInConversations(
  trx: Transaction,
  conversationIds: readonly string[],
  uploaderId: string | null,
): Promise<string[]> {
  const ids: string[] = [];
  for (const conversationId of conversationIds) {
    let gone = trx
      .deleteFrom('attachment')
      .where('messageId', 'in', ({ selectFrom }) => selectFrom('message').select('id').where('conversationId', '=', conversationId));
    if (uploaderId !== null) gone = gone.where('uploaderId', '=', uploaderId);
    ids.push(...(await gone.returning('id').execute()).map((row) => row.id));
  }
  if (uploaderId === null) return ids;
  const unsent = await trx
    .deleteFrom('attachment')
    .where('uploaderId', '=', uploaderId)
    .where('messageId', 'is', null)
    .where('keeperId', 'is', null)
    .returning('id')
    .execute();
  return [...ids, ...unsent.map((row) => row.id)];
}

export async function listKnownIds(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom(
      rowsFrom(
        db,
        ids.map((id) => ({ wantedId: id })),
        { wantedId: 'text' },
      ).as('given'),
    )
    .innerJoin('attachment', 'attachment.id', 'given.wantedId')
    .select('attachment.id')
    .execute();
  return new Set(rows.map((row) => row.id));
}

export async function bindPhoto(trx: Transaction, id: string, messageId: string): Promise<void> {
  await trx.updateTable('attachment').set({ messageId }).where('id', '=', id).execute();
}

/** One file, or what stands in one place. Gives the ids. */
export async function deletePhotos(trx: Transaction, which: { id: string } | { messageId: string }): Promise<string[]> {
  const query = trx.deleteFrom('attachment');
  const chosen = 'id' in which ? query.where('id', '=', which.id) : query.where('messageId', '=', which.messageId);
  return (await chosen.returning('id').execute()).map((row) => row.id);
}

/** The secret that addresses are signed with; `fresh` becomes it if there is none yet. */
export async function takeSecret(trx: Transaction, fresh: string): Promise<string> {
  await trx
    .insertInto('attachmentSecret')
    .values({ id: 'first', secret: fresh })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const { secret } = await trx.selectFrom('attachmentSecret').select('secret').where('id', '=', 'first').executeTakeFirstOrThrow();
  return secret;
}

/** Those that wait for the antivirus, the oldest first. */
export async function listUnscanned(db: Db, limit: number): Promise<{ id: string }[]> {
  return db.selectFrom('attachment').select('id').where('scan', '=', 'waiting').orderBy('createdAt').orderBy('id').limit(limit).execute();
}

export async function updateScan(trx: Transaction, id: string, scan: string): Promise<void> {
  await trx.updateTable('attachment').set({ scan }).where('id', '=', id).execute();
}
