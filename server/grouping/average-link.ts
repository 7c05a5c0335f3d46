/** Groups by the average of how alike all their members are, by the chain of nearest neighbours: exact, and in the square of the number. */

/** Likeness of each pair of `count` things, once. */
export class Likenesses {
  readonly count: number;
  readonly values: Float32Array;

  constructor(count: number) {
    this.count = count;
    this.values = new Float32Array((count * (count - 1)) / 2);
  }

  /** Where the pair stands; `one` and `other` differ. */
  at(one: number, other: number): number {
    return one > other ? (one * (one - 1)) / 2 + other : (other * (other - 1)) / 2 + one;
  }
}

export interface Merge {
  /** This one goes into the other. */
  from: number;
  into: number;
  likeness: number;
}

export class AverageLink {
  readonly #pairs: Likenesses;
  readonly #sizes: Float64Array;
  readonly #alive: Uint8Array;

  /** The likenesses are used up. */
  constructor(pairs: Likenesses) {
    this.#pairs = pairs;
    this.#sizes = new Float64Array(pairs.count).fill(1);
    this.#alive = new Uint8Array(pairs.count).fill(1);
  }

  /** What belongs together whatever it looks like is joined before anything else. */
  join(from: number, into: number): void {
    const { values } = this.#pairs;
    const sizes = this.#sizes;
    const mine = sizes[from] as number;
    const theirs = sizes[into] as number;
    for (let other = 0; other < this.#pairs.count; other++) {
      if (this.#alive[other] === 0 || other === from || other === into) continue;
      const at = this.#pairs.at(into, other);
      values[at] = (mine * (values[this.#pairs.at(from, other)] as number) + theirs * (values[at] as number)) / (mine + theirs);
    }
    this.#alive[from] = 0;
    sizes[into] = mine + theirs;
  }

  /** All merges down to `floor`, in the order in which the chain finds them. */
  *merging(floor: number): Generator<number, Merge[]> {
    const merges: Merge[] = [];
    const chain: number[] = [];
    let first = 0;
    for (let steps = 0; ; steps++) {
      if (chain.length === 0) {
        while (first < this.#pairs.count && this.#alive[first] === 0) first++;
        if (first >= this.#pairs.count) return merges;
        chain.push(first);
      }
      const end = chain.at(-1) as number;
      const before = chain.at(-2) ?? -1;
      const nearest = this.#nearestTo(end, before);
      const likeness = nearest < 0 ? Number.NEGATIVE_INFINITY : (this.#pairs.values[this.#pairs.at(end, nearest)] as number);
      if (likeness < floor) {
        // Merging others brings nobody nearer, so this one is done.
        this.#alive[end] = 0;
        chain.length = 0;
      } else if (nearest === before) {
        chain.length -= 2;
        merges.push({ from: end, into: before, likeness });
        this.join(end, before);
      } else chain.push(nearest);
      if (steps % 64 === 0) yield merges.length;
    }
  }

  #nearestTo(one: number, favourite: number): number {
    const { values, count } = this.#pairs;
    let nearest = favourite;
    let best = favourite < 0 ? Number.NEGATIVE_INFINITY : (values[this.#pairs.at(one, favourite)] as number);
    const row = (one * (one - 1)) / 2;
    for (let other = 0; other < one; other++) {
      if (this.#alive[other] === 0) continue;
      const likeness = values[row + other] as number;
      if (likeness > best) [best, nearest] = [likeness, other];
    }
    for (let other = one + 1, at = row + one + one; other < count; at += other, other++) {
      if (this.#alive[other] === 0) continue;
      const likeness = values[at] as number;
      if (likeness > best) [best, nearest] = [likeness, other];
    }
    return nearest;
  }
}
