import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../shared/errors.ts';
import { isLoopback, networkOf } from './address.ts';

/**
 * How much one connection, visitor, account or address may ask for. Generous to people behind one office address,
 * mean to floods: a person writes a message a second at the very most.
 */
const budgets = {
  /** Socket events of one connection. */
  events: { points: 300, duration: 3 },
  /** Messages of one visitor over all tabs. */
  messages: { points: 240, duration: 6 },
  /** What one visitor tells of itself over all tabs: each time every agent hears of it. */
  identifications: { points: 30, duration: 60 },
  /** What a site tells that one visitor did. */
  trackedEvents: { points: 50, duration: 60 * 60 },
  /** Calls that one visitor asks for. */
  callbacks: { points: 20, duration: 60 * 60 },
  /** How often one visitor looks when it could be called. */
  callbackTimes: { points: 120, duration: 60 * 60 },
  /** How often one visitor looks at its tickets. */
  ticketLists: { points: 120, duration: 60 * 60 },
  /** Conversations that one visitor has sent by e-mail, and that one mailbox is sent: nobody's is flooded through us. */
  transcripts: { points: 3, duration: 60 * 60 },
  /** Of all visitors together: browsers cost nothing, and a mail server has a name to lose. */
  allTranscripts: { points: 200, duration: 60 * 60 },
  transcriptRecipients: { points: 5, duration: 60 * 60 },
  /** How often one visitor takes its data along, or wants it erased. */
  ownData: { points: 10, duration: 60 * 60 },
  /** Files of one visitor or agent. */
  uploads: { points: 40, duration: 60 },
  /** Files of one address, whoever sends them: a new visitor is made in a moment. */
  addressUploads: { points: 300, duration: 60 },
  /** Connections of one address, whatever becomes of them. */
  dials: { points: 1_200, duration: 60 },
  /** Handshakes of one address. */
  connections: { points: 600, duration: 60 },
  /** REST calls of one address. */
  requests: { points: 1_200, duration: 60 },
  /** Failed sign-ins and setup attempts of one address. */
  addressSignIns: { points: 50, duration: 15 * 60 },
  /** Failed sign-ins of one account from one address: a stranger who guesses locks out nobody else. */
  accountSignIns: { points: 10, duration: 15 * 60 },
  /** Failed sign-ins of one account from everywhere. */
  accountGuesses: { points: 200, duration: 15 * 60 },
  /** Wrong codes of a second factor, and one's own password asked for again, of one account. */
  codes: { points: 10, duration: 15 * 60 },
  /** Links that somebody asks for, or tries, from one address. */
  links: { points: 30, duration: 15 * 60 },
  /** Mails with a new password's link to one account. */
  resets: { points: 3, duration: 60 * 60 },
  /** Setup attempts from everywhere: the operator may have chosen a short code. */
  setups: { points: 50, duration: 15 * 60 },
} as const;

export type Budget = keyof typeof budgets;

/** Kept by address: loopback, which is everybody behind an untrusted proxy, does not count. */
const addressBudgets: ReadonlySet<Budget> = new Set(['dials', 'connections', 'requests', 'addressSignIns', 'links', 'addressUploads']);

/** Kept in memory: a restart forgives, and a limit never costs a database write. */
export class Limits {
  readonly isOn: boolean;
  readonly #limiters: Map<Budget, RateLimiterMemory>;

  constructor(isOn: boolean) {
    this.isOn = isOn;
    this.#limiters = new Map(isOn ? Object.entries(budgets).map(([name, budget]) => [name as Budget, new RateLimiterMemory(budget)]) : []);
  }

  /** Throws `too-many` with the time after which it is worth trying again. */
  async spend(budget: Budget, key: string): Promise<void> {
    const limiter = this.#limiters.get(budget);
    const isByAddress = addressBudgets.has(budget);
    if (!limiter || (isByAddress && isLoopback(key))) return;
    try {
      await limiter.consume(isByAddress ? networkOf(key) : key);
    } catch (refusal) {
      throw tooMany(refusal as RateLimiterRes);
    }
  }

  /** Gives back what a success has spent: for budgets that only failures use up. */
  async refund(budget: Budget, key: string): Promise<void> {
    const isByAddress = addressBudgets.has(budget);
    if (isByAddress && isLoopback(key)) return;
    await this.#limiters.get(budget)?.reward(isByAddress ? networkOf(key) : key);
  }

  /** After a success, earlier failures count no more. */
  async forgive(budget: Budget, key: string): Promise<void> {
    await this.#limiters.get(budget)?.delete(key);
  }
}

function tooMany(state: RateLimiterRes): AppError {
  return new AppError('too-many', 'Too many requests. Please wait a moment.', { retryAfterMs: Math.max(state.msBeforeNext, 100) });
}
