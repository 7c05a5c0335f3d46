/** What an agent may do, and the rules that keep rights from growing by themselves or from being lost for good. */
import { type Permission, permissions, withImplied } from '../../shared/agent.ts';
import { AppError } from '../../shared/errors.ts';
import { ADMINISTRATOR } from '../../shared/role.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { AgentRow, RoleRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { countAgents, findRole, getRole, listRoleRows, lockInstallation } from './role-store.ts';
import { listMateIds, listTeamIds } from './team-store.ts';

/** What the role of an agent lets it do and see; a second factor that it asks for and that is missing lets it do nothing. */
export async function readAccess(
  db: Db,
  agent: Pick<AgentRow, 'id' | 'role' | 'twoFactorSecret'>,
): Promise<Pick<Caller, 'role' | 'permissions' | 'teamIds' | 'mateIds' | 'mustEnrol'>> {
  const [role, teamIds] = await Promise.all([findRole(db, agent.role), listTeamIds(db, agent.id)]);
  const mustEnrol = role?.requiresTwoFactor === 1 && agent.twoFactorSecret === null;
  const held = role && !mustEnrol ? permissionsOf(role) : [];
  const isTeamWide = held.includes('conversations:view-team') && !held.includes('conversations:view-all');
  return { role: agent.role, permissions: held, teamIds, mateIds: new Set(isTeamWide ? await listMateIds(db, teamIds) : []), mustEnrol };
}

export async function getRolePermissions(db: Db, roleId: string): Promise<readonly Permission[]> {
  return permissionsOf(await getRole(db, roleId));
}

/** Everything that changes who may do what waits for its turn here, so that two who take each other's rights do not both succeed. */
export async function lockAccess(trx: Transaction): Promise<void> {
  await lockInstallation(trx);
}

/** The administrator's role holds everything, whatever is written in its row. */
export function permissionsOf(role: RoleRow): readonly Permission[] {
  return role.id === ADMINISTRATOR ? permissions : withImplied(JSON.parse(role.permissions));
}

export function requireRight(caller: Pick<Caller, 'permissions'>, permission: Permission): void {
  if (!caller.permissions.includes(permission)) throw new AppError('forbidden', 'Your role does not allow this.');
}

/** Nobody gives, takes or manages what is above their own rights. */
export function requireWithin(caller: Caller, concerned: readonly Permission[]): void {
  if (concerned.every((permission) => caller.permissions.includes(permission))) return;
  throw new AppError('forbidden', 'This concerns rights that you do not hold yourself.', { field: 'permissions' });
}

/** After a change, in its transaction: somebody active must be left who holds everything. */
export async function requireAdministrator(trx: Transaction): Promise<void> {
  const [roles, counts] = await Promise.all([listRoleRows(trx), countAgents(trx)]);
  const isLeft = roles.some((role) => (counts.get(role.id) ?? 0) > 0 && permissionsOf(role).length === permissions.length);
  if (!isLeft) throw new AppError('conflict', 'There must be at least one active administrator.', { field: 'administrator' });
}
