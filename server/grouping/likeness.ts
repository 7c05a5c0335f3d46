/** How alike texts are: the cosine of what is written, and `share` times that of what is meant. */
import { DIMENSIONS as MEANT } from '../matching/sentence-encoder.ts';
import { Likenesses } from './average-link.ts';
import { PLACES, type Rows } from './phrase-rows.ts';

const DIMENSIONS = MEANT;

interface Measured {
  rows: Rows;
  meanings: Float32Array;
}

/** Each two of the chosen. */
export function* compareAll(chosen: readonly number[], { rows, meanings }: Measured, share: number): Generator<number, Likenesses> {
  const pairs = new Likenesses(chosen.length);
  const { starts, places, weights } = rows;
  const begins = postingStarts(chosen, rows);
  const ends = begins.slice();
  const owners = new Int32Array(begins[PLACES] as number);
  const loads = new Float32Array(owners.length);
  const scale = 1 / (1 + share);
  for (const [one, head] of chosen.entries()) {
    const row = pairs.values.subarray((one * (one - 1)) / 2, (one * (one + 1)) / 2);
    for (let q = starts[head] as number; q < (starts[head + 1] as number); q++) {
      const place = places[q] as number;
      const mine = (weights[q] as number) * scale;
      const end = ends[place] as number;
      for (let at = begins[place] as number; at < end; at++) (row[owners[at] as number] as number) += mine * (loads[at] as number);
      owners[end] = one;
      loads[end] = weights[q] as number;
      ends[place] = end + 1;
    }
    if (share > 0) {
      const mine = meanings.subarray(head * DIMENSIONS, (head + 1) * DIMENSIONS);
      for (let other = 0; other < one; other++)
        (row[other] as number) += share * scale * meantAlike(mine, meanings, chosen[other] as number);
    }
    if (one % 32 === 0) yield 0.45 + (0.22 * one * one) / (chosen.length * chosen.length);
  }
  return pairs;
}

function meantAlike(mine: Float32Array, meanings: Float32Array, other: number): number {
  const from = other * DIMENSIONS;
  let even = 0;
  let odd = 0;
  for (let d = 0; d < DIMENSIONS; d += 2) {
    even += (mine[d] as number) * (meanings[from + d] as number);
    odd += (mine[d + 1] as number) * (meanings[from + d + 1] as number);
  }
  return even + odd;
}

/** Where the list of those that have a place begins, if there is one list after the other. */
function postingStarts(chosen: readonly number[], { starts, places }: Rows): Int32Array {
  const begins = new Int32Array(PLACES + 1);
  for (const head of chosen) {
    for (let q = starts[head] as number; q < (starts[head + 1] as number); q++) (begins[(places[q] as number) + 1] as number) += 1;
  }
  for (let place = 0; place < PLACES; place++) (begins[place + 1] as number) += begins[place] as number;
  return begins;
}

/** Of those that are most alike in writing the meaning is looked at, too. */
const LOOKED_AT = 60;

/** The chosen, to ask for the nearest to any other. */
export class Compared {
  readonly #chosen: readonly number[];
  readonly #measured: Measured;
  readonly #share: number;
  readonly #begins: Int32Array;
  readonly #owners: Int32Array;
  readonly #loads: Float32Array;
  readonly #scores: Float32Array;

  constructor(chosen: readonly number[], measured: Measured, share: number) {
    const { starts, places, weights } = measured.rows;
    this.#chosen = chosen;
    this.#measured = measured;
    this.#share = share;
    this.#begins = postingStarts(chosen, measured.rows);
    this.#owners = new Int32Array(this.#begins[PLACES] as number);
    this.#loads = new Float32Array(this.#owners.length);
    this.#scores = new Float32Array(chosen.length);
    const ends = this.#begins.slice();
    for (const [at, head] of chosen.entries()) {
      for (let q = starts[head] as number; q < (starts[head + 1] as number); q++) {
        const end = ends[places[q] as number] as number;
        this.#owners[end] = at;
        this.#loads[end] = weights[q] as number;
        ends[places[q] as number] = end + 1;
      }
    }
  }

  /** The chosen heads with their likeness, the nearest first. */
  nearest(head: number, count: number): [head: number, likeness: number][] {
    const { rows, meanings } = this.#measured;
    const scores = this.#scores.fill(0);
    for (let q = rows.starts[head] as number; q < (rows.starts[head + 1] as number); q++) {
      const place = rows.places[q] as number;
      const mine = rows.weights[q] as number;
      const end = this.#begins[place + 1] as number;
      for (let at = this.#begins[place] as number; at < end; at++)
        (scores[this.#owners[at] as number] as number) += mine * (this.#loads[at] as number);
    }
    const mine = meanings.subarray(head * DIMENSIONS, (head + 1) * DIMENSIONS);
    return mostOf(scores, LOOKED_AT)
      .map((at): [number, number] => {
        const meant = this.#share === 0 ? 0 : this.#share * meantAlike(mine, meanings, this.#chosen[at] as number);
        return [this.#chosen[at] as number, ((scores[at] as number) + meant) / (1 + this.#share)];
      })
      .sort((one, other) => other[1] - one[1])
      .slice(0, count);
  }
}

/** Where the `count` largest scores above nothing are, in any order. */
function mostOf(scores: Float32Array, count: number): number[] {
  let floor = 0.05;
  let found: number[] = [];
  for (let at = 0; at < scores.length; at++) {
    if ((scores[at] as number) <= floor) continue;
    found.push(at);
    if (found.length < 4 * count) continue;
    found = largest(found, scores, count);
    floor = scores[found.at(-1) as number] as number;
  }
  return largest(found, scores, count);
}

function largest(found: number[], scores: Float32Array, count: number): number[] {
  return found.sort((one, other) => (scores[other] as number) - (scores[one] as number)).slice(0, count);
}
