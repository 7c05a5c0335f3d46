import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import { Rounds } from '../transport/rounds.ts';
import { followBorders, keepSegments } from './segment-keeping.ts';
import { tellSegments } from './segments.ts';

const IDLE_MS = 500;
/** At most a third of the time goes to it, however much there is to do. */
const REST_FOR_WORK = 2;
const BORDERS_EVERY_MS = 5_000;
const TELL_EVERY_MS = 1_000;

/** Keeps the members of segments while the server runs. What is to be done stands in the database, so any server goes on with it. */
export class SegmentKeeper {
  readonly #app: App;
  readonly #rounds: Rounds;
  #bordersAt = 0;
  #toldAt = 0;
  #hasNews = false;

  constructor(app: App) {
    this.#app = app;
    const failure = 'the members of segments could not be brought up to date';
    this.#rounds = new Rounds({ log: app.log, failure, run: () => this.#work() });
  }

  stop(): void {
    this.#rounds.stop();
  }

  async #work(): Promise<number> {
    const startedAt = performance.now();
    if (startedAt >= this.#bordersAt) {
      const isLeft = await followBorders(this.#app);
      this.#bordersAt = isLeft ? 0 : startedAt + BORDERS_EVERY_MS;
    }
    const kept = await keepSegments(this.#app);
    this.#hasNews ||= kept === 'moved';
    this.#tell(kept === 'nothing');
    return kept === 'nothing' ? IDLE_MS : REST_FOR_WORK * (performance.now() - startedAt);
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
