/** Everything that is known of the answers' phrases, made once and asked often; another set of answers is another index. */
import { readLibrary } from './library.ts';
import { type Example, nearestStrangers, type Plane, trainPlane } from './one-against-rest.ts';
import { type Features, lettersOf, rootsOf, wordFeature } from './phrase-features.ts';
import { toPlain, wordsOf } from './plain-words.ts';
import { DIMENSIONS, type Encoder, encode, intentShares } from './sentence-encoder.ts';
import { FeatureSpace, type SparseVector } from './weighing.ts';

export interface KnownAnswer {
  id: string;
  /** The library's intent that a person has said it is. */
  intent?: string | null;
  phrases: readonly string[];
}

/** How an answer looks to one question. */
export interface Candidate {
  /** Number of the answer in the order in which they were given. */
  answer: number;
  /** Distance from its plane; the larger, the surer. */
  score: number;
  /** The nearest of its phrases by letters and words, and by meaning: 0 to 1. */
  likeness: number;
  meaning: number;
  /** The three nearest together, over three; and the middle of all its phrases by meaning. */
  company: number;
  middle: number;
  /** How far question and answer are of the same intents of the library: 0 to 1. */
  agreement: number;
  /** The phrase that is nearest altogether. */
  phrase: number;
}

/** A question beside all answers. */
export interface Ranking {
  /** All of them, the likeliest first. */
  candidates: Candidate[];
  /** The roots of the question, and how much of it, by weight, is in any phrase at all. */
  roots: Features;
  known: number;
  meaning: Float32Array;
  words: number;
}

interface Prepared {
  plain: string;
  letters: Features;
  roots: Features;
}

const SHARES = { letters: 0.5, roots: 0.5, meaning: 0.75 };

export class Matcher {
  readonly #encoder: Encoder | null;
  readonly #letters = new FeatureSpace();
  readonly #roots = new FeatureSpace();
  readonly answers: readonly KnownAnswer[];
  readonly examples: Example[] = [];
  readonly texts: string[] = [];
  readonly #meanings: Float32Array[] = [];
  readonly #phraseRoots: Features[] = [];
  readonly #answerRoots: Set<number>[] = [];
  readonly #middles: Float32Array[] = [];
  readonly #shares: Float32Array[] = [];
  #owners = new Int32Array(0);
  #planes: Plane[] = [];
  /** From one place's start to the next the phrases that have it: their numbers, and how much it weighs there. */
  #postings = { starts: new Int32Array(1), examples: new Int32Array(0), weights: new Float32Array(0) };

  private constructor(answers: readonly KnownAnswer[], encoder: Encoder | null) {
    this.answers = answers;
    this.#encoder = encoder;
  }

