/**
 * Sentences as 64 numbers, near each other where sentences mean the same: the sum of what was learned for their words and for runs of
 * letters in them. Languages share the numbers, so that a question in one finds an answer in another.
 */
import { readFileSync } from 'node:fs';
import { hashOf } from './phrase-features.ts';
import { wordsOf } from './plain-words.ts';
import { stemOf } from './word-stems.ts';

export const DIMENSIONS = 64;
export const ROWS = 1 << 16;

export interface Encoder {
  /** `ROWS` times `DIMENSIONS`; a row of nothing was never learned. */
  table: Int8Array;
  /** What one step of each row is worth, its rarity included. */
  scales: Float32Array;
  /** The middles of the library's intents, one after another. */
  intents: Float32Array;
}

/** The rows of the table that speak for a sentence, and how loud. */
export function rowsOf(plain: string): Map<number, number> {
  const rows = new Map<number, number>();
  const add = (kind: number, piece: string, weight: number) => {
    const row = hashOf(kind, piece) >>> 16;
    rows.set(row, (rows.get(row) ?? 0) + weight);
  };
  let previous = '';
  for (const word of wordsOf(plain)) {
    const stem = stemOf(word);
    add(12, word, 1);
    add(13, stem, 1);
    if (previous !== '') add(14, `${previous} ${stem}`, 0.6);
    previous = stem;
    const edged = `<${word}>`;
    let runs = 0;
    for (let length = 3; length <= 5; length++) runs += Math.max(0, edged.length - length + 1);
    const weight = runs === 0 ? 0 : 1.2 / Math.sqrt(runs);
    for (let length = 3; length <= 5; length++) {
      for (let at = 0; at + length <= edged.length; at++) add(11, edged.slice(at, at + length), weight);
    }
  }
  return rows;
}

/** Of length one, or nothing but zeros where no piece of the sentence was ever learned. */
export function encode({ table, scales }: Pick<Encoder, 'table' | 'scales'>, plain: string): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (const [row, weight] of rowsOf(plain)) {
    const scale = (scales[row] as number) * weight;
    if (scale === 0) continue;
    const start = row * DIMENSIONS;
    for (let at = 0; at < DIMENSIONS; at++) (sum[at] as number) += scale * (table[start + at] as number);
  }
  let squares = 0;
  for (const value of sum) squares += value * value;
  if (squares === 0) return sum;
  const length = Math.sqrt(squares);
  return sum.map((value) => value / length);
}

/** How sharply a sentence is told to be of one of the library's intents rather than another. */
const SHARPNESS = 14;

/** What share of a meaning each of the library's intents has: together one. */
export function intentShares({ intents }: Encoder, meaning: Float32Array): Float32Array {
  const shares = new Float32Array(intents.length / DIMENSIONS);
  let all = 0;
  for (let intent = 0; intent < shares.length; intent++) {
    let cosine = 0;
    for (let d = 0; d < DIMENSIONS; d++) cosine += (intents[intent * DIMENSIONS + d] as number) * (meaning[d] as number);
    const share = Math.exp(SHARPNESS * cosine);
    shares[intent] = share;
    all += share;
  }
  return shares.map((share) => share / all);
}

let shipped: Encoder | undefined;

/** The encoder that comes with the product: the table, the scales, then the middles of the intents. Read once. */
export function readEncoder(): Encoder {
  if (shipped) return shipped;
  const file = readFileSync(new URL('./library/encoder.bin', import.meta.url));
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const table = ROWS * DIMENSIONS;
  shipped = {
    table: new Int8Array(bytes, 0, table),
    scales: new Float32Array(bytes, table, ROWS),
    intents: new Float32Array(bytes, table + 4 * ROWS),
  };
  return shipped;
}
