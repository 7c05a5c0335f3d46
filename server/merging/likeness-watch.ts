import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import { listDue } from './likeness-store.ts';
import { lookForLikenesses } from './likenesses.ts';

const IDLE_MS = 500;
const AFTER_FAILURE_MS = 5_000;
/** At most a third of the time goes into looking, however many files have changed: the rest is for people who write. */
const REST_FOR_WORK = 2;
const BATCH = 20;
/** While this much of the time goes into other work, a few in so long a time are enough. */
const BUSY = 0.6;
const BUSY_BATCH = 3;

/** Looks at files that have changed, in the background, for others that may be the same person. */
export class LikenessWatch {
  readonly #app: App;
  #timer: NodeJS.Timeout | undefined;
  #restedFrom = performance.eventLoopUtilization();
  #isStopped = false;

  constructor(app: App) {
    this.#app = app;
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
    const isBusy = performance.eventLoopUtilization(this.#restedFrom).utilization > BUSY;
    try {
      const due = await listDue(this.#app.storage.db, isBusy ? BUSY_BATCH : BATCH);
      if (due.length > 0) await lookForLikenesses(this.#app, due);
      this.#restedFrom = performance.eventLoopUtilization();
      this.#plan(due.length === 0 || isBusy ? IDLE_MS : REST_FOR_WORK * (performance.now() - startedAt));
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'files that may be one person could not be looked for');
      this.#plan(AFTER_FAILURE_MS);
    }
  }
}
