/**
 * For each answer a plane between its phrases and everybody else's (a linear support vector machine with squared hinge loss, by
 * dual coordinate descent). Only the nearest strangers can touch a plane, so only they are looked at: that is what makes an edit quick.
 */
import type { SparseVector } from './weighing.ts';

export interface Example {
  /** The number of the answer. */
  answer: number;
  vector: SparseVector;
  /** Borrowed phrases weigh less than the answer's own. */
  trust: number;
}

/** Which phrases hold the plane, and how firmly; strangers push with a negative weight. */
export interface Plane {
  examples: Int32Array;
  pushes: Float32Array;
}

const ROUNDS = 12;
const STRICTNESS = 0.3;
const STRANGERS_MAX = 400;

export function trainPlane(
  answer: number,
  examples: readonly Example[],
  strangers: Int32Array,
  scratch: Float32Array,
  answers: number,
): Plane {
  const own: number[] = [];
  for (const [at, example] of examples.entries()) if (example.answer === answer) own.push(at);
  const chosen = [...own, ...strangers];
  const pushes = new Float32Array(chosen.length);
  const favour = Math.min(20, Math.sqrt(answers));
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = 0; at < chosen.length; at++) {
      const { vector, trust } = examples[chosen[at] as number] as Example;
      const side = at < own.length ? 1 : -1;
      const slack = 1 / (2 * STRICTNESS * trust * (side > 0 ? favour : 1));
      const { places, weights } = vector;
      let score = 0;
      let length = 0;
      for (let q = 0; q < places.length; q++) {
        const weight = weights[q] as number;
        score += (scratch[places[q] as number] as number) * weight;
        length += weight * weight;
      }
      const before = pushes[at] as number;
      const after = Math.max(0, before - (side * score - 1 + before * slack) / (length + slack));
      if (after === before) continue;
      pushes[at] = after;
      const step = (after - before) * side;
      for (let q = 0; q < places.length; q++) (scratch[places[q] as number] as number) += step * (weights[q] as number);
    }
  }
  for (const at of chosen) for (const place of (examples[at] as Example).vector.places) scratch[place] = 0;
  const held = [...pushes.keys()].filter((at) => pushes[at] !== 0);
  return {
    examples: Int32Array.from(held, (at) => chosen[at] as number),
    pushes: Float32Array.from(held, (at) => (at < own.length ? 1 : -1) * (pushes[at] as number)),
  };
}

/** The phrases of others that are nearest to the middle of this answer's. */
export function nearestStrangers(answer: number, nearness: Float32Array, examples: readonly Example[]): Int32Array {
  const others: number[] = [];
  for (const [at, example] of examples.entries()) if (example.answer !== answer && (nearness[at] as number) > 0) others.push(at);
  if (others.length > STRANGERS_MAX) {
    others.sort((one, other) => (nearness[other] as number) - (nearness[one] as number));
    others.length = STRANGERS_MAX;
  }
  return Int32Array.from(others);
}
