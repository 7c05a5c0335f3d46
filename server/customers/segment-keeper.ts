import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import { followBorders, keepSegments } from './segment-keeping.ts';
import { tellSegments } from './segments.ts';

const IDLE_MS = 500;
const AFTER_FAILURE_MS = 5_000;
/** At most a third of the time goes to it, however much there is to do. */
const REST_FOR_WORK = 2;
const BORDERS_EVERY_MS = 5_000;
const TELL_EVERY_MS = 1_000;

/** Keeps the members of segments while the server runs. What is to be done stands in the database, so any server goes on with it. */
export class SegmentKeeper {
  readonly #app: App;
  #timer: NodeJS.Timeout | undefined;
  #bordersAt = 0;
  #toldAt = 0;
  #hasNews = false;
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
    try {
      if (startedAt >= this.#bordersAt) {
        const isLeft = await followBorders(this.#app);
        this.#bordersAt = isLeft ? 0 : startedAt + BORDERS_EVERY_MS;
      }
      const kept = await keepSegments(this.#app);
      this.#hasNews ||= kept === 'moved';
      this.#tell(kept === 'nothing');
      this.#plan(kept === 'nothing' ? IDLE_MS : REST_FOR_WORK * (performance.now() - startedAt));
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'the members of segments could not be brought up to date');
      this.#plan(AFTER_FAILURE_MS);
    }
  }

  /** Not with every step of a long fill; at the end always. */
  #tell(isAtRest: boolean): void {
    const now = performance.now();
    if (!this.#hasNews || (!isAtRest && now < this.#toldAt + TELL_EVERY_MS)) return;
    this.#hasNews = false;
    this.#toldAt = now;
    tellSegments(this.#app);
  }
}
