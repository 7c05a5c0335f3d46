import type { Logger } from 'pino';

const AFTER_FAILURE_MS = 5_000;

interface Round {
  log: Logger;
  /** What is said where a round has failed; it comes again. */
  failure: string;
  /** Gives for how many milliseconds to rest before the next one. */
  run: () => Promise<number>;
}

/** Work in the background that is never done for good: round after round until it is stopped. */
export class Rounds {
  readonly #round: Round;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(round: Round) {
    this.#round = round;
    this.#plan(0);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #plan(inMs: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#work(), inMs);
    this.#timer.unref();
  }

  async #work(): Promise<void> {
    const { log, failure, run } = this.#round;
    try {
      this.#plan(await run());
    } catch (error) {
      if (!this.#isStopped) log.warn({ err: error }, failure);
      this.#plan(AFTER_FAILURE_MS);
    }
  }
}
