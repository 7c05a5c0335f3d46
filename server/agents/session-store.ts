import type { Db, Transaction } from '../storage/database.ts';
import { readRows } from '../storage/rows.ts';
import type { AgentRow, AgentSessionRow, ApiTokenRow } from '../storage/tables.ts';

export async function findSession(db: Db, tokenHash: string): Promise<(AgentSessionRow & { agent: AgentRow }) | undefined> {
  const session = await db.selectFrom('agentSession').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
  const agent = session && (await db.selectFrom('agent').selectAll().where('id', '=', session.agentId).executeTakeFirst());
  return session && agent && { ...session, agent };
}

export async function listSessionRows(db: Db, agentId: string): Promise<AgentSessionRow[]> {
  return db.selectFrom('agentSession').selectAll().where('agentId', '=', agentId).orderBy('lastSeenAt', 'desc').execute();
}

export async function listSessionsByIds(
  db: Db,
  ids: readonly string[],
): Promise<Pick<AgentSessionRow, 'id' | 'lastSeenAt' | 'expiresAt'>[]> {
  return readRows(db, 'agentSession', ids, ['id', 'lastSeenAt', 'expiresAt']);
}

export async function insertSession(trx: Transaction, row: AgentSessionRow): Promise<void> {
  await trx.insertInto('agentSession').values(row).execute();
}

export async function updateSessionSeen(trx: Transaction, id: string, lastSeenAt: number, expiresAt: number): Promise<void> {
  await trx.updateTable('agentSession').set({ lastSeenAt, expiresAt }).where('id', '=', id).execute();
}

export async function deleteSession(trx: Transaction, agentId: string, id: string): Promise<boolean> {
  const gone = await trx.deleteFrom('agentSession').where('id', '=', id).where('agentId', '=', agentId).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Every session of the agent but one; returns which. */
export async function deleteOtherSessions(trx: Transaction, agentId: string, keptId: string | null): Promise<string[]> {
  const query = trx.deleteFrom('agentSession').where('agentId', '=', agentId).returning('id');
  const rows = await (keptId === null ? query : query.where('id', '<>', keptId)).execute();
  return rows.map(({ id }) => id);
}

/** Every API token of the agent; returns which. */
export async function deleteApiTokens(trx: Transaction, agentId: string): Promise<string[]> {
  const rows = await trx.deleteFrom('apiToken').where('agentId', '=', agentId).returning('id').execute();
  return rows.map(({ id }) => id);
}

export async function deleteExpiredSessions(trx: Transaction, now: number): Promise<void> {
  await trx.deleteFrom('agentSession').where('expiresAt', '<=', now).execute();
}

export async function findApiToken(db: Db, tokenHash: string): Promise<(ApiTokenRow & { agent: AgentRow }) | undefined> {
  const token = await db.selectFrom('apiToken').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
  const agent = token && (await db.selectFrom('agent').selectAll().where('id', '=', token.agentId).executeTakeFirst());
  return token && agent && { ...token, agent };
}

export async function listApiTokenRows(db: Db, agentId: string): Promise<ApiTokenRow[]> {
  return db.selectFrom('apiToken').selectAll().where('agentId', '=', agentId).orderBy('createdAt', 'desc').execute();
}

export async function insertApiToken(trx: Transaction, row: ApiTokenRow): Promise<void> {
  await trx.insertInto('apiToken').values(row).execute();
}

export async function updateApiTokenUsed(trx: Transaction, id: string, lastUsedAt: number): Promise<void> {
  await trx.updateTable('apiToken').set({ lastUsedAt }).where('id', '=', id).execute();
}

export async function deleteApiToken(trx: Transaction, agentId: string, id: string): Promise<boolean> {
  const gone = await trx.deleteFrom('apiToken').where('id', '=', id).where('agentId', '=', agentId).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

export async function listTokensExpired(db: Db, { from, until }: { from: number; until: number }): Promise<string[]> {
  const rows = await db.selectFrom('apiToken').select('id').where('expiresAt', '>', from).where('expiresAt', '<=', until).execute();
  return rows.map(({ id }) => id);
}

export async function hasTokensExpired(db: Db, before: number): Promise<boolean> {
  return (await db.selectFrom('apiToken').select('id').where('expiresAt', '<', before).limit(1).executeTakeFirst()) !== undefined;
}

export async function deleteTokensExpired(trx: Transaction, before: number): Promise<void> {
  await trx.deleteFrom('apiToken').where('expiresAt', '<', before).execute();
}
