import type { AuthorKind, Message, Visibility } from '../../shared/message.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, rowsFrom } from '../storage/rows.ts';
import type { MessageRow } from '../storage/tables.ts';

const messageColumns = {
  id: 'text',
  conversationId: 'text',
  seq: 'integer',
  authorKind: 'text',
  authorId: 'text',
  authorName: 'text',
  visibility: 'text',
  text: 'text',
  replyTo: 'text',
  attachments: 'text',
  createdAt: 'bigint',
} as const;

/** All of a batch in one statement. */
export async function insertMessages(trx: Transaction, rows: readonly MessageRow[]): Promise<void> {
  await insertRows(trx, 'message', rows, messageColumns);
}

export async function listMessagesByIds(db: Db, ids: readonly string[]): Promise<MessageRow[]> {
  const wanted = ids.map((id) => ({ wantedId: id }));
  return db
    .selectFrom(rowsFrom(db, wanted, { wantedId: 'text' }).as('given'))
    .innerJoin('message', 'message.id', 'given.wantedId')
    .selectAll('message')
    .execute();
}

/** In ascending `seq`. Exactly one of `after` (the oldest above it) and `before` (the newest below it). */
export async function listMessageRows(
  db: Db,
  conversationId: string,
  page: { after?: number | undefined; before?: number | undefined; visibility?: Visibility | undefined; limit: number },
): Promise<MessageRow[]> {
  let query = db.selectFrom('message').selectAll().where('conversationId', '=', conversationId).limit(page.limit);
  if (page.visibility) query = query.where('visibility', '=', page.visibility);
  if (page.after !== undefined) return query.where('seq', '>', page.after).orderBy('seq', 'asc').execute();
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  return (await query.orderBy('seq', 'desc').execute()).reverse();
}

export async function findMessageIdAt(db: Db, conversationId: string, seq: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('message')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.id;
}

/** Whether anyone but this agent said something public after `seq`. */
export async function hasPublicByOthersAfter(db: Db, conversationId: string, seq: number, agentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('message')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('seq', '>', seq)
    .where('visibility', '=', 'public')
    .where((where) => where.or([where('authorId', 'is', null), where('authorId', '<>', agentId)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    author: {
      kind: row.authorKind as AuthorKind,
      ...(row.authorId !== null && { id: row.authorId }),
      ...(row.authorName !== null && { name: row.authorName }),
    },
    visibility: row.visibility as Visibility,
    text: row.text,
    attachments: row.attachments === null ? [] : JSON.parse(row.attachments),
    ...(row.replyTo !== null && { replyTo: row.replyTo }),
    createdAt: row.createdAt,
  };
}
