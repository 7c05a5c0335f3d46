/** Roles: named sets of permissions. Some are ready-made; the business makes others by clicking. */
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import { ADMINISTRATOR, type Role, type RoleCreateRequest, type RolePatch } from '../../shared/role.ts';
import type { App } from '../app.ts';
import type { RoleRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { lockAccess, permissionsOf, requireAdministrator, requireWithin } from './rights.ts';
import { countAgents, deleteRole, getRole, insertRole, isRoleNeeded, listAgentIdsByRole, listRoleRows, updateRole } from './role-store.ts';

export async function listRoles(app: App): Promise<Role[]> {
  const [rows, counts] = await Promise.all([listRoleRows(app.storage.db), countAgents(app.storage.db)]);
  return rows.map((row) => toRole(row, counts.get(row.id) ?? 0));
}

export async function createRole(app: App, caller: Caller, { name, permissions, requiresTwoFactor }: RoleCreateRequest): Promise<Role> {
  requireWithin(caller, permissions);
  const row: RoleRow = {
    id: nanoid(),
    name,
    permissions: JSON.stringify(permissions),
    isReadyMade: 0,
    requiresTwoFactor: requiresTwoFactor ? 1 : 0,
    createdAt: app.now(),
  };
  await app.storage.write((trx) => insertRole(trx, row));
  return toRole(row, 0);
}

/** Takes effect at once on everybody who has the role. Nobody changes their own, or one that holds more than they do. */
export async function changeRole(app: App, caller: Caller, id: string, patch: RolePatch): Promise<Role> {
  if (patch.permissions) requireWithin(caller, patch.permissions);
  const changed = await app.storage.write(async (trx) => {
    await lockAccess(trx);
    const row = await getRole(trx, id);
    requireWithin(caller, permissionsOf(row));
    const isAboutRights = patch.permissions !== undefined;
    if (isAboutRights && id === caller.role) throw new AppError('forbidden', 'Nobody changes their own role.', { field: 'role' });
    if (isAboutRights && id === ADMINISTRATOR) throw new AppError('conflict', 'Administrators hold everything.', { field: 'permissions' });
    if (patch.name !== undefined && row.isReadyMade === 1) {
      throw new AppError('conflict', 'A ready-made role keeps its name.', { field: 'name' });
    }
    const next: RoleRow = {
      ...row,
      name: patch.name ?? row.name,
      permissions: patch.permissions ? JSON.stringify(patch.permissions) : row.permissions,
      requiresTwoFactor: patch.requiresTwoFactor === undefined ? row.requiresTwoFactor : Number(patch.requiresTwoFactor),
    };
    await updateRole(trx, next);
    await requireAdministrator(trx);
    return next;
  });
  await app.followers.accessChanged(await listAgentIdsByRole(app.storage.db, id));
  return toRole(changed, (await countAgents(app.storage.db)).get(id) ?? 0);
}

export async function removeRole(app: App, caller: Caller, id: string): Promise<void> {
  await app.storage.write(async (trx) => {
    await lockAccess(trx);
    const row = await getRole(trx, id);
    requireWithin(caller, permissionsOf(row));
    if (row.isReadyMade === 1) throw new AppError('conflict', 'A ready-made role stays.', { field: 'role' });
    if (await isRoleNeeded(trx, id)) throw new AppError('conflict', 'Somebody has this role.', { field: 'role' });
    await deleteRole(trx, id);
  });
}

function toRole(row: RoleRow, agentCount: number): Role {
  return {
    id: row.id,
    name: row.name,
    permissions: permissionsOf(row),
    isReadyMade: row.isReadyMade === 1,
    requiresTwoFactor: row.requiresTwoFactor === 1,
    agentCount,
  };
}
