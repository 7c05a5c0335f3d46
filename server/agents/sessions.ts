/** Signing in and out, and who a request comes from. Tokens are opaque and stored hashed, so each can be revoked. */
import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';
import { nanoid } from 'nanoid';
import type { AgentSession, ApiToken, ApiTokenCreateRequest, Permission, SignInRequest } from '../../shared/agent.ts';
import { AppError } from '../../shared/errors.ts';
import { readAccess, requireWithin } from '../access/rights.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { AgentRow, ApiTokenRow } from '../storage/tables.ts';
import { networkOf } from '../transport/address.ts';
import { cookieNames } from '../transport/session-cookie.ts';
import { hashToken, newToken } from '../transport/token.ts';
import type { Caller } from '../transport/wire.ts';
import { findAgentByEmail, findAgentRow } from './agent-store.ts';
import { isPassword } from './passwords.ts';
import {
  deleteApiToken,
  deleteExpiredSessions,
  deleteSession,
  deleteTokensExpired,
  findApiToken,
  findSession,
  hasTokensExpired,
  insertApiToken,
  insertSession,
  listApiTokenRows,
  listSessionRows,
  listTokensExpired,
  updateApiTokenUsed,
  updateSessionSeen,
} from './session-store.ts';
import { requireCode } from './two-factor.ts';

/** A session ends this long after it was last used. */
export const SESSION_LIFETIME_MS = 30 * 24 * 60 * 60 * 1_000;
/** `lastSeenAt` is written at most this often, so that reading costs no write. */
export const SEEN_EVERY_MS = 10 * 60 * 1_000;
/** Looked at every few seconds; a server that was busy or asleep finds them all the same. */
const TOKEN_SEEN_EXPIRED_MS = 60 * 60 * 1_000;
const EXPIRED_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** Who opened the session from where, for the list of sessions and for the limits. */
export interface SignInOrigin {
  address: string;
  userAgent: string;
}

/** Returns the new session's token. The same refusal for a wrong password and an unknown account; failures are limited. */
export async function signIn(app: App, request: SignInRequest, origin: SignInOrigin): Promise<{ agentId: string; token: string }> {
  const { limits } = app;
  const { address } = origin;
  const accountHere = `${request.email} ${networkOf(address)}`;
  // Paid before the password is looked at: a hundred guesses at the same moment would all find the budget full.
  await limits.spend('accountSignIns', accountHere);
  await limits.spend('addressSignIns', address);
  await limits.spend('accountGuesses', request.email);
  const agent = await findAgentByEmail(app.storage.db, request.email);
  const isKnown = agent !== undefined && agent.deactivatedAt === null;
  if (!(await isPassword(isKnown ? agent.passwordHash : null, request.password)) || !isKnown) {
    throw new AppError('unauthenticated', 'E-mail or password is not right.');
  }
  await requireCode(app, agent, request.code).catch(async (error: unknown) => {
    // Whoever is asked for the code has not guessed the password: guesses of codes have a budget of their own.
    await limits.refund('accountSignIns', accountHere);
    await limits.refund('addressSignIns', address);
    await limits.refund('accountGuesses', request.email);
    throw error;
  });
  await limits.forgive('accountSignIns', accountHere);
  await limits.refund('addressSignIns', address);
  await limits.refund('accountGuesses', request.email);
  return { agentId: agent.id, token: await openSession(app, agent.id, origin) };
}

export async function openSession(app: App, agentId: string, origin: SignInOrigin): Promise<string> {
  const token = newToken();
  const now = app.now();
  await app.storage.write(async (trx) => {
    await deleteExpiredSessions(trx, now);
    await insertSession(trx, {
      id: nanoid(),
      tokenHash: hashToken(token),
      agentId,
      userAgent: origin.userAgent.slice(0, 300),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + SESSION_LIFETIME_MS,
    });
  });
  return token;
}

/** The agent behind a session cookie or an API token, or null. A deactivated agent is nobody. */
export async function findCaller(app: App, headers: IncomingHttpHeaders, bearer: string | undefined): Promise<Caller | null> {
  return bearer === undefined ? findCallerByCookie(app, headers) : findCallerByApiToken(app, bearer);
}

async function findCallerByCookie(app: App, headers: IncomingHttpHeaders): Promise<Caller | null> {
  const cookies = parseCookie(headers.cookie ?? '');
  // A plain cookie can be planted by a neighbouring host of the domain: where ours are prefixed, it counts for nothing.
  const isSecure = app.config.publicUrl?.startsWith('https:') ?? false;
  const token = cookies[cookieNames.secure] ?? (isSecure ? undefined : cookies[cookieNames.plain]);
  const session = token === undefined ? undefined : await findSession(app.storage.db, hashToken(token));
  const now = app.now();
  if (!session || session.expiresAt <= now) return null;
  if (session.lastSeenAt < now - SEEN_EVERY_MS) {
    noteUse(app, (trx) => updateSessionSeen(trx, session.id, now, now + SESSION_LIFETIME_MS));
  }
  return toCaller(app, session.agent, session.id);
}

