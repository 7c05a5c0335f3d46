import type { TimelineItem } from '../../shared/timeline.ts';
import type { App } from '../app.ts';
import { isInDetail } from '../contacts/masking.ts';
import type { TimelineSource } from '../contacts/timeline-source.ts';
import { walkTimeline } from '../contacts/timeline-walk.ts';
import type { Cursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { type FiledAttempt, listFiledAttempts } from './attempt-timeline-store.ts';
import { findTaskRow } from './task-store.ts';
import { maySeeTask } from './task-views.ts';

/** Each try to make a promised call. */
export const attemptTimeline: TimelineSource = {
  kinds: ['call'],
  list: (app, caller, ask) => {
    if (!caller.permissions.includes('tasks:view')) return Promise.resolve([]);
    return walkTimeline(ask, (before, limit) => readSeen(app, caller, { contactId: ask.contactId, before, limit }));
  },
};

/** Goes on until there are as many as are wanted, since some may be out of this agent's sight. */
async function readSeen(
  app: App,
  caller: Caller,
  { contactId, before, limit }: { contactId: string; before: Cursor | null; limit: number },
): Promise<TimelineItem[]> {
  const items: TimelineItem[] = [];
  for (let from = before; ; ) {
    const rows = await listFiledAttempts(app.storage.db, { contactId, before: from, limit });
    const seen = await seenTaskIds(app, caller, new Set(rows.map(({ taskId }) => taskId)));
    items.push(...rows.filter(({ taskId }) => seen.has(taskId)).map((row) => toItem(caller, row)));
    const last = rows.at(-1);
    if (items.length >= limit || rows.length < limit || !last) return items.slice(0, limit);
    from = { at: last.at, id: last.id };
  }
}

/** What an agent noted of a call may say how to reach the person. */
function toItem(caller: Caller, { id, at, taskId, agentId, agentName, endedAt, outcome, note }: FiledAttempt): TimelineItem {
  return {
    ...{ kind: 'call', id, at, title: null, text: isInDetail(caller) ? note : null, agent: { id: agentId, name: agentName } },
    facts: { direction: 'out', taskId, ...(outcome !== null && { outcome }), ...(endedAt !== null && { durationMs: endedAt - at }) },
  };
}

async function seenTaskIds(app: App, caller: Caller, ids: ReadonlySet<string>): Promise<Set<string>> {
  const rows = await Promise.all([...ids].map((id) => findTaskRow(app.storage.db, id)));
  return new Set(rows.flatMap((row) => (row && maySeeTask(caller, row) ? [row.id] : [])));
}
