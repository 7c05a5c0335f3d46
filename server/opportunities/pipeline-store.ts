import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { LostReasonRow, PipelineRow, StageRow } from '../storage/tables.ts';

export async function listPipelineRows(db: Db): Promise<PipelineRow[]> {
  return db.selectFrom('pipeline').selectAll().orderBy('position').orderBy('id').execute();
}

export async function findPipelineRow(db: Db, id: string): Promise<PipelineRow | undefined> {
  return db.selectFrom('pipeline').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockPipelineRow(trx: Transaction, id: string): Promise<PipelineRow | undefined> {
  const [row] = await lockRows(trx, 'pipeline', [id]);
  return row as PipelineRow | undefined;
}

/** Those that are still used. */
export async function listStageRows(db: Db, pipelineIds: readonly string[]): Promise<StageRow[]> {
  if (pipelineIds.length === 0) return [];
  return db
    .selectFrom('stage')
    .selectAll()
    .where('pipelineId', 'in', pipelineIds)
    .where('archivedAt', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

export async function findStageRow(db: Db, id: string): Promise<StageRow | undefined> {
  return db.selectFrom('stage').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertPipeline(trx: Transaction, row: PipelineRow): Promise<void> {
  await trx.insertInto('pipeline').values(row).execute();
}

export async function updatePipeline(trx: Transaction, id: string, values: Partial<Omit<PipelineRow, 'id'>>): Promise<void> {
  await trx.updateTable('pipeline').set(values).where('id', '=', id).execute();
}

export async function insertStage(trx: Transaction, row: StageRow): Promise<void> {
  await trx.insertInto('stage').values(row).execute();
}

export async function updateStage(trx: Transaction, id: string, values: Partial<Omit<StageRow, 'id' | 'pipelineId'>>): Promise<void> {
  await trx.updateTable('stage').set(values).where('id', '=', id).execute();
}

export async function listReasonRows(db: Db): Promise<LostReasonRow[]> {
  return db.selectFrom('lostReason').selectAll().orderBy('position').orderBy('id').execute();
}

export async function writeReason(trx: Transaction, { id, ...row }: LostReasonRow): Promise<void> {
  await trx
    .insertInto('lostReason')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
