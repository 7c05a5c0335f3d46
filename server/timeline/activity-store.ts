import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { ACTIVITY_PREVIEW_MAX } from '../../shared/activity.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, lockRows, readRows, updateRows } from '../storage/rows.ts';
import type { ActivityRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** Read at once while words are looked for, so that nobody waits behind a long file. */
const SLICE = 2_000;

/** As the timeline shows it: the text's first part, without what a mail quotes. */
export type ActivityItemRow = Omit<ActivityRow, 'words' | 'addressWords' | 'quoted' | 'tokenHash' | 'messageKey' | 'removedAt'> & {
  agentName: string | null;
  isCut: number;
  hasQuote: number;
};

export interface ActivityPage {
  contactId: string;
  kind: string;
  before: Cursor | null;
  limit: number;
  words: readonly string[];
  /** Words of addresses are found as well. */
  withAddresses: boolean;
}

/** Newest first. Where words are looked for, slice by slice. */
export async function listActivityRows(db: Db, page: ActivityPage): Promise<ActivityItemRow[]> {
  if (page.words.length === 0) return items(db, page).execute() as Promise<ActivityItemRow[]>;
  const found: ActivityItemRow[] = [];
  let before = page.before;
  while (found.length < page.limit) {
    const end = await moments(db, { ...page, before })
      .offset(SLICE - 1)
      .limit(1)
      .executeTakeFirst();
    let slice = items(db, { ...page, before, limit: page.limit - found.length });
    for (const word of page.words) slice = slice.where(holds(word, page));
    if (end) slice = slice.where('activity.at', '>=', end.at);
    const rows = (await slice.execute()) as ActivityItemRow[];
    found.push(...rows);
    if (!end) break;
    // The whole moment at the slice's end was read. Everybody else has a turn between the slices.
    before = { at: end.at, id: '' };
    await nextTurn();
  }
  return found;
}

function holds(word: string, { withAddresses }: ActivityPage) {
  const inSaid = sql<boolean>`"activity"."words" like ${`% ${word}%`}`;
  return withAddresses ? sql<boolean>`(${inSaid} or "activity"."addressWords" like ${`% ${word}%`})` : inSaid;
}

function moments(db: Db, { contactId, kind, before }: ActivityPage) {
  let query = db
    .selectFrom('activity')
    .select(['activity.at', 'activity.id'])
    .where('activity.contactId', '=', contactId)
    .where('activity.kind', '=', kind)
    .where('activity.removedAt', 'is', null)
    .orderBy('activity.at', 'desc')
    .orderBy('activity.id', 'desc');
  if (before) query = query.where(beforeInTime('activity.at', 'activity.id', before));
  return query;
}

function items(db: Db, page: ActivityPage) {
  return withAgent(moments(db, page).limit(page.limit));
}

const shown = [
  'activity.contactId',
  'activity.kind',
  'activity.title',
  'activity.direction',
  'activity.outcome',
  'activity.durationMs',
  'activity.agentId',
  'activity.changes',
  'activity.mail',
  'activity.mailStatus',
  'activity.createdAt',
  'activity.updatedAt',
] as const;

function withAgent(query: ReturnType<typeof moments>) {
  return query
    .leftJoin('agent', 'agent.id', 'activity.agentId')
    .select(shown)
    .select([
      'agent.name as agentName',
      sql<string | null>`substr("activity"."text", 1, ${sql.lit(ACTIVITY_PREVIEW_MAX)})`.as('text'),
      sql<number>`case when length("activity"."text") > ${sql.lit(ACTIVITY_PREVIEW_MAX)} then 1 else 0 end`.as('isCut'),
      sql<number>`case when "activity"."quoted" is null then 0 else 1 end`.as('hasQuote'),
    ]);
}

/** In whole; taken away ones too. */
export async function findActivityRow(db: Db, id: string): Promise<(ActivityRow & { agentName: string | null }) | undefined> {
  return db
    .selectFrom('activity')
    .leftJoin('agent', 'agent.id', 'activity.agentId')
    .selectAll('activity')
    .select('agent.name as agentName')
    .where('activity.id', '=', id)
    .executeTakeFirst();
}

export async function lockActivity(trx: Transaction, id: string): Promise<ActivityRow | undefined> {
  const [row] = await lockRows(trx, 'activity', [id]);
  return row as ActivityRow | undefined;
}

export async function insertActivity(trx: Transaction, row: ActivityRow): Promise<void> {
  await trx.insertInto('activity').values(row).execute();
}

/** Changes of files, many at once: of rows that are there already it is replaced what they say. */
export async function upsertChanges(trx: Transaction, rows: readonly ChangeRow[]): Promise<void> {
  const known = new Set(
    (
      await readRows(
        trx,
        'activity',
        rows.map(({ id }) => id),
        ['id'],
      )
    ).map(({ id }) => id),
  );
  const told = rows.filter(({ id }) => known.has(id));
  await updateRows(
    trx,
    'activity',
    told.map(({ id, changes }) => ({ id, changes })),
    { changes: 'text' },
  );
  await insertRows(
    trx,
    'activity',
    rows.filter(({ id }) => !known.has(id)),
    {
      ...{ id: 'text', contactId: 'text', kind: 'text', at: 'bigint', words: 'text', agentId: 'text', changes: 'text' },
      ...{ createdAt: 'bigint', updatedAt: 'bigint' },
    },
  );
}

type ChangeRow = Pick<ActivityRow, 'id' | 'contactId' | 'kind' | 'at' | 'words' | 'agentId' | 'changes' | 'createdAt' | 'updatedAt'>;

export async function updateActivity(trx: Transaction, id: string, values: Partial<Omit<ActivityRow, 'id'>>): Promise<void> {
  await trx.updateTable('activity').set(values).where('id', '=', id).execute();
}

/** The mail whose answers come to the address with this token, if it still stands in a file. */
export async function findTokenOwner(db: Db, tokenHash: string, sentAfter: number): Promise<ActivityRow | undefined> {
  return db
    .selectFrom('activity')
    .innerJoin('contact', 'contact.id', 'activity.contactId')
    .selectAll('activity')
    .where('activity.tokenHash', '=', tokenHash)
    .where('activity.removedAt', 'is', null)
    .where('activity.createdAt', '>', sentAfter)
    .where('contact.erasedAt', 'is', null)
    .executeTakeFirst();
}

export async function findMessageRow(db: Db, messageKey: string): Promise<ActivityRow | undefined> {
  return db.selectFrom('activity').selectAll().where('messageKey', '=', messageKey).executeTakeFirst();
}

export async function deleteActivitiesOf(trx: Transaction, contactId: string): Promise<void> {
  await trx.deleteFrom('activity').where('contactId', '=', contactId).execute();
}

export async function deleteRemovedActivities(trx: Transaction, before: number): Promise<void> {
  await trx.deleteFrom('activity').where('removedAt', '<', before).execute();
}
