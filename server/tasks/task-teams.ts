/** Whose team's a task is: a call's follows its conversation, and of a team that is removed it is nobody's. */
import type { App, Standing } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { listIdsOfTeam, listOpenCallsOf, lockTasks, updateTask } from './task-store.ts';
import { announceTask } from './task-views.ts';

export async function freeTasksOfTeam(app: App, trx: Transaction, teamId: string): Promise<() => void> {
  const rows = await lockTasks(trx, await listIdsOfTeam(trx, teamId));
  for (const { id } of rows) await updateTask(trx, id, { ownerTeamId: null });
  const open = rows.filter(({ status }) => status === 'open');
  return () => {
    for (const { id } of open) {
      announceTask(app, id).catch((error: unknown) => app.log.warn({ err: error }, 'a task that is no team’s now could not be told'));
    }
  };
}

/** After the commit: the conversation has gone to another team. */
export async function followTeam(app: App, before: Standing, after: Standing & { id: string }): Promise<void> {
  if (before.teamId === after.teamId) return;
  const calls = (await listOpenCallsOf(app.storage.db, after.id)).filter(({ ownerTeamId }) => ownerTeamId !== after.teamId);
  if (calls.length === 0) return;
  await app.storage.write(async (trx) => {
    for (const { id } of calls) await updateTask(trx, id, { ownerTeamId: after.teamId });
  });
  for (const { id } of calls) await announceTask(app, id);
}
