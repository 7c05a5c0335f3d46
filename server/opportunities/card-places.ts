/** Where a card comes to lie in its column: between two numbers, with room for many more. */
import type { Transaction } from '../storage/database.ts';
import type { Cursor } from '../transport/cursor.ts';
import { findOpportunityRow, listPlaces, updatePlaces } from './opportunity-store.ts';

/** Room for sixteen cards that are each put right behind the same one; then its neighbours move up. */
const GAP = 65_536;
/** So far from zero that no column reaches it, however much is put on top. */
const FIRST = 2 ** 50;
const SPREAD_FIRST = 32;

export async function placeOnTop(trx: Transaction, stageId: string): Promise<number> {
  const [top] = await listPlaces(trx, stageId, null, 1);
  return top ? top.place - GAP : FIRST;
}

/** Right behind this card; on top where it is no longer in the column. The cards that must make room for it are moved. */
export async function placeBehind(trx: Transaction, stageId: string, afterId: string): Promise<number> {
  const before = await findOpportunityRow(trx, afterId);
  if (before?.stageId !== stageId || before.status !== 'open') return placeOnTop(trx, stageId);
  const from: Cursor = { at: before.place, id: before.id };
  const [next] = await listPlaces(trx, stageId, from, 1);
  if (!next) return before.place + GAP;
  if (next.place - before.place >= 2) return Math.floor((before.place + next.place) / 2);
  await spread(trx, stageId, from);
  const [moved] = await listPlaces(trx, stageId, from, 1);
  return Math.floor((before.place + (moved?.place ?? before.place + 2 * GAP)) / 2);
}

/** Sets the next few apart again, and twice as many where even those have no room. */
async function spread(trx: Transaction, stageId: string, from: Cursor): Promise<void> {
  for (let count = SPREAD_FIRST; ; count *= 2) {
    const crowd = await listPlaces(trx, stageId, from, count + 1);
    const beyond = crowd.length > count ? crowd.pop() : undefined;
    const step = beyond ? Math.floor((beyond.place - from.at) / (crowd.length + 1)) : GAP;
    if (step < GAP / 16) continue;
    await updatePlaces(
      trx,
      crowd.map(({ id }, at) => ({ id, place: from.at + (at + 1) * step })),
    );
    return;
  }
}