async function findCallerByApiToken(app: App, bearer: string): Promise<Caller | null> {
  const token = await findApiToken(app.storage.db, hashToken(bearer));
  const now = app.now();
  if (!token || (token.expiresAt !== null && token.expiresAt <= now)) return null;
  if ((token.lastUsedAt ?? 0) < now - SEEN_EVERY_MS) noteUse(app, (trx) => updateApiTokenUsed(trx, token.id, now));
  const caller = await toCaller(app, token.agent, token.id);
  if (caller === null || token.scopes === null) return caller;
  const scopes: readonly Permission[] = JSON.parse(token.scopes);
  return { ...caller, permissions: caller.permissions.filter((permission) => scopes.includes(permission)), isScoped: true };
}

/** Nobody waits for it: while nothing can be stored, who is signed in can still read. */
function noteUse(app: App, note: (trx: Transaction) => Promise<void>): void {
  app.storage.write(note).catch((error: unknown) => app.log.warn({ err: error }, 'the use of a session could not be noted'));
}

/** Whoever asked for work that goes on without them, with the rights that they have by now; null for one who has left. */
export async function findCallerOf(app: App, agentId: string): Promise<Caller | null> {
  const agent = await findAgentRow(app.storage.db, agentId);
  return agent ? toCaller(app, agent, '') : null;
}

async function toCaller(app: App, agent: AgentRow, credentialId: string): Promise<Caller | null> {
  if (agent.deactivatedAt !== null) return null;
  return { agentId: agent.id, name: agent.name, credentialId, ...(await readAccess(app.storage.db, agent)) };
}

export async function listSessions(app: App, caller: Caller): Promise<AgentSession[]> {
  const now = app.now();
  const rows = await listSessionRows(app.storage.db, caller.agentId);
  return rows
    .filter((row) => row.expiresAt > now)
    .map(({ id, userAgent, createdAt, lastSeenAt }) => ({ id, userAgent, createdAt, lastSeenAt, isCurrent: id === caller.credentialId }));
}

/** Ends one of the caller's own sessions and every socket that it holds open. */
export async function revokeSession(app: App, caller: Caller, sessionId: string): Promise<void> {
  const isGone = await app.storage.write((trx) => deleteSession(trx, caller.agentId, sessionId));
  if (!isGone) throw new AppError('not-found', 'There is no such session.');
  app.broadcast.disconnectCredential(sessionId);
}

export async function listApiTokens(app: App, caller: Caller): Promise<ApiToken[]> {
  const rows = await listApiTokenRows(app.storage.db, caller.agentId);
  return rows.map(toApiToken);
}

/** The token itself is told once, here, and cannot be read again. It may do what its maker may, or the part of it that is its scopes. */
export async function createApiToken(
  app: App,
  caller: Caller,
  { name, scopes, expiresAt }: ApiTokenCreateRequest,
): Promise<ApiToken & { token: string }> {
  if (expiresAt !== null && expiresAt <= app.now()) {
    throw new AppError('invalid', 'expiresAt: this moment has passed', { field: 'expiresAt' });
  }
  if (scopes) requireWithin(caller, scopes);
  const token = newToken();
  // A token with scopes makes none that may do more than itself, now or later.
  const given = scopes ?? (caller.isScoped ? [...caller.permissions] : null);
  const row: ApiTokenRow = {
    id: nanoid(),
    tokenHash: hashToken(token),
    agentId: caller.agentId,
    name,
    createdAt: app.now(),
    lastUsedAt: null,
    scopes: given && JSON.stringify(given),
    expiresAt,
  };
  await app.storage.write((trx) => insertApiToken(trx, row));
  return { ...toApiToken(row), token };
}

function toApiToken({ id, name, createdAt, lastUsedAt, scopes, expiresAt }: ApiTokenRow): ApiToken {
  return { id, name, createdAt, lastUsedAt, scopes: scopes === null ? null : JSON.parse(scopes), expiresAt };
}

/** What an expired token has kept open ends; it stays in its owner's list for a month. */
export async function endExpiredTokens(app: App): Promise<void> {
  const now = app.now();
  for (const id of await listTokensExpired(app.storage.db, { from: now - TOKEN_SEEN_EXPIRED_MS, until: now }))
    app.broadcast.disconnectCredential(id);
  if (await hasTokensExpired(app.storage.db, now - EXPIRED_KEPT_MS))
    await app.storage.write((trx) => deleteTokensExpired(trx, now - EXPIRED_KEPT_MS));
}

export async function revokeApiToken(app: App, caller: Caller, tokenId: string): Promise<void> {
  const isGone = await app.storage.write((trx) => deleteApiToken(trx, caller.agentId, tokenId));
  if (!isGone) throw new AppError('not-found', 'There is no such API token.');
  app.broadcast.disconnectCredential(tokenId);
}
