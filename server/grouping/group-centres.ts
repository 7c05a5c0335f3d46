/** The middle of each group, to ask which is nearest to a text. */
import { DIMENSIONS as MEANT } from '../matching/sentence-encoder.ts';
import type { Rows } from './phrase-rows.ts';
import { PLACES } from './phrase-rows.ts';

/** Places that a group's middle is remembered by. */
const KEPT_PLACES = 600;
const DIMENSIONS = MEANT;

export class GroupCentres {
  readonly #rows: Rows;
  readonly #meanings: Float32Array;
  readonly #share: number;
  readonly #written: (Map<number, number> | undefined)[] = [];
  readonly #meant: Float32Array;
  readonly #weights: Float64Array;
  /** The groups that have a place, and how much; made when it is first asked. */
  #postings: { begins: Int32Array; groups: Int32Array; weights: Float32Array; lengths: Float64Array } | undefined;

  constructor(rows: Rows, meanings: Float32Array, share: number, groups: number) {
    this.#rows = rows;
    this.#meanings = meanings;
    this.#share = share;
    this.#meant = new Float32Array(groups * DIMENSIONS);
    this.#weights = new Float64Array(groups);
  }

  add(row: number, group: number): void {
    const { starts, places, weights } = this.#rows;
    this.#written[group] ??= new Map();
    const sum = this.#written[group] as Map<number, number>;
    for (let q = starts[row] as number; q < (starts[row + 1] as number); q++) {
      sum.set(places[q] as number, (sum.get(places[q] as number) ?? 0) + (weights[q] as number));
    }
    for (let d = 0; d < DIMENSIONS; d++) (this.#meant[group * DIMENSIONS + d] as number) += this.#meanings[row * DIMENSIONS + d] as number;
    (this.#weights[group] as number) += 1;
  }

  /** The cosine to the middle. */
  strength(row: number, group: number): number {
    const { lengths } = this.#posted();
    const length = lengths[group] as number;
    if (length === 0) return 1;
    return Math.min(1, Math.max(0, (this.#averages(row)[group] as number) / length));
  }

  readonly #scores: { row: number; values: Float64Array } = { row: -1, values: new Float64Array(0) };

  #averages(row: number): Float64Array {
    if (this.#scores.row === row) return this.#scores.values;
    const { begins, groups, weights } = this.#posted();
    const size = this.#weights.length;
    const values = new Float64Array(size);
    const scale = 1 / (1 + this.#share);
    for (let q = this.#rows.starts[row] as number; q < (this.#rows.starts[row + 1] as number); q++) {
      const mine = scale * (this.#rows.weights[q] as number);
      const place = this.#rows.places[q] as number;
      for (let at = begins[place] as number; at < (begins[place + 1] as number); at++) {
        (values[groups[at] as number] as number) += mine * (weights[at] as number);
      }
    }
    if (this.#share > 0) {
      for (let group = 0; group < size; group++) {
        if (this.#weights[group] === 0) continue;
        let dot = 0;
        for (let d = 0; d < DIMENSIONS; d++)
          dot += (this.#meanings[row * DIMENSIONS + d] as number) * (this.#meant[group * DIMENSIONS + d] as number);
        (values[group] as number) += (scale * this.#share * dot) / (this.#weights[group] as number);
      }
    }
    this.#scores.row = row;
    this.#scores.values = values;
    return values;
  }

  #posted() {
    if (this.#postings) return this.#postings;
    const size = this.#weights.length;
    const kept = Array.from({ length: size }, (_, group) => {
      const sum = [...(this.#written[group] ?? [])];
      return sum.length <= KEPT_PLACES ? sum : sum.sort((one, other) => other[1] - one[1]).slice(0, KEPT_PLACES);
    });
    const total = kept.reduce((sum, list) => sum + list.length, 0);
    const made = {
      begins: new Int32Array(PLACES + 1),
      groups: new Int32Array(total),
      weights: new Float32Array(total),
      lengths: new Float64Array(size),
    };
    for (const list of kept) for (const [place] of list) (made.begins[place + 1] as number) += 1;
    for (let place = 0; place < PLACES; place++) (made.begins[place + 1] as number) += made.begins[place] as number;
    const ends = made.begins.slice();
    for (const [group, list] of kept.entries()) {
      const count = Math.max(1, this.#weights[group] as number);
      let squares = 0;
      for (const [place, sum] of list) {
        const end = ends[place] as number;
        made.groups[end] = group;
        made.weights[end] = sum / count;
        ends[place] = end + 1;
        squares += (sum / count) ** 2;
      }
      let meant = 0;
      for (let d = 0; d < DIMENSIONS; d++) meant += ((this.#meant[group * DIMENSIONS + d] as number) / count) ** 2;
      made.lengths[group] = Math.sqrt((squares + this.#share * meant) / (1 + this.#share));
    }
    this.#written.length = 0;
    this.#postings = made;
    return made;
  }
}
