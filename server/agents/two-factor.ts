/** The second factor: a code of an authenticator app, or one of ten recovery codes, besides the password. */
import { customAlphabet } from 'nanoid';
import type { TwoFactorStart } from '../../shared/account-link.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { AgentRow } from '../storage/tables.ts';
import { hashToken } from '../transport/token.ts';
import type { Caller } from '../transport/wire.ts';
import { getAgentRow, lockAgent, updateAgent } from './agent-store.ts';
import { getBusinessName } from './business-name.ts';
import { findStep, newSecret, toUri } from './one-time-codes.ts';
import { requirePassword } from './passwords.ts';
import { openTwoFactor, sealTwoFactor } from './two-factor-seals.ts';

const RECOVERY_CODES = 10;
/** 50 bits each, of letters and digits that nobody misreads: enough for plain hashes of random input with few guesses. */
const newRecoveryCode = customAlphabet('23456789abcdefghjkmnpqrstuvwxyz', 10);

/** Refused as `unauthenticated` with `field: 'code'` where a code is missing or wrong. A right one is used up. */
export async function requireCode(app: App, agent: AgentRow, code: string | undefined): Promise<void> {
  if (agent.twoFactorSecret === null) return;
  if (code === undefined || code.trim() === '') throw codeRefusal('A code of the authenticator app is needed.');
  await app.limits.spend('codes', agent.id);
  const isTaken = await app.storage.write(async (trx) => takeCode(trx, { app, agent: await lockAgent(trx, agent.id), code }));
  if (!isTaken) throw codeRefusal('The code is not right, or was used before.');
  await app.limits.forgive('codes', agent.id);
}

/** A new secret that counts for nothing until a code has shown that the app holds it. */
export async function startTwoFactor(app: App, { agentId }: Caller): Promise<TwoFactorStart> {
  const secret = newSecret();
  const row = await app.storage.write(async (trx) => {
    const agent = await lockAgent(trx, agentId);
    if (agent.twoFactorSecret !== null) throw new AppError('conflict', 'There is a second factor already.');
    await updateAgent(trx, agentId, { twoFactorPending: sealTwoFactor(app, agentId, secret) });
    return agent;
  });
  return { secret, uri: toUri(secret, row.email, await getBusinessName(app)) };
}

/** Gives the recovery codes, which cannot be read again. */
export async function confirmTwoFactor(app: App, { agentId }: Caller, code: string): Promise<{ recoveryCodes: string[] }> {
  await app.limits.spend('codes', agentId);
  const recoveryCodes = newRecoveryCodes();
  const isRight = await app.storage.write(async (trx) => {
    const { twoFactorPending } = await lockAgent(trx, agentId);
    if (twoFactorPending === null) throw new AppError('conflict', 'Nothing waits to be confirmed.');
    const step = findStep(openTwoFactor(app, agentId, twoFactorPending), code, app.now(), null);
    if (step === null) return false;
    await updateAgent(trx, agentId, {
      twoFactorSecret: twoFactorPending,
      twoFactorPending: null,
      twoFactorStep: step,
      recoveryHashes: toHashes(recoveryCodes),
    });
    return true;
  });
  if (!isRight) throw new AppError('invalid', 'code: is not right', { field: 'code' });
  await app.limits.forgive('codes', agentId);
  await app.followers.accessChanged([agentId]);
  return { recoveryCodes };
}

export async function renewRecoveryCodes(app: App, { agentId }: Caller, password: string): Promise<{ recoveryCodes: string[] }> {
  await requirePassword(app, await getAgentRow(app.storage.db, agentId), password);
  const recoveryCodes = newRecoveryCodes();
  await app.storage.write(async (trx) => {
    const { twoFactorSecret } = await lockAgent(trx, agentId);
    if (twoFactorSecret === null) throw new AppError('conflict', 'There is no second factor.');
    await updateAgent(trx, agentId, { recoveryHashes: toHashes(recoveryCodes) });
  });
  return { recoveryCodes };
}

export async function endTwoFactor(app: App, { agentId }: Caller, password: string): Promise<void> {
  await requirePassword(app, await getAgentRow(app.storage.db, agentId), password);
  await app.storage.write((trx) => forgetTwoFactor(trx, agentId));
  await app.followers.accessChanged([agentId]);
}

export async function forgetTwoFactor(trx: Transaction, agentId: string): Promise<void> {
  await updateAgent(trx, agentId, { twoFactorSecret: null, twoFactorPending: null, twoFactorStep: null, recoveryHashes: null });
}

/** Whether the code was good, and this call the one that used it up. */
async function takeCode(trx: Transaction, { app, agent, code }: { app: App; agent: AgentRow; code: string }): Promise<boolean> {
  const plain = code.replace(/[\s-]/g, '').toLowerCase();
  const secret = agent.twoFactorSecret === null ? null : openTwoFactor(app, agent.id, agent.twoFactorSecret);
  const step = secret === null ? null : findStep(secret, plain, app.now(), agent.twoFactorStep);
  if (step !== null) {
    await updateAgent(trx, agent.id, { twoFactorStep: step });
    return true;
  }
  const hashes: string[] = JSON.parse(agent.recoveryHashes ?? '[]');
  const left = hashes.filter((hash) => hash !== hashToken(plain));
  if (left.length === hashes.length) return false;
  await updateAgent(trx, agent.id, { recoveryHashes: JSON.stringify(left) });
  return true;
}

function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode().replace(/^.{5}/, '$&-'));
}

function toHashes(codes: readonly string[]): string {
  return JSON.stringify(codes.map((code) => hashToken(code.replace('-', ''))));
}

function codeRefusal(sentence: string): AppError {
  return new AppError('unauthenticated', sentence, { field: 'code' });
}
