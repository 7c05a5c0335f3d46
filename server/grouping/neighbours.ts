/** For each the few that are most like it. */
import type { Likenesses } from './average-link.ts';

export const NEIGHBOURS = 10;

export interface Neighbours {
  /** `NEIGHBOURS` a thing, the nearest first; -1 where there are fewer. */
  ids: Int32Array;
  /** The average likeness to the first `crowdOf` of them: how crowded it is there. */
  crowding: Float32Array;
}

export function findNeighbours({ count, values }: Likenesses): Neighbours {
  const ids = new Int32Array(count * NEIGHBOURS).fill(-1);
  const nearness = new Float32Array(count * NEIGHBOURS).fill(Number.NEGATIVE_INFINITY);
  for (let one = 1, at = 0; one < count; one++) {
    for (let other = 0; other < one; other++, at++) {
      const value = values[at] as number;
      if (value > (nearness[(one + 1) * NEIGHBOURS - 1] as number)) insert(ids, nearness, one, other, value);
      if (value > (nearness[(other + 1) * NEIGHBOURS - 1] as number)) insert(ids, nearness, other, one, value);
    }
  }
  const crowding = new Float32Array(count);
  const asked = crowdOf(count);
  for (let one = 0; one < count; one++) {
    const from = one * NEIGHBOURS;
    for (let q = from; q < from + asked; q++) if ((ids[q] as number) >= 0) (crowding[one] as number) += (nearness[q] as number) / asked;
  }
  return { ids, crowding };
}

/** So many neighbours make a crowd: among few texts fewer ask the same. */
export function crowdOf(count: number): number {
  return Math.min(NEIGHBOURS, Math.max(2, Math.round(Math.sqrt(count) / 4)));
}

function insert(ids: Int32Array, nearness: Float32Array, one: number, other: number, value: number): void {
  const from = one * NEIGHBOURS;
  let q = from + NEIGHBOURS - 1;
  while (q > from && (nearness[q - 1] as number) < value) {
    nearness[q] = nearness[q - 1] as number;
    ids[q] = ids[q - 1] as number;
    q--;
  }
  nearness[q] = value;
  ids[q] = other;
}
