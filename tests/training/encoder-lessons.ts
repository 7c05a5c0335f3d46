/**
 * Teaches the sentence encoder: of many groups of texts that mean the same, two of each are taken, and each must find its partner among
 * all the others' (cross entropy over the cosines of a batch, plain stochastic gradient descent with AdaGrad on rows). The same lessons
 * in the same order give the same encoder.
 */
import { toPlain } from '../../server/matching/plain-words.ts';
import { DIMENSIONS, type Encoder, ROWS, rowsOf } from '../../server/matching/sentence-encoder.ts';
import { randomFrom } from './question-sets.ts';

/** Texts that mean the same, and how large a share of the batches is taken from groups of this kind. */
export interface Lessons {
  groups: readonly (readonly string[])[];
  share: number;
}

export interface Course {
  steps: number;
  batch: number;
}

const RATE = 0.05;
const WARMTH = 0.07;
/** So much of each sentence is not heard, so that no word is relied on alone. */
const DEAFNESS = 0.4;
/** Past this rarity words weigh the same. */
const RAREST = 8;

type Learned = Pick<Encoder, 'table' | 'scales'>;

interface Sentence {
  rows: Int32Array;
  weights: Float32Array;
}

interface Kind {
  groups: Sentence[][];
  /** Running sums of how likely each group is taken: large groups more often, by the root of their size. */
  upTo: number[];
  share: number;
}

export function teachEncoder(lessons: readonly Lessons[], { steps, batch }: Course): Learned {
  const random = randomFrom(1);
  const heard = new Int32Array(ROWS);
  const read = lessons.map(({ groups, share }) => ({ share, groups: groups.map((texts) => texts.map((text) => rowsOf(toPlain(text)))) }));
  let sentences = 0;
  for (const { groups } of read) {
    for (const rows of groups.flat()) {
      sentences += 1;
      for (const row of rows.keys()) heard[row] = (heard[row] as number) + 1;
    }
  }
  const rarity = Float32Array.from(heard, (count) => (count === 0 ? 0 : Math.min(1, Math.log((sentences + 1) / (count + 1)) / RAREST)));
  const kinds = read.map(({ groups, share }) => toKind(groups, share, rarity));
  const classroom = new Classroom(random, batch);
  for (let step = 0; step < steps; step++) {
    const [ones, others] = takePairs(pickKind(kinds, random), batch, random);
    classroom.teach(ones, others, RATE * (1 - (0.9 * step) / steps));
  }
  return toEncoder(classroom.table, rarity);
}

function toKind(groups: Map<number, number>[][], share: number, rarity: Float32Array): Kind {
  const known = groups
    .map((group) => group.filter((rows) => rows.size > 0).map((rows) => toSentence(rows, rarity)))
    .filter((group) => group.length > 1);
  let sum = 0;
  return { share, groups: known, upTo: known.map((group) => (sum += Math.sqrt(group.length))) };
}

function toSentence(rows: Map<number, number>, rarity: Float32Array): Sentence {
  return {
    rows: Int32Array.from(rows.keys()),
    weights: Float32Array.from(rows, ([row, weight]) => weight * (rarity[row] as number)),
  };
}

function pickKind(kinds: readonly Kind[], random: () => number): Kind {
  let left = random();
  for (const kind of kinds) {
    left -= kind.share;
    if (left < 0) return kind;
  }
  return kinds.at(-1) as Kind;
}

function takePairs({ groups, upTo }: Kind, batch: number, random: () => number): [Sentence[], Sentence[]] {
  const picked = new Set<number>();
  const all = upTo.at(-1) as number;
  while (picked.size < Math.min(batch, groups.length)) {
    const mark = random() * all;
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) < mark) low = middle + 1;
      else high = middle;
    }
    picked.add(low);
  }
  const ones: Sentence[] = [];
  const others: Sentence[] = [];
  for (const at of picked) {
    const group = groups[at] as Sentence[];
    const one = Math.floor(random() * group.length);
    ones.push(group[one] as Sentence);
    others.push(group[(one + 1 + Math.floor(random() * (group.length - 1))) % group.length] as Sentence);
  }
  return [ones, others];
}

class Classroom {
  readonly table = new Float32Array(ROWS * DIMENSIONS);
  readonly #moved = new Float32Array(ROWS).fill(1e-6);
  readonly #random: () => number;
  /** Of both halves of a batch: where the sentences lie, how long they were before they were brought to length one, and what pulls at them. */
  readonly #meanings: Float32Array;
  readonly #pulls: Float32Array;
  readonly #lengths: Float32Array;
  readonly #heard: Uint8Array[] = [];

  constructor(random: () => number, batch: number) {
    this.#random = random;
    for (let at = 0; at < this.table.length; at++) this.table[at] = (random() - 0.5) * 0.1;
    this.#meanings = new Float32Array(2 * batch * DIMENSIONS);
    this.#pulls = new Float32Array(2 * batch * DIMENSIONS);
    this.#lengths = new Float32Array(2 * batch);
  }

