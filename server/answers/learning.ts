/**
 * How the thread learns. An edit is learned upon what is known, which is quick and nearly as good; when nobody has changed anything for a
 * while, everything is learned anew, with rests. Both go in slices, between which questions are heard.
 */
import { Matcher } from '../matching/matcher.ts';
import { readEncoder } from '../matching/sentence-encoder.ts';
import { type SpeakingAnswer, toKnown } from './known-answers.ts';

const SLICE_MS = 8;
const REST_MS = 8;
const QUIET_MS = 20_000;

export interface Learned {
  matcher: Matcher;
  /** Of the phrases in the matcher's texts, as `AnswerReason` counts them. */
  numbers: number[];
  edition: number;
}

export class Learning {
  readonly #answers: ReadonlyMap<string, SpeakingAnswer>;
  readonly #onLearned: (learned: Learned, tookMs: number) => void;
  #edition = 0;
  #learned: Learned | null = null;
  #isLearning = false;
  #dropThorough: () => void = () => undefined;

  constructor(answers: ReadonlyMap<string, SpeakingAnswer>, onLearned: (learned: Learned, tookMs: number) => void) {
    this.#answers = answers;
    this.#onLearned = onLearned;
  }

  get learned(): Learned | null {
    return this.#learned;
  }

  /** What comes while it learns is learned next: one that began again each time would never end while somebody is typing. */
  learn(edition: number): void {
    this.#edition = edition;
    this.#dropThorough();
    if (!this.#isLearning) this.#learnNow();
  }

  #learnNow(): void {
    this.#isLearning = true;
    this.#build(this.#learned?.matcher, 0, (isUponKnown) => {
      this.#isLearning = false;
      if (this.#learned?.edition !== this.#edition) this.#learnNow();
      else if (isUponKnown) this.#learnThoroughly();
    });
  }

  #learnThoroughly(): void {
    let end: () => void = () => undefined;
    const timer = setTimeout(() => {
      end = this.#build(undefined, REST_MS, () => undefined);
    }, QUIET_MS);
    this.#dropThorough = () => {
      clearTimeout(timer);
      end();
    };
  }

  #build(previous: Matcher | undefined, restMs: number, done: (isUponKnown: boolean) => void): () => void {
    const startedAt = performance.now();
    const edition = this.#edition;
    const { known, numbers } = toKnown([...this.#answers.values()]);
    return runInSlices(Matcher.building(known, readEncoder(), previous), restMs, (matcher) => {
      this.#learned = { matcher, numbers, edition };
      this.#onLearned(this.#learned, performance.now() - startedAt);
      done(previous !== undefined);
    });
  }
}

/** The returned function ends it before its end. */
function runInSlices<Result>(steps: Generator<void, Result>, restMs: number, done: (result: Result) => void): () => void {
  let isEnded = false;
  const goOn = () => {
    const until = performance.now() + SLICE_MS;
    while (!isEnded && performance.now() < until) {
      const step = steps.next();
      if (step.done) return done(step.value);
    }
    if (isEnded) return;
    if (restMs > 0) setTimeout(goOn, restMs);
    else setImmediate(goOn);
  };
  goOn();
  return () => {
    isEnded = true;
  };
}
