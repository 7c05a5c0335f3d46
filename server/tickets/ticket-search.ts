/** What is told of tickets that were found by words: why each of them, and what was taken for a slip of the finger. */
import type { FoundExcerpt } from '../../shared/found-excerpt.ts';
import type { TicketPage } from '../../shared/ticket.ts';
import type { App } from '../app.ts';
import type { Db } from '../storage/database.ts';
import type { TicketRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { excerptsFor, LOOKED_THROUGH_MAX, missingIn } from '../words/found-excerpts.ts';
import { listWordsOf } from '../words/word-finding.ts';
import { ticketIndex } from './ticket-entries.ts';
import { LOG_CHARACTERS_MAX, listLatestWork } from './ticket-work-store.ts';

type Corrections = NonNullable<TicketPage['corrections']>;

/** By their ids, of those whose subject does not hold all of the words. */
export async function listExcerpts(
  db: Db,
  rows: readonly Pick<TicketRow, 'id' | 'subject' | 'description' | 'externalId'>[],
  groups: readonly (readonly string[])[],
): Promise<Map<string, FoundExcerpt>> {
  const unsaid = rows.filter(({ subject }) => missingIn(subject, groups).length > 0);
  const charactersEach = Math.min(LOG_CHARACTERS_MAX, Math.floor(LOOKED_THROUGH_MAX / unsaid.length));
  const logs = await listLatestWork(
    db,
    unsaid.map(({ id }) => id),
    charactersEach,
  );
  const sought = unsaid.map(({ id, subject, description, externalId }) => ({
    id,
    shown: subject,
    texts: [description, externalId ?? '', ...(logs.get(id) ?? [])],
  }));
  return excerptsFor(sought, groups);
}

/** Words are read from what everybody wrote: whoever does not see all of it is told only those that stand in what it is shown. */
export async function correctionsFor(
  app: App,
  caller: Pick<Caller, 'permissions'>,
  { corrections, shownIds }: { corrections: Corrections; shownIds: readonly string[] },
): Promise<Corrections> {
  if (corrections.length === 0 || caller.permissions.includes('conversations:view-all')) return corrections;
  const shown = await listWordsOf(app.storage.db, ticketIndex, shownIds);
  return corrections
    .map(({ typed, used }) => ({ typed, used: used.filter((word) => shown.has(word)) }))
    .filter(({ used }) => used.length > 0);
}
