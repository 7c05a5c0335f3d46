import type { Transaction } from '../storage/database.ts';

/** Fewer than either database takes as parameters of one statement. */
const AT_ONCE = 500;

export type Along = Record<'task' | 'rating' | 'document' | 'mail', string[]>;

/** By what it hangs on, and by which column. */
const hangsOn: readonly { table: keyof Along; column: string; on: string; entity?: string }[] = [
  { table: 'task', column: 'conversationId', on: 'conversation' },
  { table: 'rating', column: 'conversationId', on: 'conversation' },
  { table: 'document', column: 'activityId', on: 'activity' },
  { table: 'document', column: 'entityId', on: 'ticket', entity: 'ticket' },
  { table: 'document', column: 'entityId', on: 'opportunity', entity: 'opportunity' },
  { table: 'mail', column: 'activityId', on: 'activity' },
];

/** Records of what was agreed to in the chat at these moments. */
export async function listAgreements(trx: Transaction, contactId: string, moments: readonly number[]): Promise<string[]> {
  if (moments.length === 0) return [];
  const records = trx.selectFrom('consent').select('id').where('contactId', '=', contactId).where('kind', '=', 'data');
  const given = await records.where('how', '=', 'form').where('at', 'in', moments.slice(0, AT_ONCE)).execute();
  return given.map(({ id }) => id);
}

/** What stands in a file because of these things, and goes where they go. */
export async function listAlong(trx: Transaction, contactId: string, items: ReadonlyMap<string, readonly string[]>): Promise<Along> {
  const found: Along = { task: [], rating: [], document: [], mail: [] };
  for (const { table, column, on, entity } of hangsOn) {
    const ids = items.get(on) ?? [];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      let rows = trx
        .selectFrom(table as 'document')
        .select('id')
        .where('contactId', '=', contactId);
      rows = rows.where(column as 'entityId', 'in', ids.slice(at, at + AT_ONCE));
      if (entity !== undefined) rows = rows.where('entity', '=', entity);
      found[table].push(...(await rows.execute()).map(({ id }) => id));
    }
  }
  return found;
}
