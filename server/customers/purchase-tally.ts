/** How many rows of a file have which outcome, kept with the work as it goes on: whoever looks at a large file again and again counts nothing. */
import type { Db } from '../storage/database.ts';
import { countOutcomes, countRefusals, hasErasedRows } from './customer-job-store.ts';

/** `reasons` are those of the refused. */
export interface Tally {
  outcomes: Readonly<Record<string, number>>;
  reasons: Readonly<Record<string, number>>;
}

export const emptyTally: Tally = { outcomes: {}, reasons: {} };

interface Turned {
  from: string | null;
  to: string | null;
  reason: string | null;
}

export function talliedOn(tally: Tally, turned: readonly Turned[]): Tally {
  const outcomes = { ...tally.outcomes };
  const reasons = { ...tally.reasons };
  for (const { from, to, reason } of turned) {
    if (from !== null) outcomes[from] = (outcomes[from] ?? 0) - 1;
    if (to !== null) outcomes[to] = (outcomes[to] ?? 0) + 1;
    if (to === 'refused') reasons[reason ?? ''] = (reasons[reason ?? ''] ?? 0) + 1;
  }
  return { outcomes: Object.fromEntries(Object.entries(outcomes).filter(([, count]) => count > 0)), reasons };
}

/** Who is erased is erased from rows that nobody is at work on: those are counted anew. */
export async function tallyOf(db: Db, { id, status }: { id: string; status: string }, kept: Tally | undefined): Promise<Tally> {
  const isAtWork = status === 'running' || status === 'undoing';
  if (kept && (isAtWork || !(await hasErasedRows(db, id)))) return kept;
  return { outcomes: await countOutcomes(db, id), reasons: await countRefusals(db, id) };
}
