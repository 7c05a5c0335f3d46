/** What is to be done, and what was, as an agent asks for it. */
import { DateTime } from 'luxon';
import { CALL_HELD_MS } from '../../shared/call-beat.ts';
import { wordsOf } from '../../shared/fold.ts';
import type { TaskPage, TaskQuery } from '../../shared/task.ts';
import { listOnlineIds } from '../agents/online-agents.ts';
import type { App } from '../app.ts';
import { type Cursor, formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { countOpenTasks, listTaskRows, type TaskListAsk } from './task-list-store.ts';
import type { TaskListRow } from './task-store.ts';
import { isShownWhole, taskShownTo, viewTasks } from './task-views.ts';
import { holdsWords } from './task-words.ts';
import { findTodoHours } from './todo-hours.ts';

/** So many are looked through for words before the reader is told how far that went. */
const LOOKED_THROUGH_MAX = 5_000;
const LOOKED_THROUGH_AT_ONCE = 500;

type Read = (after: Cursor | null, limit: number) => Promise<TaskListRow[]>;

/** Those that came from no conversation, those of conversations that the agent may see, and what is its own or its team's to do. */
export async function listTasks(app: App, caller: Caller, query: TaskQuery): Promise<TaskPage> {
  const { db } = app.storage;
  const { status, limit } = query;
  const now = app.now();
  const moment = { now, abandonedAt: now - CALL_HELD_MS, onlineIds: [...(await listOnlineIds(app))] };
  const ask = { ...query, ...moment, teamId: query.teamId ?? null, today: await todayOf(app, query, now), sight: caller };
  const read: Read = (after, atMost) => readRows(app, { ...ask, after, limit: atMost });
  const words = wordsOf(query.q ?? '').map(({ word }) => word);
  const after = parseCursor(query.cursor);
  const [found, counts] = await Promise.all([
    words.length > 0
      ? lookThrough(read, { after, limit, fits: (row) => fits(caller, row, words), status })
      : readPage(read, { after, limit, status }),
    countOpenTasks(db, moment, caller),
  ]);
  return {
    items: (await viewTasks(app, found.rows)).map((task) => taskShownTo(caller, task)),
    next: found.next && formatCursor(found.next),
    ...counts,
  };
}

interface Found {
  rows: TaskListRow[];
  next: Cursor | null;
}

type Status = Pick<TaskQuery, 'status'>;

async function readPage(read: Read, { after, limit, status }: { after: Cursor | null; limit: number } & Status): Promise<Found> {
  const rows = await read(after, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? cursorOf(last, status) : null };
}

/** Page by page, until enough of them fit or so many were looked at that somebody else's turn has come. */
async function lookThrough(
  read: Read,
  { after, limit, fits, status }: { after: Cursor | null; limit: number; fits: (row: TaskListRow) => boolean } & Status,
): Promise<Found> {
  const rows: TaskListRow[] = [];
  let at = after;
  for (let seen = 0; seen < LOOKED_THROUGH_MAX; seen += LOOKED_THROUGH_AT_ONCE) {
    const batch = await read(at, LOOKED_THROUGH_AT_ONCE);
    for (const row of batch) {
      if (rows.length === limit) return { rows, next: at };
      if (fits(row)) rows.push(row);
      at = cursorOf(row, status);
    }
    if (batch.length < LOOKED_THROUGH_AT_ONCE) return { rows, next: null };
  }
  return { rows, next: at };
}

function cursorOf({ id, dueAt, doneAt }: TaskListRow, status: Status['status']): Cursor {
  return { at: status === 'open' ? dueAt : (doneAt ?? 0), id };
}

/** What one may not read is no way to find it either. */
function fits(caller: Caller, row: TaskListRow, words: readonly string[]): boolean {
  const { title, note, outcomeText, contactName, phone } = row;
  return holdsWords(isShownWhole(caller, row) ? [title, note, outcomeText, contactName, phone] : [title, contactName], words);
}

/** Those of several teams come from one list each, which is in order already. */
async function readRows(app: App, ask: TaskListAsk): Promise<TaskListRow[]> {
  const { db } = app.storage;
  if (ask.owner !== 'team') return listTaskRows(db, ask);
  const teamIds = ask.sight.teamIds.filter((id) => ask.teamId === null || id === ask.teamId);
  const lists = await Promise.all(teamIds.map((teamId) => listTaskRows(db, { ...ask, teamId })));
  const turn = ask.status === 'open' ? 1 : -1;
  const order = (row: TaskListRow) => cursorOf(row, ask.status);
  return lists
    .flat()
    .toSorted((one, other) => turn * (order(one).at - order(other).at || (one.id < other.id ? -1 : 1)))
    .slice(0, ask.limit);
}

async function todayOf(app: App, { due }: TaskQuery, now: number): Promise<{ from: number; to: number }> {
  if (due !== 'today') return { from: now, to: now };
  const { timeZone } = await findTodoHours(app, null);
  const day = DateTime.fromMillis(now, { zone: timeZone }).startOf('day');
  return { from: day.toMillis(), to: day.plus({ days: 1 }).toMillis() };
}
