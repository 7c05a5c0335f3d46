import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { ViewFilter } from '../../shared/view.ts';
import { statusesOf } from '../../shared/view-filter.ts';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { dueAt, warnAt } from '../storage/due-moments.ts';
import { rowsFrom } from '../storage/rows.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { Tables } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

export interface Stretch {
  isResolved: boolean;
  /** Only those in which somebody waits, or only the others. */
  isWaiting?: boolean;
  /** Only those who wait for an answer that is due at some moment, or only the others. */
  isDue?: boolean;
  /** Only those of this priority. */
  priority?: number;
  /** `dueAt` orders only those that are due: as many as wait are looked at, however many conversations there are. */
  column: 'waitingSince' | 'updatedAt' | 'dueAt';
  direction: 'asc' | 'desc';
}

/** A filter in the eyes of one agent at one moment. */
export interface SearchedView {
  filter: ViewFilter;
  now: number;
  /** Null stands for nobody and for no team. */
  assigneeIds: readonly (string | null)[] | null;
  teamIds: readonly (string | null)[] | null;
  /** Who must have been named there. */
  mentionedId: string | null;
  waitingBefore: number | null;
}

type InConversation = ExpressionBuilder<Tables, 'conversation'>;
type InContact = ExpressionBuilder<Tables, 'conversation' | 'contact'>;

/** Everything that a condition or the order reads. */
const lookedAtColumns = [
  'conversation.id',
  'conversation.status',
  'conversation.assigneeId',
  'conversation.teamId',
  'conversation.inboxId',
  'conversation.contactId',
  'conversation.tags',
  'conversation.unread',
  'conversation.waitingSince',
  'conversation.updatedAt',
] as const;

export interface Looking {
  view: SearchedView;
  sight: Sight;
  stretch: Stretch;
  after: Cursor | null;
  /** How many of the stretch are looked at, in its order. */
  look: number;
}

/** The keys of those that fit among the next `look`, at most `limit` of them. */
export async function listFittingKeys(db: Db, looking: Looking, limit: number): Promise<Cursor[]> {
  const { column, direction } = looking.stretch;
  return fitting(db, looking)
    .select(['conversation.id', sql<number>`${sql.ref(`conversation.${column}`)}`.as('at')])
    .orderBy(sql.ref(`conversation.${column}`), direction)
    .orderBy('conversation.id', direction)
    .limit(limit)
    .execute();
}

