/** What an agent says of itself, and its own password. */
import { firstNotifications } from '../../shared/first-notifications.ts';
import type { Notifications, Profile, ProfilePatch } from '../../shared/profile.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { AgentRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { getAgentRow, lockAgent, updateAgent } from './agent-store.ts';
import { hashPassword, requirePassword } from './passwords.ts';
import { deleteOtherSessions } from './session-store.ts';

export function toProfile(row: AgentRow): Profile {
  const notifications: Partial<Notifications> = JSON.parse(row.notifications);
  return {
    languages: JSON.parse(row.languages),
    signature: row.signature,
    notifications: withFirst(notifications),
    isAdviceHidden: row.isAdviceHidden === 1,
  };
}

/** What an agent has never said, or not since there is such a thing, is as for everybody at first. */
function withFirst(said: Partial<Notifications>): Notifications {
  const first = firstNotifications;
  return {
    mine: { ...first.mine, ...said.mine },
    waiting: { ...first.waiting, ...said.waiting },
    assigned: { ...first.assigned, ...said.assigned },
    mentioned: { ...first.mentioned, ...said.mentioned },
    called: { ...first.called, ...said.called },
    late: { ...first.late, ...said.late },
    isQuietWhileAway: said.isQuietWhileAway ?? first.isQuietWhileAway,
  };
}

export async function changeProfile(app: App, { agentId }: Caller, patch: ProfilePatch): Promise<void> {
  await app.storage.write(async (trx) => {
    const { notifications } = await lockAgent(trx, agentId);
    await updateAgent(trx, agentId, {
      ...(patch.name !== undefined && { name: patch.name }),
      ...(patch.languages !== undefined && { languages: JSON.stringify([...new Set(patch.languages)]) }),
      ...(patch.signature !== undefined && { signature: patch.signature }),
      ...(patch.isAdviceHidden !== undefined && { isAdviceHidden: patch.isAdviceHidden ? 1 : 0 }),
      ...(patch.notifications !== undefined && { notifications: JSON.stringify({ ...JSON.parse(notifications), ...patch.notifications }) }),
    });
  });
  if (patch.languages !== undefined) app.followers.routingChanged();
}

/** Where the agent's picture is; null: there is none. */
export async function setAvatar(trx: Transaction, agentId: string, avatarUrl: string | null): Promise<void> {
  await updateAgent(trx, agentId, { avatarUrl });
}

/** Ends every other session of the agent: whoever else knew the old password is out. */
export async function changePassword(app: App, caller: Caller, current: string, password: string): Promise<void> {
  await requirePassword(app, await getAgentRow(app.storage.db, caller.agentId), current, 'current');
  const passwordHash = await hashPassword(password);
  const ended = await app.storage.write((trx) => replacePassword(trx, caller.agentId, passwordHash, caller.credentialId));
  for (const id of ended) app.broadcast.disconnectCredential(id);
}

/** Returns the sessions that ended with the old password: all but the kept one. */
export async function replacePassword(
  trx: Transaction,
  agentId: string,
  passwordHash: string,
  keptSessionId: string | null,
): Promise<string[]> {
  await updateAgent(trx, agentId, { passwordHash });
  return deleteOtherSessions(trx, agentId, keptSessionId);
}
