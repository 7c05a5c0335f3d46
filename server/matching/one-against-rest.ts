/**
 * For each answer a plane between its phrases and everybody else's (a linear support vector machine with squared hinge loss, by
 * dual coordinate descent). Only the nearest strangers can touch a plane, so only they are looked at: that is what makes an edit quick.
 */
import type { SparseVector } from './weighing.ts';

export interface Example {
  /** The number of the answer. */
  answer: number;
  vector: SparseVector;
  /** Its length, squared. */
  square: number;
}

/** Which phrases hold the plane, and how firmly; strangers push with a negative weight. */
export interface Plane {
  examples: Int32Array;
  pushes: Float32Array;
}

const ROUNDS = 12;
const STRICTNESS = 0.15;
const STRANGERS_MAX = 1_500;
/** In these rounds everybody is looked at; in the others only those who touched the plane, or were on its wrong side, when last looked at. */
const WIDE_ROUNDS = new Set([0, 5]);

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
  const touches = new Uint8Array(chosen.length);
  for (let round = 0; round < ROUNDS; round++) {
    const isWide = WIDE_ROUNDS.has(round);
    for (let at = 0; at < chosen.length; at++) {
      if (!isWide && touches[at] === 0) continue;
      const { vector, square } = examples[chosen[at] as number] as Example;
      const side = at < own.length ? 1 : -1;
      const slack = 1 / (2 * STRICTNESS * (side > 0 ? favour : 1));
      const { places, weights } = vector;
      let score = 0;
      for (let q = 0; q < places.length; q++) score += (scratch[places[q] as number] as number) * (weights[q] as number);
      const before = pushes[at] as number;
      const after = Math.max(0, before - (side * score - 1 + before * slack) / (square + slack));
      touches[at] = after > 0 ? 1 : 0;
      if (after === before) continue;
      pushes[at] = after;
      const step = (after - before) * side;
      for (let q = 0; q < places.length; q++) (scratch[places[q] as number] as number) += step * (weights[q] as number);
    }
  }
  scratch.fill(0);
  const held = [...pushes.keys()].filter((at) => pushes[at] !== 0);
  return {
    examples: Int32Array.from(held, (at) => chosen[at] as number),
    pushes: Float32Array.from(held, (at) => (at < own.length ? 1 : -1) * (pushes[at] as number)),
  };
}

/** The phrases of others that are nearest to the middle of this answer's. */
export function nearestStrangers(answer: number, nearness: Float32Array, examples: readonly Example[]): Int32Array {
  const others: number[] = [];
  for (let at = 0; at < examples.length; at++) {
    if ((examples[at] as Example).answer !== answer && (nearness[at] as number) > 0) others.push(at);
  }
  if (others.length <= STRANGERS_MAX) return Int32Array.from(others);
  const ordered = Float32Array.from(others, (at) => nearness[at] as number).sort();
  const least = ordered[ordered.length - STRANGERS_MAX] as number;
  return Int32Array.from(others.filter((at) => (nearness[at] as number) >= least));
}
