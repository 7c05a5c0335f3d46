import type { Encoder } from '../matching/sentence-encoder.ts';

/** Null where none is shipped: texts are then compared by their letters and words alone. */
export function readEncoder(): Encoder | null {
  return null;
}