  teach(ones: readonly Sentence[], others: readonly Sentence[], rate: number): void {
    const pairs = ones.length;
    const all = [...ones, ...others];
    for (const [at, sentence] of all.entries()) this.#hear(sentence, at);
    this.#pulls.fill(0);
    const likeness = new Float32Array(pairs * pairs);
    for (let one = 0; one < pairs; one++) {
      for (let other = 0; other < pairs; other++) likeness[one * pairs + other] = this.#cosine(one, pairs + other) / WARMTH;
    }
    for (let at = 0; at < pairs; at++) {
      this.#pullApart(
        pairs,
        at,
        (other) => at * pairs + other,
        likeness,
        (other) => [at, pairs + other],
      );
      this.#pullApart(
        pairs,
        at,
        (other) => other * pairs + at,
        likeness,
        (other) => [other, pairs + at],
      );
    }
    for (const [at, sentence] of all.entries()) this.#learn(sentence, at, rate);
  }

  #hear({ rows, weights }: Sentence, at: number): void {
    const start = at * DIMENSIONS;
    const meanings = this.#meanings;
    meanings.fill(0, start, start + DIMENSIONS);
    const heard = new Uint8Array(rows.length);
    this.#heard[at] = heard;
    for (let q = 0; q < rows.length; q++) {
      if (this.#random() < DEAFNESS) continue;
      heard[q] = 1;
      const from = (rows[q] as number) * DIMENSIONS;
      const weight = weights[q] as number;
      for (let d = 0; d < DIMENSIONS; d++) (meanings[start + d] as number) += weight * (this.table[from + d] as number);
    }
    let squares = 1e-9;
    for (let d = 0; d < DIMENSIONS; d++) squares += (meanings[start + d] as number) ** 2;
    const length = Math.sqrt(squares);
    this.#lengths[at] = length;
    for (let d = 0; d < DIMENSIONS; d++) (meanings[start + d] as number) /= length;
  }

  #cosine(one: number, other: number): number {
    const from = one * DIMENSIONS;
    const to = other * DIMENSIONS;
    let sum = 0;
    for (let d = 0; d < DIMENSIONS; d++) sum += (this.#meanings[from + d] as number) * (this.#meanings[to + d] as number);
    return sum;
  }

  /** One sentence beside all possible partners: towards its own, away from those that look like it. */
  #pullApart(
    pairs: number,
    own: number,
    cell: (other: number) => number,
    likeness: Float32Array,
    who: (other: number) => readonly [number, number],
  ): void {
    let most = Number.NEGATIVE_INFINITY;
    for (let other = 0; other < pairs; other++) most = Math.max(most, likeness[cell(other)] as number);
    let sum = 0;
    for (let other = 0; other < pairs; other++) sum += Math.exp((likeness[cell(other)] as number) - most);
    for (let other = 0; other < pairs; other++) {
      const chance = Math.exp((likeness[cell(other)] as number) - most) / sum;
      const pull = (chance - (other === own ? 1 : 0)) / WARMTH / (2 * pairs);
      if (Math.abs(pull) < 1e-4) continue;
      const [one, two] = who(other);
      const from = one * DIMENSIONS;
      const to = two * DIMENSIONS;
      for (let d = 0; d < DIMENSIONS; d++) {
        (this.#pulls[from + d] as number) += pull * (this.#meanings[to + d] as number);
        (this.#pulls[to + d] as number) += pull * (this.#meanings[from + d] as number);
      }
    }
  }

  #learn({ rows, weights }: Sentence, at: number, rate: number): void {
    const start = at * DIMENSIONS;
    let along = 0;
    for (let d = 0; d < DIMENSIONS; d++) along += (this.#pulls[start + d] as number) * (this.#meanings[start + d] as number);
    const step = new Float32Array(DIMENSIONS);
    let squares = 0;
    for (let d = 0; d < DIMENSIONS; d++) {
      const value = ((this.#pulls[start + d] as number) - along * (this.#meanings[start + d] as number)) / (this.#lengths[at] as number);
      step[d] = value;
      squares += value * value;
    }
    const heard = this.#heard[at] as Uint8Array;
    for (let q = 0; q < rows.length; q++) {
      if (heard[q] === 0) continue;
      const row = rows[q] as number;
      const weight = weights[q] as number;
      const moved = (this.#moved[row] as number) + (squares * weight * weight) / DIMENSIONS;
      this.#moved[row] = moved;
      const scale = (rate * weight) / Math.sqrt(moved);
      const from = row * DIMENSIONS;
      for (let d = 0; d < DIMENSIONS; d++) (this.table[from + d] as number) -= scale * (step[d] as number);
    }
  }
}

/** Each row in whole numbers from -127 to 127, with a scale of its own. */
function toEncoder(learned: Float32Array, rarity: Float32Array): Learned {
  const table = new Int8Array(ROWS * DIMENSIONS);
  const scales = new Float32Array(ROWS);
  for (let row = 0; row < ROWS; row++) {
    if (rarity[row] === 0) continue;
    const start = row * DIMENSIONS;
    let most = 1e-9;
    for (let d = 0; d < DIMENSIONS; d++) most = Math.max(most, Math.abs(learned[start + d] as number));
    for (let d = 0; d < DIMENSIONS; d++) table[start + d] = Math.round((127 * (learned[start + d] as number)) / most);
    scales[row] = (most / 127) * (rarity[row] as number);
  }
  return { table, scales };
}
