/** Phrases as vectors of length one: what few phrases have weighs more than what all have. */
import type { Features } from './phrase-features.ts';

/** Parallel: the feature's place in the space, and its weight. */
export interface SparseVector {
  places: Int32Array;
  weights: Float32Array;
}

/** Places are given to features as phrases are learned; what no phrase has is not looked at. */
export class FeatureSpace {
  readonly #places = new Map<number, number>();
  readonly #seenIn: number[] = [];
  #phrases = 0;

  get size(): number {
    return this.#places.size;
  }

  learn(features: Features): void {
    this.#phrases += 1;
    for (const feature of features.keys()) {
      const place = this.#places.get(feature) ?? this.#places.size;
      this.#places.set(feature, place);
      this.#seenIn[place] = (this.#seenIn[place] ?? 0) + 1;
    }
  }

  /** How rare a feature is; of one that no phrase has, as rare as can be. */
  rarityOf(feature: number): number {
    const place = this.#places.get(feature);
    return rarity(this.#phrases, place === undefined ? 0 : (this.#seenIn[place] as number));
  }

  has(feature: number): boolean {
    return this.#places.has(feature);
  }

  /** The length counts what is not known, too: a question of which half is strange is near to nothing. */
  toVector(features: Features, share: number): SparseVector {
    const places: number[] = [];
    const weights: number[] = [];
    let squares = 0;
    for (const [feature, count] of features) {
      const place = this.#places.get(feature);
      const weight =
        (count >= 1 ? 1 + Math.log(count) : count) * rarity(this.#phrases, place === undefined ? 0 : (this.#seenIn[place] as number));
      squares += weight * weight;
      if (place === undefined) continue;
      places.push(place);
      weights.push(weight);
    }
    const scale = squares === 0 ? 0 : Math.sqrt(share / squares);
    return { places: Int32Array.from(places), weights: Float32Array.from(weights, (weight) => weight * scale) };
  }
}

function rarity(phrases: number, seenIn: number): number {
  return Math.max(0.1, Math.log((phrases + 1) / (seenIn + 0.5)));
}
