import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { AgentRow, RoleRow } from '../storage/tables.ts';

export async function findRole(db: Db, id: string): Promise<RoleRow | undefined> {
  return db.selectFrom('role').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function getRole(db: Db, id: string): Promise<RoleRow> {
  const row = await findRole(db, id);
  if (!row) throw new AppError('not-found', 'There is no such role.');
  return row;
}

/** The ready-made ones first, then by name. */
export async function listRoleRows(db: Db): Promise<RoleRow[]> {
  return db.selectFrom('role').selectAll().orderBy('isReadyMade', 'desc').orderBy('createdAt').orderBy('id').execute();
}

/** Active agents per role. */
export async function countAgents(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('agent')
    .select((select) => ['role', select.fn.countAll<number>().as('count')])
    .where('deactivatedAt', 'is', null)
    .groupBy('role')
    .execute();
  return new Map(rows.map(({ role, count }) => [role, Number(count)]));
}

/** Whether anybody has the role, was deactivated with it or is invited to it. */
export async function isRoleNeeded(db: Db, id: string): Promise<boolean> {
  const agent = await db.selectFrom('agent').select('id').where('role', '=', id).limit(1).executeTakeFirst();
  const invited = await db.selectFrom('accountLink').select('id').where('role', '=', id).limit(1).executeTakeFirst();
  return agent !== undefined || invited !== undefined;
}

export async function listAgentIdsByRole(db: Db, role: string): Promise<string[]> {
  const rows = await db.selectFrom('agent').select('id').where('role', '=', role).execute();
  return rows.map(({ id }) => id);
}

export async function insertRole(trx: Transaction, row: RoleRow): Promise<void> {
  await trx.insertInto('role').values(row).execute();
}

export async function updateRole(trx: Transaction, { id, ...values }: RoleRow): Promise<void> {
  await trx.updateTable('role').set(values).where('id', '=', id).execute();
}

export async function deleteRole(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('role').where('id', '=', id).execute();
}

export async function lockInstallation(trx: Transaction): Promise<void> {
  const { id } = await trx.selectFrom('installation').select('id').executeTakeFirstOrThrow();
  await lockRows(trx, 'installation', [id], ['id']);
}

/** Who is active, and in which role. */
export async function listRoleHolders(
  db: Db,
  agentIds: readonly string[] | null,
): Promise<Pick<AgentRow, 'id' | 'role' | 'twoFactorSecret'>[]> {
  const query = db.selectFrom('agent').select(['id', 'role', 'twoFactorSecret']).where('deactivatedAt', 'is', null);
  return (agentIds === null ? query : query.where('id', 'in', agentIds)).execute();
}
