import type { TimelineItem } from '../../shared/timeline.ts';
import type { App } from '../app.ts';
import { isInDetail } from '../contacts/masking.ts';
import type { TimelineSource } from '../contacts/timeline-source.ts';
import { walkTimeline } from '../contacts/timeline-walk.ts';
import type { Cursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { findTaskRow } from './task-store.ts';
import { type FiledTask, listFiledAttempts, listFiledTasks } from './task-timeline-store.ts';
import { maySeeTask, taskShownTo, viewTasks } from './task-views.ts';

type Portion<Row> = (before: Cursor | null, limit: number) => Promise<Row[]>;

/** What was promised to a person, at the time it is due. */
export const taskTimeline: TimelineSource = {
  kinds: ['task'],
  list: (app, caller, ask) => {
    if (!caller.permissions.includes('tasks:view')) return Promise.resolve([]);
    const read: Portion<FiledTask> = (before, limit) => listFiledTasks(app.storage.db, { contactId: ask.contactId, before, limit });
    return walkTimeline(ask, (before, limit) => readSeen(read, { before, limit }, (rows) => toTaskItems(app, caller, rows)));
  },
};

/** Each try to make a promised call. */
export const attemptTimeline: TimelineSource = {
  kinds: ['call'],
  list: (app, caller, ask) => {
    if (!caller.permissions.includes('tasks:view')) return Promise.resolve([]);
    const read = (before: Cursor | null, limit: number) => listFiledAttempts(app.storage.db, { contactId: ask.contactId, before, limit });
    return walkTimeline(ask, (before, limit) =>
      readSeen(read, { before, limit }, async (rows) => {
        const seen = await seenTasks(app, caller, new Set(rows.map(({ taskId }) => taskId)));
        return rows
          .filter(({ taskId }) => seen.has(taskId))
          .map(({ id, at, taskId, agentId, agentName, endedAt, outcome, note }) => ({
            ...{
              kind: 'call' as const,
              id,
              at,
              title: null,
              text: isInDetail(caller) ? note : null,
              agent: { id: agentId, name: agentName },
            },
            facts: {
              direction: 'out',
              taskId,
              ...(outcome !== null && { outcome }),
              ...(endedAt !== null && { durationMs: endedAt - at }),
            },
          }));
      }),
    );
  },
};

/** Goes on until there are as many as are wanted, since some may be out of this agent's sight. */
async function readSeen<Row extends { id: string; at: number }>(
  read: Portion<Row>,
  { before, limit }: { before: Cursor | null; limit: number },
  show: (rows: Row[]) => Promise<TimelineItem[]>,
): Promise<TimelineItem[]> {
  const items: TimelineItem[] = [];
  for (let from = before; ; ) {
    const rows = await read(from, limit);
    items.push(...(await show(rows)));
    const last = rows.at(-1);
    if (items.length >= limit || rows.length < limit || !last) return items.slice(0, limit);
    from = { at: last.at, id: last.id };
  }
}

async function toTaskItems(app: App, caller: Caller, rows: readonly FiledTask[]): Promise<TimelineItem[]> {
  const seen = await seenTasks(app, caller, new Set(rows.map(({ id }) => id)));
  const shown = rows.filter(({ id }) => seen.has(id));
  const tasks = await viewTasks(
    app,
    shown.flatMap(({ id }) => seen.get(id) ?? []),
  );
  return shown.flatMap(({ id, at, ownerId, ownerName }) => {
    const whole = tasks.find((task) => task.id === id);
    if (!whole) return [];
    const task = taskShownTo(caller, whole);
    return {
      ...{ kind: 'task' as const, id, at, title: null, text: task.note },
      agent: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
      facts: { task: task.kind, status: task.status, phone: task.phone, ...(task.outcome !== null && { outcome: task.outcome }) },
    };
  });
}

async function seenTasks(app: App, caller: Caller, ids: ReadonlySet<string>) {
  const rows = await Promise.all([...ids].map((id) => findTaskRow(app.storage.db, id)));
  return new Map(rows.flatMap((row) => (row && maySeeTask(caller, row) ? [[row.id, row]] : [])));
}
