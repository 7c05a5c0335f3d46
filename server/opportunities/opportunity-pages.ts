/** The lists of opportunities: which fit a filter, and what was typed to find them. */
import type { FoundOpportunity, Opportunity, OpportunityPage, OpportunityQuery } from '../../shared/opportunity.ts';
import { toDay } from '../../shared/wall-clock.ts';
import type { App } from '../app.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { excerptsFor } from '../words/found-excerpts.ts';
import { type Found, findByWords } from '../words/word-finding.ts';
import { toOpportunity } from './opportunities.ts';
import { opportunityIndex } from './opportunity-entries.ts';
import { listOpportunityRows, type OpportunityFilter, type OpportunityListRow } from './opportunity-store.ts';

export async function listOpportunities(app: App, caller: Caller, query: OpportunityQuery): Promise<OpportunityPage> {
  const { order, limit, cursor, ...asked } = query;
  const { filter, found } = await readFilter(app, caller, asked);
  const rows = await listOpportunityRows(app.storage.db, filter, { order, after: parseCursor(cursor), limit: limit + 1 });
  const page = toPage(rows, { limit, order });
  return { ...page, items: await withExcerpts(page.items, found), ...correctionsOf(found) };
}

type Asked = Partial<Omit<OpportunityQuery, 'order' | 'limit' | 'cursor'>>;

/** Looks for the words, where there are some. */
export async function readFilter(
  app: App,
  { agentId }: Pick<Caller, 'agentId'>,
  { owner, closingBefore, q = '', ...asked }: Asked,
): Promise<{ filter: OpportunityFilter; found: Found | undefined }> {
  const found = q === '' ? undefined : await findByWords(app, opportunityIndex, q);
  const filter = {
    ...asked,
    ...(owner !== undefined && { owner: owner === 'me' ? agentId : owner === 'nobody' ? '' : owner }),
    ...(closingBefore !== undefined && { closingBefore: toDay(closingBefore) }),
    found,
  };
  return { filter, found };
}

interface Asking {
  limit: number;
  order: OpportunityQuery['order'];
}

/** Beside the rows where the next page begins. */
export function toPage(rows: readonly OpportunityListRow[], { limit, order }: Asking): { items: Opportunity[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const at = last && { created: last.createdAt, place: last.place, close: last.expectedCloseOn ?? 0 }[order];
  return {
    items: shown.map(toOpportunity),
    next: rows.length > limit && last && at !== undefined ? formatCursor({ at, id: last.id }) : null,
  };
}

/** Each with why it was found, where its card does not say so. */
export async function withExcerpts(items: readonly Opportunity[], found: Found | undefined): Promise<FoundOpportunity[]> {
  if (!found) return [...items];
  const sought = items.map(({ id, name, contact, note, lostNote }) => ({
    id,
    shown: `${name}\n${contact.name ?? ''}`,
    texts: [note ?? '', lostNote ?? ''],
  }));
  const excerpts = await excerptsFor(sought, found.groups);
  return items.map((item) => ({ ...item, excerpt: excerpts.get(item.id) }));
}

/** Who sees one opportunity sees all of them, and may know every word of them. */
export function correctionsOf(found: Found | undefined): Pick<OpportunityPage, 'corrections'> {
  return found && found.corrections.length > 0 ? { corrections: found.corrections } : {};
}
