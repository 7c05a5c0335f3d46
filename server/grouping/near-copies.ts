/** Texts that are the same but for a slip or a word: each follows the most frequent one that it is nearly a copy of. */
import { lettersOf } from '../matching/phrase-features.ts';
import { Frequencies, PLACES, type Rows, toRows } from './phrase-rows.ts';

const COPY_AT = 0.7;
/** A copy is looked for among those that share the rarest runs of letters. */
const RARE_RUNS = 14;
const SHARED_MIN = 3;
const LOOKED_AT = 10;
const CROWD_MAX = 300;

/** For each text the number of the one that it is a copy of, or its own. `mayFollow`: whether the first may be taken for the second. */
export function findCopies(
  plains: readonly string[],
  order: Iterable<number>,
  mayFollow: (one: number, head: number) => boolean,
): Int32Array {
  const frequencies = new Frequencies();
  for (const plain of plains) frequencies.learn(lettersOf(plain));
  const rows = toRows(plains, frequencies, lettersOf);
  const heads = Int32Array.from(plains, (_, at) => at);
  const crowd = new Crowd(plains.length);
  const dense = new Float32Array(PLACES);
  const shared = new Map<number, number>();
  for (const one of order) {
    const rare = rarestOf(one, rows, frequencies);
    shared.clear();
    for (const place of rare) crowd.each(place, (head) => shared.set(head, (shared.get(head) ?? 0) + 1));
    const likely = [...shared].filter(([, count]) => count >= Math.min(SHARED_MIN, rare.length)).sort((a, b) => b[1] - a[1]);
    spread(rows, one, dense, 1);
    let best = COPY_AT;
    for (const [head] of likely.slice(0, LOOKED_AT)) {
      const likeness = dotDense(rows, head, dense);
      if (likeness <= best || !mayFollow(one, head)) continue;
      best = likeness;
      heads[one] = head;
    }
    spread(rows, one, dense, 0);
    if (heads[one] === one) for (const place of rare) crowd.add(place, one);
  }
  return heads;
}

/** Who has which place, as lists that are chained through two arrays. */
class Crowd {
  readonly #first = new Int32Array(PLACES).fill(-1);
  readonly #sizes = new Uint16Array(PLACES);
  readonly #members: Int32Array;
  readonly #next: Int32Array;
  #end = 0;

  constructor(texts: number) {
    this.#members = new Int32Array(texts * RARE_RUNS);
    this.#next = new Int32Array(texts * RARE_RUNS);
  }

  add(place: number, member: number): void {
    if ((this.#sizes[place] as number) >= CROWD_MAX) return;
    (this.#sizes[place] as number) += 1;
    this.#members[this.#end] = member;
    this.#next[this.#end] = this.#first[place] as number;
    this.#first[place] = this.#end++;
  }

  each(place: number, take: (member: number) => void): void {
    for (let at = this.#first[place] as number; at >= 0; at = this.#next[at] as number) take(this.#members[at] as number);
  }
}

function rarestOf(one: number, rows: Rows, frequencies: Frequencies): number[] {
  return [...rows.places.subarray(rows.starts[one], rows.starts[one + 1])]
    .sort((a, b) => frequencies.seenIn(a) - frequencies.seenIn(b))
    .slice(0, RARE_RUNS);
}

function spread({ starts, places, weights }: Rows, one: number, dense: Float32Array, scale: number): void {
  for (let q = starts[one] as number; q < (starts[one + 1] as number); q++) dense[places[q] as number] = scale * (weights[q] as number);
}

function dotDense({ starts, places, weights }: Rows, one: number, dense: Float32Array): number {
  let sum = 0;
  for (let q = starts[one] as number; q < (starts[one + 1] as number); q++)
    sum += (dense[places[q] as number] as number) * (weights[q] as number);
  return sum;
}