  /**
   * In steps of a few milliseconds, so that whoever asks meanwhile does not wait. With a `previous` one only what has changed is learned,
   * which is quick and nearly as good; learn everything anew when there is time.
   */
  static *building(answers: readonly KnownAnswer[], encoder: Encoder | null, previous?: Matcher): Generator<void, Matcher> {
    const index = new Matcher(answers, encoder);
    const prepared: (Prepared & { answer: number })[] = [];
    for (const [answer, { phrases }] of answers.entries()) {
      const own = new Set<number>();
      index.#answerRoots.push(own);
      for (const text of phrases) {
        const plain = toPlain(text);
        const one = { answer, plain, letters: lettersOf(plain), roots: rootsOf(plain) };
        index.#letters.learn(one.letters);
        index.#roots.learn(one.roots);
        prepared.push(one);
        index.#phraseRoots.push(one.roots);
        for (const feature of one.roots.keys()) own.add(feature);
        index.texts.push(text);
      }
      yield;
    }
    const before = previous && previous.#encoder === encoder ? previous : undefined;
    const known = before && new Map(before.texts.map((text, at) => [text, before.#meanings[at] as Float32Array]));
    for (const [at, one] of prepared.entries()) {
      const meaning = known?.get(index.texts[at] as string) ?? index.#meaningOf(one.plain);
      index.#meanings.push(meaning);
      const vector = index.#withMeaning(index.#sparse(one), meaning);
      index.examples.push({ answer: one.answer, vector, square: squareOf(vector) });
      yield;
    }
    index.#owners = Int32Array.from(index.examples, ({ answer }) => answer);
    const own: number[][] = answers.map(() => []);
    for (const [at, answer] of index.#owners.entries()) own[answer]?.push(at);
    const meaningsOf = (answer: number) => (own[answer] as number[]).map((at) => index.#meanings[at] as Float32Array);
    const alike = new Map(before?.answers.map((answer, number) => [answer.id, { answer, shares: before.#shares[number] }]));
    for (const [number, answer] of answers.entries()) {
      index.#middles.push(middleOf(meaningsOf(number)));
      if (!encoder) continue;
      const old = alike.get(answer.id);
      const isSame = old?.answer.intent === answer.intent && old !== undefined && hasSamePhrases(old.answer, answer);
      index.#shares.push((isSame && old.shares) || sharesOf(encoder, answer, meaningsOf(number)));
      yield;
    }
    index.#post();
    yield;
    yield* index.#training(own, previous);
    return index;
  }

  static build(answers: readonly KnownAnswer[], encoder: Encoder | null): Matcher {
    const steps = Matcher.building(answers, encoder);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  *#training(own: readonly number[][], previous: Matcher | undefined): Generator<void, void> {
    const scratch = new Float32Array(this.#size + DIMENSIONS);
    const kept = previous ? this.#keptPlanes(previous) : [];
    for (const answer of this.answers.keys()) {
      const known = kept[answer];
      if (known) {
        this.#planes.push(known);
        continue;
      }
      const nearness = this.#nearnessToMiddle(own[answer] as number[]);
      const strangers = nearestStrangers(answer, nearness, this.examples);
      this.#planes.push(trainPlane(answer, this.examples, strangers, scratch, this.answers.length));
      yield;
    }
  }

  /** Planes of answers that have not changed, by the answers' numbers here; who held them and is gone lets go. */
  #keptPlanes(previous: Matcher): (Plane | undefined)[] {
    const numberOf = new Map(this.#phraseNames().map((name, at) => [name, at]));
    const names = previous.#phraseNames();
    const before = new Map(previous.answers.map((answer, number) => [answer.id, { answer, plane: previous.#planes[number] as Plane }]));
    return this.answers.map((answer) => {
      const known = before.get(answer.id);
      if (!known || !hasSamePhrases(known.answer, answer)) return undefined;
      const examples: number[] = [];
      const pushes: number[] = [];
      for (const [q, at] of known.plane.examples.entries()) {
        const now = numberOf.get(names[at] as string);
        if (now === undefined) continue;
        examples.push(now);
        pushes.push(known.plane.pushes[q] as number);
      }
      return { examples: Int32Array.from(examples), pushes: Float32Array.from(pushes) };
    });
  }

  #phraseNames(): string[] {
    return this.answers.flatMap(({ id, phrases }) => phrases.map((text) => `${id} ${text}`));
  }

  #nearnessToMiddle(own: readonly number[]): Float32Array {
    const middle = new Map<number, number>();
    for (const at of own) {
      const { places, weights } = (this.examples[at] as Example).vector;
      for (const [q, place] of places.entries())
        if (place < this.#size) middle.set(place, (middle.get(place) ?? 0) + (weights[q] as number));
    }
    const nearness = new Float32Array(this.examples.length);
    for (const [place, weight] of middle) this.#collect(place, weight, nearness);
    if (this.#encoder) {
      const meaning = new Float32Array(DIMENSIONS);
      for (const at of own)
        for (let d = 0; d < DIMENSIONS; d++) (meaning[d] as number) += (this.#meanings[at] as Float32Array)[d] as number;
      for (const [at, other] of this.#meanings.entries()) (nearness[at] as number) += SHARES.meaning * dot(meaning, other);
    }
    return nearness;
  }

  get #size(): number {
    return this.#letters.size + this.#roots.size;
  }

  #meaningOf(plain: string): Float32Array {
    return this.#encoder ? encode(this.#encoder, plain) : new Float32Array(DIMENSIONS);
  }

  #sparse({ letters, roots }: Prepared): SparseVector {
    const first = this.#letters.toVector(letters, SHARES.letters);
    const second = this.#roots.toVector(roots, SHARES.roots);
    const places = new Int32Array(first.places.length + second.places.length);
    const weights = new Float32Array(places.length);
    places.set(first.places);
    weights.set(first.weights);
    for (const [at, place] of second.places.entries()) places[first.places.length + at] = place + this.#letters.size;
    weights.set(second.weights, first.places.length);
    return { places, weights };
  }

  #withMeaning({ places, weights }: SparseVector, meaning: Float32Array): SparseVector {
    if (!this.#encoder) return { places, weights };
    const scale = Math.sqrt(SHARES.meaning);
    const size = this.#size;
    const allPlaces = new Int32Array(places.length + DIMENSIONS);
    const allWeights = new Float32Array(allPlaces.length);
    allPlaces.set(places);
    allWeights.set(weights);
    for (let d = 0; d < DIMENSIONS; d++) {
      allPlaces[places.length + d] = size + d;
      allWeights[places.length + d] = scale * (meaning[d] as number);
    }
    return { places: allPlaces, weights: allWeights };
  }

  #post(): void {
    const size = this.#size;
    const starts = new Int32Array(size + 1);
    for (const { vector } of this.examples) for (const place of vector.places) if (place < size) (starts[place + 1] as number) += 1;
    for (let place = 0; place < size; place++) (starts[place + 1] as number) += starts[place] as number;
    const ends = starts.slice();
    const examples = new Int32Array(starts[size] as number);
    const weights = new Float32Array(examples.length);
    for (let at = 0; at < this.examples.length; at++) {
      const { vector } = this.examples[at] as Example;
      for (let q = 0; q < vector.places.length; q++) {
        const place = vector.places[q] as number;
        if (place >= size) continue;
        const end = ends[place] as number;
        examples[end] = at;
        weights[end] = vector.weights[q] as number;
        ends[place] = end + 1;
      }
    }
    this.#postings = { starts, examples, weights };
  }

  #collect(place: number, weight: number, into: Float32Array): void {
    const { starts, examples, weights } = this.#postings;
    const end = starts[place + 1] as number;
    for (let at = starts[place] as number; at < end; at++) (into[examples[at] as number] as number) += weight * (weights[at] as number);
  }

  /** All answers, the likeliest first. */
  rank(text: string): Ranking {
    const plain = toPlain(text);
    const roots = rootsOf(plain);
    const vector = this.#sparse({ plain, letters: lettersOf(plain), roots });
    const meaning = this.#meaningOf(plain);
    const shares = this.#encoder && intentShares(this.#encoder, meaning);
    const count = this.examples.length;
    const likeness = new Float32Array(count);
    for (const [at, place] of vector.places.entries()) this.#collect(place, vector.weights[at] as number, likeness);
    const meanings = new Float32Array(count);
    const whole = new Float32Array(count);
    for (let at = 0; at < count; at++) {
      if (this.#encoder) meanings[at] = dot(meaning, this.#meanings[at] as Float32Array);
      whole[at] = (likeness[at] as number) + SHARES.meaning * (meanings[at] as number);
    }
    const candidates: Candidate[] = this.answers.map((_, answer) => ({
      answer,
      score: 0,
      likeness: 0,
      meaning: 0,
      company: 0,
      middle: 0,
      agreement: 0,
      phrase: -1,
    }));
    const best = new Float32Array(3 * candidates.length);
    for (let at = 0; at < count; at++) {
      const candidate = candidates[this.#owners[at] as number] as Candidate;
      keepThree(best, 3 * candidate.answer, whole[at] as number);
      candidate.likeness = Math.max(candidate.likeness, likeness[at] as number);
      candidate.meaning = Math.max(candidate.meaning, meanings[at] as number);
      if (candidate.phrase < 0 || (whole[at] as number) > (whole[candidate.phrase] as number)) candidate.phrase = at;
    }
    for (const candidate of candidates) {
      const { examples, pushes } = this.#planes[candidate.answer] as Plane;
      let score = 0;
      for (let q = 0; q < examples.length; q++) score += (pushes[q] as number) * (whole[examples[q] as number] as number);
      candidate.score = score;
      const start = 3 * candidate.answer;
      candidate.company = ((best[start] as number) + (best[start + 1] as number) + (best[start + 2] as number)) / 3;
      if (!shares) continue;
      candidate.middle = dot(meaning, this.#middles[candidate.answer] as Float32Array);
      candidate.agreement = dot(shares, this.#shares[candidate.answer] as Float32Array);
    }
    candidates.sort((one, other) => other.score - one.score);
    return { candidates, roots, known: this.#shareOf(roots, (feature) => this.#roots.has(feature)), meaning, words: wordsOf(plain).length };
  }

  /** How much of the question, by weight, is in some phrase of the answer. */
  coveredBy(answer: number, roots: Features): number {
    const own = this.#answerRoots[answer] as Set<number>;
    return this.#shareOf(roots, (feature) => own.has(feature));
  }

  /** How much of the question is in one phrase, and how much of the phrase in the question. */
  overlapWith(phrase: number, roots: Features): { question: number; phrase: number } {
    const own = this.#phraseRoots[phrase] as Features;
    return { question: this.#shareOf(roots, (feature) => own.has(feature)), phrase: this.#shareOf(own, (feature) => roots.has(feature)) };
  }

  /** Whether a phrase has the plain word. */
  knows(word: string): boolean {
    return this.#roots.has(wordFeature(word));
  }

  phrasesOf(answer: number): number {
    return (this.answers[answer] as KnownAnswer).phrases.length;
  }

  #shareOf(roots: Features, isThere: (feature: number) => boolean): number {
    let there = 0;
    let all = 0;
    for (const feature of roots.keys()) {
      const weight = this.#roots.rarityOf(feature);
      all += weight;
      if (isThere(feature)) there += weight;
    }
    return all === 0 ? 0 : there / all;
  }
}

/** All phrases' shares together; what the answer is said to be counts as much as they do. */
function sharesOf(encoder: Encoder, { intent }: KnownAnswer, meanings: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(encoder.intents.length / DIMENSIONS);
  const named = intent == null ? -1 : readLibrary().findIndex(({ id }) => id === intent);
  if (named >= 0) sum[named] = 0.5;
  const part = (named >= 0 ? 0.5 : 1) / meanings.length;
  for (const meaning of meanings) {
    const shares = intentShares(encoder, meaning);
    for (let at = 0; at < shares.length; at++) (sum[at] as number) += (shares[at] as number) * part;
  }
  return sum;
}

function hasSamePhrases(one: KnownAnswer, other: KnownAnswer): boolean {
  return one.phrases.length === other.phrases.length && one.phrases.every((text, at) => text === other.phrases[at]);
}

/** Three places of a list, the largest first. */
function keepThree(best: Float32Array, start: number, value: number): void {
  if (value <= (best[start + 2] as number)) return;
  if (value > (best[start] as number)) {
    best[start + 2] = best[start + 1] as number;
    best[start + 1] = best[start] as number;
    best[start] = value;
  } else if (value > (best[start + 1] as number)) {
    best[start + 2] = best[start + 1] as number;
    best[start + 1] = value;
  } else best[start + 2] = value;
}

function middleOf(meanings: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (const meaning of meanings) for (let d = 0; d < DIMENSIONS; d++) (sum[d] as number) += meaning[d] as number;
  const length = Math.sqrt(dot(sum, sum));
  return length === 0 ? sum : sum.map((value) => value / length);
}

function squareOf({ weights }: SparseVector): number {
  let sum = 0;
  for (const weight of weights) sum += weight * weight;
  return sum;
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
