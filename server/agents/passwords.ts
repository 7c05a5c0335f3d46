import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { AgentRow } from '../storage/tables.ts';

/** Argon2id with OWASP's parameters: 19 MiB, two passes. Runs in the thread pool. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each costs some 30 ms of a processor: a longer queue would keep everybody from signing in, and files from being read. */
const WAITING_MAX = 40;
let waiting = 0;

export function hashPassword(password: string): Promise<string> {
  return inQueue(() => hash(password.normalize('NFKC'), parameters));
}

/** Without a stored hash the same work is done in vain, so that the time taken does not tell whether an account exists. */
export async function isPassword(storedHash: string | null, password: string): Promise<boolean> {
  const compared = storedHash ?? (await decoy());
  const isRight = await inQueue(() => verify(compared, password.normalize('NFKC')));
  return storedHash !== null && isRight;
}

/** One's own password, asked for again before what it protects is changed. Guesses are limited. */
export async function requirePassword(
  app: App,
  agent: Pick<AgentRow, 'id' | 'passwordHash'>,
  password: string,
  field = 'password',
): Promise<void> {
  await app.limits.spend('codes', agent.id);
  if (!(await isPassword(agent.passwordHash, password))) throw new AppError('invalid', `${field}: is not right`, { field });
  await app.limits.forgive('codes', agent.id);
}

let decoyHash: Promise<string> | null = null;

function decoy(): Promise<string> {
  decoyHash ??= hash('nobody has this password', parameters);
  return decoyHash;
}

async function inQueue<Result>(work: () => Promise<Result>): Promise<Result> {
  if (waiting >= WAITING_MAX) throw new AppError('unavailable', 'Too many people are signing in just now.', { retryAfterMs: 1_000 });
  waiting += 1;
  try {
    return await work();
  } finally {
    waiting -= 1;
  }
}
