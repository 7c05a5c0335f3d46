/** What was to be done for a person, in the timeline of its file. */
import type { Task } from '../../shared/task.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import type { App } from '../app.ts';
import type { TimelineAsk, TimelineSource } from '../contacts/timeline-source.ts';
import type { Cursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import type { TaskListRow } from './task-store.ts';
import { listFiledTasks } from './task-timeline-store.ts';
import { taskShownTo, viewTasks } from './task-views.ts';
import { holdsWords } from './task-words.ts';

/** More than these of one person are not looked through for words at once. */
const LOOKED_THROUGH_MAX = 5_000;

/** What is done stands where it was done, what is open where it was written down. */
export const taskTimeline: TimelineSource = {
  kinds: ['task'],
  list: async (app, caller, ask) => {
    if (!caller.permissions.includes('tasks:view')) return [];
    const found: TimelineItem[] = [];
    let before = ask.before;
    for (let seen = 0; seen < LOOKED_THROUGH_MAX; ) {
      const items = await readItems(app, caller, { ...ask, before });
      found.push(...items.filter(({ title, text }) => holdsWords([title, text], ask.words)));
      seen += items.length;
      const last = items.at(-1);
      if (found.length >= ask.limit || items.length < ask.limit || !last) return found.slice(0, ask.limit);
      before = { at: last.at, id: last.id };
    }
    return found;
  },
};

async function readItems(app: App, caller: Caller, { contactId, before, limit }: TimelineAsk): Promise<TimelineItem[]> {
  const asked = (status: 'open' | 'done') => listFiledTasks(app.storage.db, { contactId, status, before, limit, sight: caller });
  const rows = (await Promise.all([asked('open'), asked('done')])).flat().toSorted(latestFirst).slice(0, limit);
  const tasks = await viewTasks(app, rows);
  return rows.flatMap((row, place) => (tasks[place] ? [toItem(taskShownTo(caller, tasks[place]), row)] : []));
}

function placeOf({ id, status, createdAt, doneAt }: TaskListRow): Cursor {
  return { at: status === 'done' ? (doneAt ?? createdAt) : createdAt, id };
}

function latestFirst(one: TaskListRow, other: TaskListRow): number {
  return placeOf(other).at - placeOf(one).at || (one.id < other.id ? 1 : -1);
}

function toItem(task: Task, row: TaskListRow): TimelineItem {
  const id = row.ownerId ?? row.createdBy;
  const name = row.ownerId === null ? row.creatorName : row.ownerName;
  const { kind, status, dueAt, outcome, priority, conversationId } = task;
  const words = task.kind === 'callback' ? task.note : [task.note, task.outcomeText].filter(Boolean).join('\n');
  return {
    kind: 'task',
    ...placeOf(row),
    title: task.kind === 'callback' ? null : task.title,
    text: words || null,
    agent: id !== null && name !== null ? { id, name } : null,
    facts: { taskKind: kind, status, dueAt, outcome, priority, conversationId },
  };
}
