/** Everything that is known of the answers' phrases, made once and asked often; another set of answers is another index. */
import { type Example, nearestStrangers, type Plane, trainPlane } from './one-against-rest.ts';
import { type Features, lettersOf, rootsOf } from './phrase-features.ts';
import { toPlain } from './plain-words.ts';
import { DIMENSIONS, type Encoder, encode } from './sentence-encoder.ts';
import { FeatureSpace, type SparseVector } from './weighing.ts';

export interface Phrase {
  text: string;
  /** 1 for the answer's own words, less for borrowed ones. */
  trust: number;
}

export interface KnownAnswer {
  id: string;
  phrases: readonly Phrase[];
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
  /** The phrase that is nearest altogether. */
  phrase: number;
}

interface Prepared {
  plain: string;
  letters: Features;
  roots: Features;
}

export const SHARES = { letters: 0.5, roots: 0.5, meaning: 0.5 };

export class Matcher {
  readonly #encoder: Encoder | null;
  readonly #letters = new FeatureSpace();
  readonly #roots = new FeatureSpace();
  readonly answers: readonly KnownAnswer[];
  readonly examples: Example[] = [];
  readonly texts: string[] = [];
  readonly #meanings: Float32Array[] = [];
  #planes: Plane[] = [];
  /** For each place the phrases that have it: numbers of phrases, and how much it weighs there. */
  #postings: { examples: Int32Array; weights: Float32Array }[] = [];

  private constructor(answers: readonly KnownAnswer[], encoder: Encoder | null) {
    this.answers = answers;
    this.#encoder = encoder;
  }

  /** In steps of a few milliseconds, so that whoever asks meanwhile does not wait. */
  static *building(answers: readonly KnownAnswer[], encoder: Encoder | null): Generator<void, Matcher> {
    const index = new Matcher(answers, encoder);
    const prepared: (Prepared & { answer: number; trust: number })[] = [];
    for (const [answer, { phrases }] of answers.entries()) {
      for (const { text, trust } of phrases) {
        const plain = toPlain(text);
        const one = { answer, trust, plain, letters: lettersOf(plain), roots: rootsOf(plain) };
        index.#letters.learn(one.letters);
        index.#roots.learn(one.roots);
        prepared.push(one);
        index.texts.push(text);
      }
      yield;
    }
    for (const one of prepared) {
      const meaning = index.#meaningOf(one.plain);
      index.#meanings.push(meaning);
      index.examples.push({ answer: one.answer, trust: one.trust, vector: index.#withMeaning(index.#sparse(one), meaning) });
      yield;
    }
    index.#post();
    yield;
    yield* index.#training();
    return index;
  }

  static build(answers: readonly KnownAnswer[], encoder: Encoder | null): Matcher {
    const steps = Matcher.building(answers, encoder);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  *#training(): Generator<void, void> {
    const scratch = new Float32Array(this.#size + DIMENSIONS);
    const own: number[][] = this.answers.map(() => []);
    for (const [at, { answer }] of this.examples.entries()) own[answer]?.push(at);
    for (const answer of this.answers.keys()) {
      const nearness = this.#nearnessToMiddle(own[answer] as number[]);
      const strangers = nearestStrangers(answer, nearness, this.examples);
      this.#planes.push(trainPlane(answer, this.examples, strangers, scratch, this.answers.length));
      yield;
    }
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
    const counts = new Int32Array(size);
    for (const { vector } of this.examples) for (const place of vector.places) if (place < size) (counts[place] as number) += 1;
    this.#postings = Array.from(counts, (count) => ({ examples: new Int32Array(count), weights: new Float32Array(count) }));
    counts.fill(0);
    for (const [at, { vector }] of this.examples.entries()) {
      for (const [q, place] of vector.places.entries()) {
        if (place >= size) continue;
        const posting = this.#postings[place] as { examples: Int32Array; weights: Float32Array };
        const end = counts[place] as number;
        posting.examples[end] = at;
        posting.weights[end] = vector.weights[q] as number;
        counts[place] = end + 1;
      }
    }
  }

  #collect(place: number, weight: number, into: Float32Array): void {
    const { examples, weights } = this.#postings[place] as { examples: Int32Array; weights: Float32Array };
    for (let at = 0; at < examples.length; at++) (into[examples[at] as number] as number) += weight * (weights[at] as number);
  }

  /** All answers, the likeliest first. */
  rank(text: string): { plain: string; candidates: Candidate[]; known: number } {
    const plain = toPlain(text);
    const roots = rootsOf(plain);
    const vector = this.#sparse({ plain, letters: lettersOf(plain), roots });
    const meaning = this.#meaningOf(plain);
    const likeness = new Float32Array(this.examples.length);
    for (const [at, place] of vector.places.entries()) this.#collect(place, vector.weights[at] as number, likeness);
    const meanings = new Float32Array(this.examples.length);
    if (this.#encoder) for (const [at, other] of this.#meanings.entries()) meanings[at] = dot(meaning, other);
    const candidates: Candidate[] = this.answers.map((_, answer) => ({ answer, score: 0, likeness: 0, meaning: 0, phrase: -1 }));
    const nearest = new Float32Array(this.answers.length).fill(-1);
    for (const [at, { answer }] of this.examples.entries()) {
      const candidate = candidates[answer] as Candidate;
      const like = likeness[at] as number;
      const means = meanings[at] as number;
      candidate.likeness = Math.max(candidate.likeness, like);
      candidate.meaning = Math.max(candidate.meaning, means);
      const whole = like + SHARES.meaning * means;
      if (whole <= (nearest[answer] as number)) continue;
      nearest[answer] = whole;
      candidate.phrase = at;
    }
    for (const candidate of candidates) {
      const plane = this.#planes[candidate.answer] as Plane;
      for (const [q, at] of plane.examples.entries()) {
        candidate.score += (plane.pushes[q] as number) * ((likeness[at] as number) + SHARES.meaning * (meanings[at] as number));
      }
    }
    candidates.sort((one, other) => other.score - one.score);
    return { plain, candidates, known: this.#knownShare(roots) };
  }

  /** How much of the question, by weight, is in any phrase at all. */
  #knownShare(roots: Features): number {
    let known = 0;
    let all = 0;
    for (const feature of roots.keys()) {
      const weight = this.#roots.rarityOf(feature);
      all += weight;
      if (this.#roots.has(feature)) known += weight;
    }
    return all === 0 ? 0 : known / all;
  }
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
