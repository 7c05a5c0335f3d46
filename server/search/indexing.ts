import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import { indexContacts } from '../contacts/contact-entries.ts';
import { MessageIndex } from './message-entries.ts';

const IDLE_MS = 500;
const AFTER_FAILURE_MS = 5_000;
/** Of the time at most a third is spent on indexing, however much there is to do: the rest is for people who write. */
const REST_FOR_WORK = 2;
/** While this much of the time goes into other work, a small piece of indexing in so long a time is enough. */
const BUSY = 0.6;
const BUSY_REST_MS = 500;
const BUSY_BATCH = 20;

/** Keeps both indexes up to date while the server runs. */
export class Indexing {
  readonly #app: App;
  readonly #messages: MessageIndex;
  #timer: NodeJS.Timeout | undefined;
  #restedFrom = performance.eventLoopUtilization();
  #isStopped = false;

  constructor(app: App) {
    this.#app = app;
    this.#messages = new MessageIndex(app);
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
    const startedAt = performance.now();
    const isBusy = this.#isBusy();
    this.#restedFrom = performance.eventLoopUtilization();
    try {
      const hasWorked = (await indexContacts(this.#app)) || (await this.#messages.step(isBusy ? BUSY_BATCH : undefined));
      this.#plan(!hasWorked ? IDLE_MS : isBusy ? BUSY_REST_MS : REST_FOR_WORK * (performance.now() - startedAt));
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'the search index could not be brought up to date');
      this.#plan(AFTER_FAILURE_MS);
    }
  }

  /** Who searches can wait for the newest words; who writes waits for nothing. */
  #isBusy(): boolean {
    return performance.eventLoopUtilization(this.#restedFrom).utilization > BUSY;
  }
}
