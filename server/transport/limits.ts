import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../shared/errors.ts';

/**
 * How much one connection, visitor, account or address may ask for. Generous to people behind one office address,
 * mean to floods: a person writes a message a second at the very most.
 */
const budgets = {
  /** Socket events of one connection. */
  events: { points: 300, duration: 3 },
  /** Messages of one visitor over all tabs. */
  messages: { points: 240, duration: 6 },
  /** Handshakes of one address. */
  connections: { points: 600, duration: 60 },
  /** REST calls of one address. */
  requests: { points: 1_200, duration: 60 },
  /** Failed sign-ins of one account. */
  accountSignIns: { points: 10, duration: 15 * 60 },
  /** Failed sign-ins and setup attempts of one address. */
  addressSignIns: { points: 50, duration: 15 * 60 },
} as const;

export type Budget = keyof typeof budgets;

/** Kept in memory: a restart forgives, and a limit never costs a database write. */
export class Limits {
  readonly #limiters: Map<Budget, RateLimiterMemory>;

  constructor(isOn: boolean) {
    this.#limiters = new Map(
      isOn ? Object.entries(budgets).map(([name, budget]) => [name as Budget, new RateLimiterMemory(budget)]) : [],
    );
  }

  /** Throws `too-many` with the time after which it is worth trying again. */
  async spend(budget: Budget, key: string): Promise<void> {
    const limiter = this.#limiters.get(budget);
    if (!limiter || (isAddressBudget(budget) && isLoopback(key))) return;
    try {
      await limiter.consume(key);
    } catch (refusal) {
      throw tooMany(refusal as RateLimiterRes);
    }
  }

  /** Throws like `spend` when the budget is used up, but takes nothing: for budgets that only failures spend. */
  async requireLeft(budget: Budget, key: string): Promise<void> {
    const limiter = this.#limiters.get(budget);
    if (!limiter || (isAddressBudget(budget) && isLoopback(key))) return;
    const state = await limiter.get(key);
    if (state && state.consumedPoints >= limiter.points) throw tooMany(state);
  }

  /** After a success, earlier failures count no more. */
  async forgive(budget: Budget, key: string): Promise<void> {
    await this.#limiters.get(budget)?.delete(key);
  }
}

function tooMany(state: RateLimiterRes): AppError {
  return new AppError('too-many', 'Too many requests. Please wait a moment.', { retryAfterMs: Math.max(state.msBeforeNext, 100) });
}

function isAddressBudget(budget: Budget): boolean {
  return budget === 'connections' || budget === 'requests' || budget === 'addressSignIns';
}

/** Behind a proxy that is not trusted (`TRUST_PROXY`) everybody has this address, so it says nothing about anyone. */
function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
