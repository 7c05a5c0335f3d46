import type { Db } from '../storage/database.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

interface FiledTaskPage {
  contactId: string;
  before: Cursor | null;
  limit: number;
}

export interface FiledAttempt {
  id: string;
  at: number;
  taskId: string;
  agentId: string;
  agentName: string;
  endedAt: number | null;
  outcome: string | null;
  note: string | null;
}

/** Calls that were tried, the latest first. */
export async function listFiledAttempts(db: Db, { contactId, before, limit }: FiledTaskPage): Promise<FiledAttempt[]> {
  let query = db
    .selectFrom('task')
    .innerJoin('taskAttempt', 'taskAttempt.taskId', 'task.id')
    .innerJoin('agent', 'agent.id', 'taskAttempt.agentId')
    .select(['taskAttempt.id', 'taskAttempt.startedAt as at', 'taskAttempt.taskId', 'taskAttempt.agentId', 'agent.name as agentName'])
    .select(['taskAttempt.endedAt', 'taskAttempt.outcome', 'taskAttempt.note'])
    .where('task.contactId', '=', contactId)
    .orderBy('taskAttempt.startedAt', 'desc')
    .orderBy('taskAttempt.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('taskAttempt.startedAt', 'taskAttempt.id', before));
  return query.execute();
}
