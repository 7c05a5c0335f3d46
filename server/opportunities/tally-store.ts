/** Counts and sums of columns, kept with every write, so that nobody adds up a hundred thousand opportunities. */
import type { Db, Transaction } from '../storage/database.ts';
import type { OpportunityRow, OpportunityTallyRow } from '../storage/tables.ts';

type Counted = Pick<OpportunityRow, 'stageId' | 'ownerId' | 'currency' | 'status' | 'amount' | 'probability'>;
type Sums = Pick<OpportunityTallyRow, 'count' | 'amount' | 'ownWeight' | 'plain'>;

/** Takes the rows as they were out of the sums, and puts them in as they are. */
export async function tally(trx: Transaction, before: readonly Counted[], after: readonly Counted[]): Promise<void> {
  const changes = new Map<string, OpportunityTallyRow>();
  for (const [rows, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    for (const { stageId, ownerId, currency, status, amount, probability } of rows) {
      const key = [stageId, ownerId ?? '', currency, status].join(' ');
      const held = changes.get(key) ?? { stageId, ownerId: ownerId ?? '', currency, status, count: 0, amount: 0, ownWeight: 0, plain: 0 };
      held.count += sign;
      held.amount += sign * amount;
      held.ownWeight += sign * amount * (probability ?? 0);
      held.plain += sign * (probability === null ? amount : 0);
      changes.set(key, held);
    }
  }
  // In one order, so that two who move cards across each other do not wait for one another.
  const inOrder = [...changes].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, change]) => change);
  for (const change of inOrder) if (hasEffect(change)) await add(trx, change);
}

function hasEffect({ count, amount, ownWeight, plain }: Sums): boolean {
  return count !== 0 || amount !== 0 || ownWeight !== 0 || plain !== 0;
}

async function add(trx: Transaction, change: OpportunityTallyRow): Promise<void> {
  await trx
    .insertInto('opportunityTally')
    .values(change)
    .onConflict((conflict) =>
      conflict.columns(['stageId', 'ownerId', 'currency', 'status']).doUpdateSet((update) => ({
        count: update('opportunityTally.count', '+', update.ref('excluded.count')),
        amount: update('opportunityTally.amount', '+', update.ref('excluded.amount')),
        ownWeight: update('opportunityTally.ownWeight', '+', update.ref('excluded.ownWeight')),
        plain: update('opportunityTally.plain', '+', update.ref('excluded.plain')),
      })),
    )
    .execute();
}

/** Of all owners, or of one ('' for nobody's). */
export async function listTallies(
  db: Db,
  stageIds: readonly string[],
  ownerId: string | undefined,
): Promise<(Sums & Pick<OpportunityTallyRow, 'stageId' | 'currency' | 'status'>)[]> {
  if (stageIds.length === 0) return [];
  const rows = await db
    .selectFrom('opportunityTally')
    .select((select) => [
      'stageId',
      'currency',
      'status',
      select.fn.sum<number>('count').as('count'),
      select.fn.sum<number>('amount').as('amount'),
      select.fn.sum<number>('ownWeight').as('ownWeight'),
      select.fn.sum<number>('plain').as('plain'),
    ])
    .where('stageId', 'in', stageIds)
    .$if(ownerId !== undefined, (query) => query.where('ownerId', '=', ownerId ?? ''))
    .groupBy(['stageId', 'currency', 'status'])
    .execute();
  return rows.map(toNumbers).filter(({ count }) => count > 0);
}

/** A sum of bigints is text on PostgreSQL. */
export function toNumbers<Row extends Sums>(row: Row): Row {
  return { ...row, count: Number(row.count), amount: Number(row.amount), ownWeight: Number(row.ownWeight), plain: Number(row.plain) };
}
