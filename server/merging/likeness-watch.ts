import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import { Rounds } from '../transport/rounds.ts';
import { listDue } from './likeness-store.ts';
import { lookForLikenesses } from './likenesses.ts';

const IDLE_MS = 500;
/** At most a third of the time goes into looking, however many files have changed: the rest is for people who write. */
const REST_FOR_WORK = 2;
const BATCH = 20;
/** While this much of the time goes into other work, a few in so long a time are enough. */
const BUSY = 0.6;
const BUSY_BATCH = 3;

/** Looks at files that have changed, in the background, for others that may be the same person. */
export class LikenessWatch {
  readonly #app: App;
  readonly #rounds: Rounds;
  #restedFrom = performance.eventLoopUtilization();

  constructor(app: App) {
    this.#app = app;
    const failure = 'files that may be one person could not be looked for';
    this.#rounds = new Rounds({ log: app.log, failure, run: () => this.#work() });
  }

  stop(): void {
    this.#rounds.stop();
  }

  async #work(): Promise<number> {
    const startedAt = performance.now();
    const isBusy = performance.eventLoopUtilization(this.#restedFrom).utilization > BUSY;
    const due = await listDue(this.#app.storage.db, isBusy ? BUSY_BATCH : BATCH);
    if (due.length > 0) await lookForLikenesses(this.#app, due);
    this.#restedFrom = performance.eventLoopUtilization();
    return due.length === 0 || isBusy ? IDLE_MS : REST_FOR_WORK * (performance.now() - startedAt);
  }
}
