/** One pipeline at a glance: its columns with their first cards, and what all that stands in each is worth. */
import type { Board, BoardQuery, ColumnTally, Pipeline } from '../../shared/opportunity.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { correctionsOf, readFilter, toPage, withExcerpts } from './opportunity-pages.ts';
import { listOpportunityRows, type OpportunityFilter, sumOpportunities } from './opportunity-store.ts';
import { getPipeline } from './pipelines.ts';
import { listTallies } from './tally-store.ts';

export async function readBoard(app: App, caller: Caller, { limit, ...query }: BoardQuery): Promise<Board> {
  const { db } = app.storage;
  const pipeline = await getPipeline(db, query.pipelineId);
  const { filter, found } = await readFilter(app, caller, query);
  const tallies = await tallyOf(app, pipeline, filter);
  const columns = await Promise.all(
    pipeline.stages.map(async ({ id }) => {
      const within = { ...filter, stageId: id, pipelineId: undefined, status: undefined };
      const rows = await listOpportunityRows(db, within, { order: 'place', after: null, limit: limit + 1 });
      return {
        stageId: id,
        ...sumUp(
          pipeline,
          tallies.filter((one) => one.stageId === id && one.status === 'open'),
        ),
        ...toPage(rows, { limit, order: 'place' }),
      };
    }),
  );
  const cards = await withExcerpts(
    columns.flatMap(({ items }) => items),
    found,
  );
  const byId = new Map(cards.map((card) => [card.id, card]));
  const ended = (status: 'won' | 'lost') =>
    sumUp(
      pipeline,
      tallies.filter((one) => one.status === status),
    );
  const filled = columns.map((column) => ({ ...column, items: column.items.map((item) => byId.get(item.id) ?? item) }));
  return { columns: filled, won: ended('won'), lost: ended('lost'), ...correctionsOf(found) };
}

type Tallied = Awaited<ReturnType<typeof listTallies>>[number];

/** What is kept says it for everybody's and for one owner's cards; anything narrower is added up. */
async function tallyOf(app: App, pipeline: Pipeline, filter: OpportunityFilter): Promise<Tallied[]> {
  const { owner, closingBefore, contactId, companyId, found } = filter;
  const isNarrow = closingBefore !== undefined || contactId !== undefined || companyId !== undefined || found !== undefined;
  if (isNarrow) return sumOpportunities(app.storage.db, filter);
  return listTallies(
    app.storage.db,
    pipeline.stages.map(({ id }) => id),
    owner,
  );
}

function sumUp({ stages, currency }: Pipeline, tallies: readonly Tallied[]): ColumnTally {
  const sums = new Map<string, { amount: number; weighted: number }>();
  for (const one of tallies) {
    const percent = stages.find(({ id }) => id === one.stageId)?.probability ?? 0;
    const held = sums.get(one.currency) ?? { amount: 0, weighted: 0 };
    const weight = { won: one.amount * 100, lost: 0, open: one.ownWeight + one.plain * percent }[one.status] ?? 0;
    sums.set(one.currency, { amount: held.amount + one.amount, weighted: held.weighted + weight / 100 });
  }
  return {
    count: tallies.reduce((count, one) => count + one.count, 0),
    sums: [...sums]
      .map(([code, { amount, weighted }]) => ({ currency: code, amount, weighted: Math.round(weighted) }))
      .toSorted((one, other) => Number(other.currency === currency) - Number(one.currency === currency) || other.amount - one.amount),
  };
}
