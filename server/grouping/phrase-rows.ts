/** Many short texts as rows of numbers: sparse ones by what is written, dense ones by what is meant. */
import { lettersOf, rootsOf } from '../matching/phrase-features.ts';
import { DIMENSIONS, type Encoder, encode } from '../matching/sentence-encoder.ts';

/** Features share this many places; what collides is too little to be seen. */
export const PLACES = 1 << 20;
/** What stands in more than this share of the texts tells nothing. */
const COMMON_SHARE = 0.3;
const LETTERS_WEIGHT = 0.35;

/** Row `n` is from `starts[n]` to `starts[n + 1]`; its length as a vector is one, or nothing. */
export interface Rows {
  starts: Int32Array;
  places: Int32Array;
  weights: Float32Array;
}

export type FeaturesOf = (plain: string) => Map<number, number>;

/** Words and their roots, and runs of letters. */
export function writtenOf(plain: string): Map<number, number> {
  const features = rootsOf(plain);
  for (const [feature, count] of lettersOf(plain)) features.set(feature, count * LETTERS_WEIGHT);
  return features;
}

/** How many texts have a feature, by its place. */
export class Frequencies {
  readonly #seenIn = new Uint32Array(PLACES);
  #texts = 0;

  learn(features: ReadonlyMap<number, number>): void {
    this.#texts += 1;
    for (const feature of features.keys()) (this.#seenIn[placeOf(feature)] as number) += 1;
  }

  seenIn(place: number): number {
    return this.#seenIn[place] as number;
  }

  /** Nothing for what one text alone has, and for what nearly all have. */
  rarityOf(place: number): number {
    const seen = this.#seenIn[place] as number;
    if (seen < 2 || seen > Math.max(20, this.#texts * COMMON_SHARE)) return 0;
    return Math.log((this.#texts + 1) / (seen + 0.5));
  }

  /** Of length one: what is rare weighs more. */
  rowOf(features: ReadonlyMap<number, number>): { places: number[]; weights: number[] } {
    const places: number[] = [];
    const weights: number[] = [];
    let squares = 0;
    for (const [feature, count] of features) {
      const place = placeOf(feature);
      const weight = (count >= 1 ? 1 + Math.log(count) : count) * this.rarityOf(place);
      if (weight === 0) continue;
      places.push(place);
      weights.push(weight);
      squares += weight * weight;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    return { places, weights: weights.map((weight) => weight * scale) };
  }
}

function placeOf(feature: number): number {
  return feature >>> 12;
}

export function toRows(plains: readonly string[], frequencies: Frequencies, featuresOf: FeaturesOf): Rows {
  const starts = new Int32Array(plains.length + 1);
  let places = new Int32Array(plains.length * 64 + 64);
  let weights = new Float32Array(places.length);
  for (const [at, plain] of plains.entries()) {
    const row = frequencies.rowOf(featuresOf(plain));
    const from = starts[at] as number;
    const to = from + row.places.length;
    if (to > places.length) {
      places = grown(places, Int32Array, to);
      weights = grown(weights, Float32Array, to);
    }
    places.set(row.places, from);
    weights.set(row.weights, from);
    starts[at + 1] = to;
  }
  return { starts, places, weights };
}

function grown<T extends Int32Array | Float32Array>(old: T, Kind: new (size: number) => T, atLeast: number): T {
  const next = new Kind(Math.max(atLeast, Math.ceil(old.length * 1.5)));
  next.set(old);
  return next;
}

/** `DIMENSIONS` numbers a text, one text after the other; all nothing without an encoder. */
export function toMeanings(plains: readonly string[], encoder: Encoder | null): Float32Array {
  const meanings = new Float32Array(plains.length * DIMENSIONS);
  if (encoder) for (const [at, plain] of plains.entries()) meanings.set(encode(encoder, plain), at * DIMENSIONS);
  return meanings;
}
