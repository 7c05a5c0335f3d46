/** Saved views follow a tag that gets another name. */
import { turnedNames } from '../../shared/tag-turn.ts';
import { VIEW_VALUES_MAX, type ViewFilter } from '../../shared/view.ts';
import type { App, TagTurn } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { listTaggedViewIds, lockSavedViews, updateSavedView } from './saved-view-store.ts';

export async function renameTagInViews({ broadcast }: App, trx: Transaction, turn: TagTurn): Promise<() => void> {
  const owners = new Set<string | null>();
  for (const row of await lockSavedViews(trx, await listTaggedViewIds(trx))) {
    const filter: ViewFilter = JSON.parse(row.filter);
    if (!filter.tags?.includes(turn.from)) continue;
    const tags = turnedNames(filter.tags, 'any', { ...turn, most: VIEW_VALUES_MAX });
    await updateSavedView(trx, row.id, { filter: JSON.stringify({ ...filter, tags }) });
    owners.add(row.isShared === 1 ? null : row.ownerId);
  }
  return () => {
    for (const ownerId of owners) broadcast.toAgents('views:changed', { ownerId });
  };
}
