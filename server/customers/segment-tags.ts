/** Segments follow a tag that gets another name. */
import { type CustomerFilter, conditionsOf, FILTER_VALUES_MAX } from '../../shared/customer-filter.ts';
import { turnedNames } from '../../shared/tag-turn.ts';
import type { App, TagTurn } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { listSegmentRows, lockSegment, updateSegment } from './segment-store.ts';
import { filterOf, tellSegments } from './segments.ts';

/** Members stay until it is known of each whether it still is one. */
export async function renameTagInSegments(app: App, trx: Transaction, turn: TagTurn): Promise<() => void> {
  const now = app.now();
  let hasChanged = false;
  for (const { id } of (await listSegmentRows(trx)).filter((row) => names(filterOf(row), turn.from))) {
    const held = await lockSegment(trx, id);
    if (!held || held.deletedAt !== null) continue;
    const filter = JSON.stringify(turned(filterOf(held), turn));
    if (filter === held.filter) continue;
    await updateSegment(trx, id, { filter, fillTo: '', version: held.version + 1, lookedAt: now, updatedAt: now });
    hasChanged = true;
  }
  return () => {
    if (hasChanged) tellSegments(app);
  };
}

function names(filter: CustomerFilter, tag: string): boolean {
  return conditionsOf(filter).some((condition) => condition.on === 'tag' && 'values' in condition && condition.values.includes(tag));
}

function turned(filter: CustomerFilter, turn: TagTurn): CustomerFilter {
  const groups = filter.groups.map((group) => ({
    ...group,
    conditions: group.conditions.map((condition) =>
      condition.on === 'tag' && 'values' in condition
        ? { ...condition, values: turnedNames(condition.values, condition.op, { ...turn, most: FILTER_VALUES_MAX }) }
        : condition,
    ),
  }));
  return { ...filter, groups };
}
