import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import { indexContacts } from '../contacts/contact-entries.ts';
import { Rounds } from '../transport/rounds.ts';
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
  readonly #others: readonly ((app: App) => Promise<boolean>)[];
  #restedFrom = performance.eventLoopUtilization();

  /** `others`: indexes of rooms further up. Each does one small piece of work, and says whether there was any. */
  constructor(app: App, others: readonly ((app: App) => Promise<boolean>)[] = []) {
    this.#app = app;
    this.#others = others;
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
    const hasWorked =
      (await this.#workOfOthers()) || (await indexContacts(this.#app)) || (await this.#messages.step(isBusy ? BUSY_BATCH : undefined));
    return !hasWorked ? IDLE_MS : isBusy ? BUSY_REST_MS : REST_FOR_WORK * (performance.now() - startedAt);
  }

  async #workOfOthers(): Promise<boolean> {
    for (const work of this.#others) if (await work(this.#app)) return true;
    return false;
  }

  /** Who searches can wait for the newest words; who writes waits for nothing. */
  #isBusy(): boolean {
    return performance.eventLoopUtilization(this.#restedFrom).utilization > BUSY;
  }
}
