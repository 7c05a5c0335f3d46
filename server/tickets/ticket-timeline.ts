import { wordsOf } from '../../shared/fold.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import type { TimelineSource } from '../contacts/timeline-source.ts';
import { toPriority } from '../sla/promised-clocks.ts';
import type { Cursor } from '../transport/cursor.ts';
import { listTicketsOfFile } from './ticket-list-store.ts';

/** Looked through at once where words are looked for. */
const BATCH = 200;

/** What the customer needed help with: each ticket stands where it was opened. */
export const ticketTimeline: TimelineSource = {
  kinds: ['ticket'],
  list: async (app, caller, { contactId, before, limit, words }) => {
    if (!caller.permissions.includes('tickets:view')) return [];
    const items: TimelineItem[] = [];
    const size = words.length === 0 ? limit : BATCH;
    let from: Cursor | null = before;
    while (items.length < limit) {
      const rows = await listTicketsOfFile(app.storage.db, contactId, { sight: caller, before: from, limit: size });
      items.push(...rows.map(toItem).filter((item) => hasWords(item, words)));
      const last = rows.at(-1);
      if (!last || rows.length < size) break;
      from = { at: last.createdAt, id: last.id };
    }
    return items.slice(0, limit);
  },
};

function toItem(row: Awaited<ReturnType<typeof listTicketsOfFile>>[number]): TimelineItem {
  const { id, createdAt, number, subject, description, status, priority, createdBy, creatorName, dueAt } = row;
  return {
    kind: 'ticket',
    id,
    at: createdAt,
    title: subject || null,
    text: description || null,
    agent: createdBy === null ? null : { id: createdBy, name: creatorName ?? '' },
    facts: { number, status, priority: toPriority(priority), dueAt },
  };
}

function hasWords({ title, text, facts }: TimelineItem, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const held = new Set(wordsOf(`${facts.number} ${title ?? ''}\n${text ?? ''}`).map(({ word }) => word));
  return words.every((wanted) => held.has(wanted));
}
