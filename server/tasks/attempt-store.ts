import type { Db, Transaction } from '../storage/database.ts';
import type { TaskAttemptRow, TaskRow } from '../storage/tables.ts';

export type AttemptListRow = TaskAttemptRow & { agentName: string };

export async function findAttemptRow(db: Db, id: string): Promise<TaskAttemptRow | undefined> {
  return db.selectFrom('taskAttempt').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Of these tasks, the first try first. */
export async function listAttemptRows(db: Db, taskIds: readonly string[]): Promise<AttemptListRow[]> {
  if (taskIds.length === 0) return [];
  return db
    .selectFrom('taskAttempt')
    .innerJoin('agent', 'agent.id', 'taskAttempt.agentId')
    .selectAll('taskAttempt')
    .select('agent.name as agentName')
    .where('taskAttempt.taskId', 'in', [...taskIds])
    .orderBy('taskAttempt.startedAt')
    .orderBy('taskAttempt.id')
    .execute();
}

export async function insertAttempt(trx: Transaction, row: TaskAttemptRow): Promise<void> {
  await trx.insertInto('taskAttempt').values(row).execute();
}

export async function updateAttempt(trx: Transaction, id: string, values: Partial<Omit<TaskAttemptRow, 'id'>>): Promise<void> {
  await trx.updateTable('taskAttempt').set(values).where('id', '=', id).execute();
}

export async function deleteAttempt(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('taskAttempt').where('id', '=', id).execute();
}

/** The call under way, if there is one, is over, and nobody has said what came of it. */
export async function closeAttempt(trx: Transaction, { callingId }: Pick<TaskRow, 'callingId'>, now: number): Promise<void> {
  if (callingId !== null)
    await trx.updateTable('taskAttempt').set({ endedAt: now }).where('id', '=', callingId).where('endedAt', 'is', null).execute();
}

/** Whether an agent has written to the customer since. */
export async function hasAnswerSince(db: Db, conversationId: string, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('message')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('authorKind', '=', 'agent')
    .where('visibility', '=', 'public')
    .where('createdAt', '>=', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What was noted of these calls is forgotten. */
export async function eraseAttemptNotes(trx: Transaction, taskIds: readonly string[]): Promise<void> {
  if (taskIds.length > 0)
    await trx
      .updateTable('taskAttempt')
      .set({ note: null })
      .where('taskId', 'in', [...taskIds])
      .execute();
}
