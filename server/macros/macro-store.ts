import { AppError } from '../../shared/errors.ts';
import type { BeforeMacro } from '../../shared/macro.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { MacroRow, MacroRunRow } from '../storage/tables.ts';

export async function lockMacro(trx: Transaction, id: string): Promise<MacroRow> {
  const [row] = await lockRows(trx, 'macro', [id]);
  if (!row) throw new AppError('not-found', 'There is no such macro.', { field: 'macroId' });
  return row as MacroRow;
}

export async function lockMacros(trx: Transaction, ids: readonly string[]): Promise<MacroRow[]> {
  return (await lockRows(trx, 'macro', ids)) as MacroRow[];
}

/** Those that put a tag on or take one off. */
export async function listTaggingMacroIds(db: Db | Transaction): Promise<string[]> {
  const rows = await db
    .selectFrom('macro')
    .select('id')
    .where((where) => where.not(where.and([where('steps', 'like', '%"addTags":[]%'), where('steps', 'like', '%"removeTags":[]%')])))
    .execute();
  return rows.map(({ id }) => id);
}

export async function insertMacro(trx: Transaction, row: MacroRow): Promise<void> {
  await trx.insertInto('macro').values(row).execute();
}

export async function updateMacro(trx: Transaction, { id, ...values }: MacroRow): Promise<void> {
  await trx.updateTable('macro').set(values).where('id', '=', id).execute();
}

export async function deleteMacro(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('macro').where('id', '=', id).execute();
}

/** From one place to another, with when that was. */
export async function moveMacros(trx: Transaction, from: string, { to, at }: { to: string; at: number }): Promise<MacroRow[]> {
  return trx.updateTable('macro').set({ place: to, updatedAt: at }).where('place', '=', from).returningAll().execute();
}

export async function findMacroRow(db: Db, id: string): Promise<MacroRow | undefined> {
  return db.selectFrom('macro').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findRun(db: Db, id: string): Promise<MacroRunRow | undefined> {
  return db.selectFrom('macroRun').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertRun(trx: Transaction, row: Omit<MacroRunRow, 'before'> & { before: BeforeMacro }): Promise<void> {
  await trx
    .insertInto('macroRun')
    .values({ ...row, before: JSON.stringify(row.before) })
    .execute();
}

/** A run stays known under its id, without the tags that it found. */
export async function eraseRunTags(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  const rows = await trx.selectFrom('macroRun').select(['id', 'before']).where('conversationId', 'in', conversationIds).execute();
  for (const { id, before } of rows) {
    const kept: BeforeMacro = { ...JSON.parse(before), tags: [] };
    await trx
      .updateTable('macroRun')
      .set({ before: JSON.stringify(kept) })
      .where('id', '=', id)
      .execute();
  }
}

export async function deleteRunsBefore(trx: Transaction, at: number): Promise<void> {
  await trx.deleteFrom('macroRun').where('ranAt', '<', at).execute();
}

/** What a macro may change and no message does. */
export async function readBefore(trx: Transaction, conversationId: string): Promise<BeforeMacro> {
  const row = await trx
    .selectFrom('conversation')
    .select(['tags', 'assigneeId', 'teamId', 'status', 'snoozedUntil'])
    .where('id', '=', conversationId)
    .executeTakeFirstOrThrow();
  return { ...row, status: row.status as BeforeMacro['status'], tags: JSON.parse(row.tags) };
}
