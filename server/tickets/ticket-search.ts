/** From what a person typed to the tickets that hold it: Hebrew with and without what is written onto a word, and a slip of the finger forgiven. */
import type { TicketPage } from '../../shared/ticket.ts';
import type { App } from '../app.ts';
import { matchEntries } from '../storage/entry-words.ts';
import type { Caller } from '../transport/wire.ts';
import { readQuery } from '../words/word-query.ts';
import { catchUpTickets } from './ticket-entries.ts';
import { listTicketEntries, listTicketIdsByNumber } from './ticket-entry-store.ts';

/** More than these are so many that a walk through the list, looking at each, comes to enough of them at once. */
const FEW_MAX = 4_000;

export interface FoundTickets {
  /** Null: very many; whoever lists them looks for one word of each group. */
  ids: string[] | null;
  groups: string[][];
  corrections: NonNullable<TicketPage['corrections']>;
}

export async function findTickets(app: App, query: string): Promise<FoundTickets> {
  const { db } = app.storage;
  await catchUpTickets(app);
  const read = await readQuery(db, 'ticketWord', query);
  if (read === null || read.groups.some((group) => group.length === 0)) return { ids: [], groups: [], corrections: [] };
  const { groups, corrections } = read;
  const numbers = await matchEntries(db, 'ticketEntry', { ...read, before: Number.MAX_SAFE_INTEGER, from: 0, limit: FEW_MAX + 1 });
  const ids = numbers.length > FEW_MAX ? null : await listTicketIdsByNumber(db, numbers);
  return { ids, groups, corrections };
}

/** Words are read from what everybody wrote: whoever does not see all of it is told only those that stand in what it is shown. */
export async function correctionsFor(
  app: App,
  caller: Pick<Caller, 'permissions'>,
  { corrections, shownIds }: { corrections: FoundTickets['corrections']; shownIds: readonly string[] },
): Promise<FoundTickets['corrections']> {
  if (corrections.length === 0 || caller.permissions.includes('conversations:view-all')) return corrections;
  const entries = await listTicketEntries(app.storage.db, shownIds);
  const shown = new Set(entries.flatMap(({ text }) => text.split(' ')));
  return corrections
    .map(({ typed, used }) => ({ typed, used: used.filter((word) => shown.has(word)) }))
    .filter(({ used }) => used.length > 0);
}
