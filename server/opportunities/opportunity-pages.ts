/** The lists of opportunities: which fit a filter, and what was typed to find them. */
import type { FoundExcerpt } from '../../shared/found-excerpt.ts';
import type { FoundOpportunity, OpportunityPage, OpportunityQuery } from '../../shared/opportunity.ts';
import { toDay } from '../../shared/wall-clock.ts';
import type { App } from '../app.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { excerptFor } from '../words/found-excerpts.ts';
import { type Found, findByWords } from '../words/word-finding.ts';
import { toOpportunity } from './opportunities.ts';
import { opportunityIndex } from './opportunity-entries.ts';
import { listOpportunityRows, type OpportunityFilter, type OpportunityListRow } from './opportunity-store.ts';

export async function listOpportunities(app: App, caller: Caller, query: OpportunityQuery): Promise<OpportunityPage> {
  const { order, limit, cursor, ...asked } = query;
  const { filter, found } = await readFilter(app, caller, asked);
  const rows = await listOpportunityRows(app.storage.db, filter, { order, after: parseCursor(cursor), limit: limit + 1 });
  return { ...toPage(rows, { limit, order, found }), ...correctionsOf(found) };
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
  found: Found | undefined;
}

/** Beside the rows where the next page begins. */
export function toPage(
  rows: readonly OpportunityListRow[],
  { limit, order, found }: Asking,
): { items: FoundOpportunity[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const at = last && { created: last.createdAt, place: last.place, close: last.expectedCloseOn ?? 0 }[order];
  return {
    items: shown.map((row) => ({ ...toOpportunity(row), ...(found && { excerpt: excerptOf(row, found) }) })),
    next: rows.length > limit && last && at !== undefined ? formatCursor({ at, id: last.id }) : null,
  };
}

function excerptOf({ name, contactName, note, lostNote }: OpportunityListRow, { groups }: Found): FoundExcerpt | undefined {
  return excerptFor(`${name}\n${contactName ?? ''}`, [note ?? '', lostNote ?? ''], groups);
}

/** Who sees one opportunity sees all of them, and may know every word of them. */
export function correctionsOf(found: Found | undefined): Pick<OpportunityPage, 'corrections'> {
  return found && found.corrections.length > 0 ? { corrections: found.corrections } : {};
}
