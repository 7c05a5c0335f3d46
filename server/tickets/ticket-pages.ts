/** The lists of tickets: whose, how they stand, and what was typed to find them. */
import { priorities } from '../../shared/routing.ts';
import type { TicketPage, TicketQuery } from '../../shared/ticket.ts';
import type { Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import { findByWords } from '../words/word-finding.ts';
import { listBranch } from './ticket-choices.ts';
import { ticketIndex } from './ticket-entries.ts';
import { isByDue, listTicketRows } from './ticket-list-store.ts';
import { correctionsFor, listExcerpts } from './ticket-search.ts';
import { toTicket } from './ticket-views.ts';

export async function listTickets(app: App, sight: Sight, query: TicketQuery): Promise<TicketPage> {
  const { view, limit, q = '', overdue, priority, categoryId, cursor, ...same } = query;
  const now = app.now();
  const number = numberIn(q);
  // With the sign it is a ticket's number; without, it may stand in the words as well.
  const isNumbered = number !== undefined && q.startsWith('#');
  const found = q === '' || isNumbered ? null : await findByWords(app, ticketIndex, q);
  const rows = await listTicketRows(app.storage.db, {
    ...same,
    sight,
    view,
    now,
    priority: priority && priorities.indexOf(priority),
    categoryIds: categoryId === undefined ? undefined : await listBranch(app.storage.db, categoryId),
    overdue: overdue && { isOverdue: overdue === 'true', now },
    number,
    found: found ?? undefined,
    cursor: parseCursor(cursor),
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const at = last && (isByDue({ view, overdue: overdue && { isOverdue: overdue === 'true', now } }) ? (last.dueAt ?? 0) : last.updatedAt);
  const excerpts = await listExcerpts(app.storage.db, shown, found?.groups ?? []);
  const corrections = await correctionsFor(app, sight, { corrections: found?.corrections ?? [], shownIds: shown.map(({ id }) => id) });
  return {
    items: shown.map((row) => ({ ...toTicket(row), excerpt: excerpts.get(row.id) })),
    next: rows.length > limit && last ? formatCursor({ at: at ?? 0, id: last.id }) : null,
    ...(corrections.length > 0 && { corrections }),
  };
}

/** With the sign or without. */
function numberIn(q: string): number | undefined {
  const [, digits] = /^#?\s*(\d{1,15})$/.exec(q) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
