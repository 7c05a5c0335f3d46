/** What colleagues may see, for whoever tells them something: as `readAccess`, of many at once. */
import type { Db } from '../storage/database.ts';
import { permissionsOf } from './rights.ts';
import { listRoleHolders, listRoleRows } from './role-store.ts';
import type { Sight } from './sight.ts';
import { listMemberships } from './team-store.ts';

/** Of these agents, or of all; whoever is gone is not among them. */
export async function listSights(db: Db, agentIds: readonly string[] | null = null): Promise<Map<string, Sight>> {
  if (agentIds?.length === 0) return new Map();
  const [roles, holders, memberships] = await Promise.all([listRoleRows(db), listRoleHolders(db, agentIds), listMemberships(db)]);
  const roleOf = new Map(roles.map((role) => [role.id, role]));
  return new Map(
    holders.map(({ id, role: roleId, twoFactorSecret }) => {
      const role = roleOf.get(roleId);
      const isShut = role === undefined || (role.requiresTwoFactor === 1 && twoFactorSecret === null);
      const permissions = isShut ? [] : permissionsOf(role);
      const teamIds = memberships.filter(({ agentId }) => agentId === id).map(({ teamId }) => teamId);
      const isTeamWide = permissions.includes('conversations:view-team') && !permissions.includes('conversations:view-all');
      const mates = isTeamWide ? memberships.filter(({ teamId }) => teamIds.includes(teamId)).map(({ agentId }) => agentId) : [];
      return [id, { agentId: id, permissions, teamIds, mateIds: new Set(mates) }];
    }),
  );
}
