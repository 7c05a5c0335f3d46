import type { VisitorConversation } from '../../shared/conversation.ts';
import { PREVIEW_MAX } from '../../shared/limits.ts';
import type { Author, AuthorKind, AutomaticMark, Message, Visibility } from '../../shared/message.ts';
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
  notice: 'text',
  choices: 'text',
  attachments: 'text',
  mentions: 'text',
  automatic: 'text',
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

/** What a visitor may see last of each conversation: `lastMessage` of the row may be a note. */
export async function listLastPublic(
  db: Db,
  rows: readonly { id: string }[],
): Promise<Map<string, Pick<VisitorConversation, 'lastMessage'>>> {
  const wanted = rows.map(({ id }) => ({ wantedId: id }));
  const last = await db
    .selectFrom(rowsFrom(db, wanted, { wantedId: 'text' }).as('given'))
    .innerJoin('message', (join) =>
      join
        .onRef('message.conversationId', '=', 'given.wantedId')
        .on('message.seq', '=', ({ selectFrom }) =>
          selectFrom('message as said')
            .select('said.seq')
            .whereRef('said.conversationId', '=', 'given.wantedId')
            .where('said.visibility', '=', 'public')
            .where('said.authorKind', '<>', 'system')
            .orderBy('said.seq', 'desc')
            .limit(1),
        ),
    )
    .selectAll('message')
    .execute();
  return new Map(
    last.map((row) => {
      const { author, text, createdAt, attachments } = toMessage(row);
      const fileName = attachments[0]?.name;
      return [row.conversationId, { lastMessage: { author, text: toPreview(text), createdAt, ...(fileName && { fileName }) } }];
    }),
  );
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

/** Whether anyone but this agent said something public after `seq`. That somebody came or left is no answer. */
export async function hasPublicByOthersAfter(db: Db, conversationId: string, seq: number, agentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('message')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('seq', '>', seq)
    .where('visibility', '=', 'public')
    .where('authorKind', '<>', 'system')
    .where((where) => where.or([where('authorId', 'is', null), where('authorId', '<>', agentId)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export function toAuthor({ authorKind, authorId, authorName }: Pick<MessageRow, 'authorKind' | 'authorId' | 'authorName'>): Author {
  const author: Author = { kind: authorKind as AuthorKind };
  if (authorId !== null) author.id = authorId;
  if (authorName !== null) author.name = authorName;
  return author;
}

/** What the visitor said of an automatic answer, kept with it. */
export async function updateAutomatic(trx: Transaction, id: string, automatic: AutomaticMark): Promise<void> {
  await trx
    .updateTable('message')
    .set({ automatic: JSON.stringify(automatic) })
    .where('id', '=', id)
    .execute();
}

/** The words of all, or of one visitor; nobody's name as a visitor stays. Resolves with how many lines it concerned. */
export async function eraseTexts(trx: Transaction, conversationId: string, visitorId: string | null): Promise<number> {
  let own = trx
    .updateTable('message')
    .set({ text: '', authorName: null, choices: null, attachments: null })
    .where('conversationId', '=', conversationId);
  own = visitorId === null ? own.where('authorKind', '=', 'visitor') : own.where('authorId', '=', visitorId);
  const { numUpdatedRows: ownLines } = await own.executeTakeFirst();
  if (visitorId !== null) return Number(ownLines);
  const { numUpdatedRows: others } = await trx
    .updateTable('message')
    .set({ text: '', choices: null, attachments: null, mentions: null })
    .where('conversationId', '=', conversationId)
    .where('authorKind', 'in', ['agent', 'bot'])
    .executeTakeFirst();
  return Number(ownLines + others);
}

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    author: toAuthor(row),
    visibility: row.visibility as Visibility,
    text: row.text,
    attachments: row.attachments === null ? [] : JSON.parse(row.attachments),
    ...(row.replyTo !== null && { replyTo: row.replyTo }),
    ...(row.notice !== null && { notice: JSON.parse(row.notice) }),
    ...(row.choices !== null && { choices: JSON.parse(row.choices) }),
    ...(row.mentions !== null && { mentions: JSON.parse(row.mentions) }),
    ...(row.automatic !== null && { automatic: JSON.parse(row.automatic) }),
    createdAt: row.createdAt,
  };
}

/** Cut between characters, not inside one; most messages are too short to be cut. */
function toPreview(text: string): string {
  return text.length <= PREVIEW_MAX ? text : [...text.slice(0, PREVIEW_MAX * 2)].slice(0, PREVIEW_MAX).join('');
}