export async function countFitting(db: Db, looking: Looking): Promise<number> {
  const row = await fitting(db, looking)
    .select((count) => count.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Where the next `look` end; undefined if there are fewer. */
export async function findLookedTo(db: Db, looking: Looking): Promise<Cursor | undefined> {
  return inStretch(db, looking)
    .select(['conversation.id', momentOf(looking.stretch).as('at')])
    .offset(looking.look - 1)
    .limit(1)
    .executeTakeFirst();
}

/** Which of these are in the view, whatever its order. */
export async function listFittingIds(db: Db, ids: readonly string[], view: SearchedView, sight: Sight): Promise<string[]> {
  const given = ids.map((wantedId) => ({ wantedId }));
  const rows = await db
    .selectFrom('conversation')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .leftJoin('slaClock', 'slaClock.id', 'conversation.id')
    .select('conversation.id')
    .where('conversation.id', 'in', (query) => query.selectFrom(rowsFrom(db, given, { wantedId: 'text' }).as('given')).select('wantedId'))
    .where((where) => {
      const inConversation = where as unknown as InConversation;
      return where.and([...ofRow(inConversation, view, sight), ...ofFile(where as unknown as InContact, view), ofStatus(view)]);
    })
    .execute();
  return rows.map(({ id }) => id);
}

/** The next `look` of the stretch are cut off first: what is seldom is looked for in steps that take no time. */
function fitting(db: Db, looking: Looking) {
  const { view, sight, stretch } = looking;
  const inOrder = inStretch(db, looking).select(lookedAtColumns).limit(looking.look);
  const looked = (stretch.isDue ? inOrder.select(dueAt.as('dueAt')) : inOrder).as('conversation');
  // Under its own name, so that every condition on the table is one on these rows, too.
  const all = db.selectFrom(looked) as unknown as ReturnType<typeof selectConversations>;
  const rows = view.filter.promises?.length ? withClocks(all) : all;
  const joined = needsContact(view) ? rows.innerJoin('contact', 'contact.id', 'conversation.contactId') : rows;
  return (joined as typeof rows).where((where) =>
    where.and([...ofRow(where, view, sight), ...(needsContact(view) ? ofFile(where as unknown as InContact, view) : [])]),
  );
}

function selectConversations(db: Db) {
  return db.selectFrom('conversation');
}

function withClocks(query: ReturnType<typeof selectConversations>) {
  return query.leftJoin('slaClock', 'slaClock.id', 'conversation.id') as unknown as typeof query;
}

function momentOf({ column }: Stretch) {
  return column === 'dueAt' ? dueAt : sql<number>`${sql.ref(`conversation.${column}`)}`;
}

/** In its order, by an index, from the cursor on. */
function inStretch(db: Db, { view, sight, stretch, after }: Looking) {
  const { direction, isResolved, isWaiting, isDue, priority } = stretch;
  const moment = momentOf(stretch);
  let query = (isDue ? withClocks(selectConversations(db)) : selectConversations(db))
    // No index of conversations offers itself for an order by a sum: one agent's mentions are few, and are found by theirs.
    .orderBy(view.mentionedId === null ? moment : sql`${moment} + 0`, direction)
    .orderBy('conversation.id', direction)
    // Written out, each serves the index that holds only the resolved ones or only the others.
    .where('conversation.status', isResolved ? '=' : '<>', sql.lit('resolved'));
  if (isWaiting !== undefined) query = query.where('conversation.waitingSince', isWaiting ? 'is not' : 'is', null);
  if (isDue) query = query.where('conversation.status', '=', sql.lit('open')).where('conversation.waitingSince', 'is not', null);
  if (isDue === false) query = query.where(isNeverDue);
  if (priority !== undefined) query = query.where('conversation.priority', '=', priority);
  if (after) {
    const key = sql`(${moment}, ${sql.ref('conversation.id')})`;
    query = query.where(sql<SqlBool>`${key} ${sql.raw(direction === 'asc' ? '>' : '<')} (${after.at}, ${after.id})`);
  }
  const { assigneeIds, teamIds, mentionedId } = view;
  const isOwnOnly = !sight.permissions.includes('conversations:view-queue');
  if (mentionedId !== null) query = query.where((where) => isMentioned(where, mentionedId));
  if (assigneeIds) query = query.where((where) => isOneOf(where, 'conversation.assigneeId', assigneeIds));
  else if (isOwnOnly) query = query.where('conversation.assigneeId', '=', sight.agentId);
  else if (teamIds) query = query.where((where) => isOneOf(where, 'conversation.teamId', teamIds));
  return query;
}

function isNeverDue(where: InConversation): Expression<SqlBool> {
  return where.or([where('conversation.waitingSince', 'is', null), where('conversation.status', '<>', 'open')]);
}

/** By the clocks that run, as the board of now counts them. */
function isPromised(where: InConversation, { filter: { promises = [] }, now }: SearchedView): Expression<SqlBool> {
  const [breached, near] = [where(dueAt, '<=', now), where(warnAt, '<=', now)];
  const any = promises.map((one) => (one === 'breached' ? breached : where.and([near, where(dueAt, '>', now)])));
  return where.and([where.not(isNeverDue(where)), where.or(any)]);
}

function isMentioned(where: InConversation, agentId: string): Expression<SqlBool> {
  return where(
    'conversation.id',
    'in',
    where.selectFrom('mention').select('mention.conversationId').where('mention.agentId', '=', agentId),
  );
}

/** Null among the values stands for none. */
function isOneOf(
  where: InConversation,
  column: 'conversation.assigneeId' | 'conversation.teamId',
  values: readonly (string | null)[],
): Expression<SqlBool> {
  const ids = values.filter((value) => value !== null);
  const ways: Expression<SqlBool>[] = [];
  if (ids.length === 1) ways.push(where(column, '=', ids[0] as string));
  else if (ids.length > 1) ways.push(where(column, 'in', ids));
  if (values.includes(null)) ways.push(where(column, 'is', null));
  return where.or(ways);
}

function ofRow(where: InConversation, view: SearchedView, sight: Sight): Expression<SqlBool>[] {
  const { assigneeIds, teamIds, mentionedId, waitingBefore, filter } = view;
  const { tags = [], inboxIds = [], isUnread } = filter;
  const statuses = statusesOf(filter);
  const conditions: Expression<SqlBool>[] = [inSight(where, sight)];
  if (statuses.includes('open') !== statuses.includes('snoozed') && !statuses.includes('resolved')) conditions.push(ofStatus(view));
  else if (statuses.includes('resolved') && statuses.length === 2) conditions.push(ofStatus(view));
  if (assigneeIds) conditions.push(isOneOf(where, 'conversation.assigneeId', assigneeIds));
  if (teamIds) conditions.push(isOneOf(where, 'conversation.teamId', teamIds));
  if (inboxIds.length > 0) conditions.push(where('conversation.inboxId', 'in', inboxIds));
  if (mentionedId !== null) conditions.push(isMentioned(where, mentionedId));
  if (isUnread) conditions.push(where('conversation.unread', '>', 0));
  if (waitingBefore !== null) conditions.push(where('conversation.waitingSince', '<=', waitingBefore));
  if (filter.promises?.length) conditions.push(isPromised(where, view));
  if (tags.length > 0) conditions.push(where.or(tags.map((tag) => holds('conversation.tags', JSON.stringify(tag)))));
  return conditions;
}

function ofStatus({ filter }: SearchedView): Expression<SqlBool> {
  const wanted = statusesOf(filter).flatMap((status) => (status === 'open' ? ['open', 'pending'] : [status]));
  return sql<SqlBool>`"conversation"."status" in (${sql.join(wanted.map((status) => sql.lit(status)))})`;
}

function needsContact({ filter: { languages, lifecycles, isVerified, fields } }: SearchedView): boolean {
  return isVerified !== undefined || [languages, lifecycles, fields].some((wanted) => (wanted?.length ?? 0) > 0);
}

function ofFile(where: InContact, { filter }: SearchedView): Expression<SqlBool>[] {
  const { languages = [], lifecycles = [], isVerified, fields = [] } = filter;
  const conditions: Expression<SqlBool>[] = [];
  if (languages.length > 0) {
    conditions.push(
      where.or(
        languages.flatMap((language) => [
          where(sql<string>`lower("contact"."locale")`, '=', language),
          where(sql<string>`lower("contact"."locale")`, 'like', `${language}-%`),
        ]),
      ),
    );
  }
  if (lifecycles.length > 0) conditions.push(where('contact.lifecycle', 'in', lifecycles));
  if (isVerified !== undefined) {
    const verified = where.exists(
      where
        .selectFrom('identity')
        .select('identity.id')
        .whereRef('identity.contactId', '=', 'contact.id')
        .where('identity.isVerified', '=', 1),
    );
    conditions.push(isVerified ? verified : where.not(verified));
  }
  for (const { name, value } of fields) conditions.push(holds('contact.fields', `${JSON.stringify(name)}:${JSON.stringify(value)}`));
  return conditions;
}

/** Letter by letter on both databases, which `like` is not. */
function holds(column: string, written: string): Expression<SqlBool> {
  return sql<SqlBool>`replace(${sql.ref(column)}, ${written}, '') <> ${sql.ref(column)}`;
}
