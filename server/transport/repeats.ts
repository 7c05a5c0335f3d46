/**
 * Calls that carry an `Idempotency-Key`: what was replied is kept for a day, and a call that comes again gets it again. A call whose
 * server died before it could keep the reply runs once more: what carries an id of the client's finds the first copy then.
 */
import { createHash } from 'node:crypto';
import { nanoid } from 'nanoid';
import { AppError, type ErrorCode, type ErrorReply } from '../../shared/errors.ts';
import type { Storage, Transaction } from '../storage/database.ts';
import type { RepeatableCallRow } from '../storage/tables.ts';
import { HeldCall } from './held-call.ts';
import { deleteCallsBefore, FORGOTTEN, findCall, forgetReplies, insertCall, takeCallOver } from './repeat-store.ts';

const KEPT_MS = 24 * 60 * 60 * 1_000;
/** After this a call of which its server has not said that it is under way is taken for one that was left behind. */
const ABANDONED_MS = 60_000;
const RENEW_MS = 15_000;
const AGAIN_MS = 1_000;
const FIELD = 'Idempotency-Key';

/** Refusals that would be the same again. */
const lasting: readonly ErrorCode[] = ['invalid', 'forbidden', 'not-found', 'conflict', 'stale', 'too-large'];

export interface RepeatableCall {
  agentId: string;
  /** Keys of one token or session are none of another's. */
  credentialId: string;
  key: string;
  /** The route with its path, and all that was sent. */
  asked: unknown;
}

export class Repeats {
  readonly #storage: Pick<Storage, 'db' | 'write'>;
  readonly #now: () => number;
  readonly #renewMs: number;

  constructor(storage: Pick<Storage, 'db' | 'write'>, now: () => number, renewMs = RENEW_MS) {
    this.#storage = storage;
    this.#now = now;
    this.#renewMs = renewMs;
  }

  /** What `run` gives, or what it gave the first time: then `isReplayed`. */
  async once<Result>(
    { agentId, credentialId, key, asked }: RepeatableCall,
    run: () => Promise<Result>,
  ): Promise<{ result: Result; isReplayed: boolean }> {
    if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw new AppError('invalid', `${FIELD}: must be 1 to 200 visible ASCII characters`, { field: FIELD });
    }
    const fingerprint = createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
    // What one token is told another one of the same agent may not see.
    const own = { agentId, key: `${credentialId} ${key}`, fingerprint };
    const call = { ...own, claimId: nanoid(), startedAt: this.#now(), status: null, reply: null };
    const kept = await this.#claim(call);
    if (kept) return { result: replay<Result>(kept), isReplayed: true };
    const held = new HeldCall(this.#storage, call, { now: this.#now, everyMs: this.#renewMs });
    try {
      const result = await run();
      await held.end({ status: 200, reply: result === undefined ? null : JSON.stringify(result) });
      return { result, isReplayed: false };
    } catch (error) {
      if (error instanceof AppError && lasting.includes(error.code))
        await held.end({ status: 400, reply: JSON.stringify(error.toReply()) });
      else await held.letGo();
      throw error;
    }
  }

  /** For an erasure: what was replied may tell of the person. */
  async forgetReplies(trx: Transaction): Promise<void> {
    await forgetReplies(trx);
  }

  async forgetOld(): Promise<void> {
    await this.#storage.write((trx) => deleteCallsBefore(trx, this.#now() - KEPT_MS));
  }

  /** Undefined where the call is this one's to run. */
  async #claim(call: RepeatableCallRow): Promise<RepeatableCallRow | undefined> {
    if (await this.#storage.write((trx) => insertCall(trx, call))) return undefined;
    const first = await findCall(this.#storage.db, call.agentId, call.key);
    // Given up in this very moment.
    if (!first) return this.#claim(call);
    if (first.fingerprint !== call.fingerprint) {
      throw new AppError('conflict', `${FIELD}: was used for another call`, { field: FIELD });
    }
    if (first.status !== null) return first;
    const isAbandoned = first.startedAt < call.startedAt - ABANDONED_MS;
    if (isAbandoned && (await this.#storage.write((trx) => takeCallOver(trx, first, call)))) return undefined;
    throw new AppError('conflict', 'The first call with this key is still under way.', { field: FIELD, retryAfterMs: AGAIN_MS });
  }
}

function replay<Result>({ status, reply }: RepeatableCallRow): Result {
  if (status === FORGOTTEN) {
    const sentence = 'What this call replied was forgotten when a person was erased; it is not carried out again.';
    throw new AppError('conflict', sentence, { field: FIELD });
  }
  const said: unknown = reply === null ? undefined : JSON.parse(reply);
  if (status === 200) return said as Result;
  const { code, message, ...detail } = said as ErrorReply;
  throw new AppError(code, message, detail);
}
