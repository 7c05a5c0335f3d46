import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import { contactIndex } from '../contacts/contact-entries.ts';
import { Rounds } from '../transport/rounds.ts';
import { indexChanged, type WordIndex } from '../words/kept-words.ts';
import { MessageIndex } from './message-entries.ts';

const IDLE_MS = 500;
/** Of the time at most a third is spent on indexing, however much there is to do: the rest is for people who write. */
const REST_FOR_WORK = 2;
/** While this much of the time goes into other work, a small piece of indexing in so long a time is enough. */
const BUSY = 0.6;
const BUSY_REST_MS = 500;
const BUSY_BATCH = 20;

/** Keeps the indexes up to date while the server runs. */
export class Indexing {
  readonly #app: App;
  readonly #rounds: Rounds;
  readonly #messages: MessageIndex;
  readonly #others: readonly WordIndex[];
  #restedFrom = performance.eventLoopUtilization();

  /** `others`: indexes of rooms further up. */
  constructor(app: App, others: readonly WordIndex[] = []) {
    this.#app = app;
    this.#others = [...others, contactIndex];
    this.#messages = new MessageIndex(app);
    const failure = 'the search index could not be brought up to date';
    this.#rounds = new Rounds({ log: app.log, failure, run: () => this.#work() });
  }

  stop(): void {
    this.#rounds.stop();
  }

  async #work(): Promise<number> {
    const startedAt = performance.now();
    const isBusy = this.#isBusy();
    this.#restedFrom = performance.eventLoopUtilization();
    const hasWorked = (await this.#workOfOthers()) || (await this.#messages.step(isBusy ? BUSY_BATCH : undefined));
    return !hasWorked ? IDLE_MS : isBusy ? BUSY_REST_MS : REST_FOR_WORK * (performance.now() - startedAt);
  }

  async #workOfOthers(): Promise<boolean> {
    for (const index of this.#others) if (await indexChanged(this.#app, index)) return true;
    return false;
  }

  /** Who searches can wait for the newest words; who writes waits for nothing. */
  #isBusy(): boolean {
    return performance.eventLoopUtilization(this.#restedFrom).utilization > BUSY;
  }
}
