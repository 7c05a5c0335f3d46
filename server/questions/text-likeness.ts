/** How near texts are to each other, and which of them stand for the others. */
import { lettersOf, rootsOf } from '../matching/phrase-features.ts';
import { toPlain } from '../matching/plain-words.ts';
import { FeatureSpace } from '../matching/weighing.ts';

const FEW = 8;

/** How near each is to each, 0 to 1. For some hundred at most: everybody waits while they are compared. */
export function compareTexts(texts: readonly string[]): number[][] {
  const letters = new FeatureSpace();
  const roots = new FeatureSpace();
  const features = texts.map((text) => {
    const plain = toPlain(text);
    return { letters: lettersOf(plain), roots: rootsOf(plain) };
  });
  for (const one of features) {
    letters.learn(one.letters);
    roots.learn(one.roots);
  }
  const vectors = features.map((one) => {
    const vector = new Map<number, number>();
    const first = letters.toVector(one.letters, 0.5);
    const second = roots.toVector(one.roots, 0.5);
    for (const [at, place] of first.places.entries()) vector.set(place * 2, first.weights[at] as number);
    for (const [at, place] of second.places.entries()) vector.set(place * 2 + 1, second.weights[at] as number);
    return vector;
  });
  return vectors.map((one) => vectors.map((other) => dot(one, other)));
}

function dot(one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): number {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [place, weight] of few) sum += weight * (many.get(place) ?? 0);
  return sum;
}

/** The place of the one that is nearest to all of them, each counted by its weight. */
export function mostTypical(nearness: readonly (readonly number[])[], weights: readonly number[]): number {
  const sums = nearness.map((row) => row.reduce((sum, value, at) => sum + value * (weights[at] as number), 0));
  return sums.reduce(
    (best, sum, at) => (sum * (weights[at] as number) ** 0.25 > (sums[best] as number) * (weights[best] as number) ** 0.25 ? at : best),
    0,
  );
}

/** The most typical one first, then always the one that is farthest from those chosen; what hardly belongs to them is left out. */
export function mostDiverse(nearness: readonly (readonly number[])[], weights: readonly number[], wanted: number): number[] {
  if (nearness.length === 0) return [];
  const first = mostTypical(nearness, weights);
  const chosen = [first];
  const belonging = (at: number) => (nearness[at] as number[]).reduce((sum, value) => sum + value, 0);
  // Of a few nobody stands so far apart that it does not belong.
  const usual =
    nearness.length <= FEW
      ? 0
      : (nearness.map((_, at) => belonging(at)).toSorted((one, other) => one - other)[Math.floor(nearness.length / 4)] as number);
  const rest = new Set(nearness.keys());
  rest.delete(first);
  while (chosen.length < wanted && rest.size > 0) {
    const nearest = (at: number) => Math.max(...chosen.map((one) => (nearness[one] as number[])[at] as number));
    const fitting = [...rest].filter((at) => belonging(at) >= usual && nearest(at) < 0.95);
    if (fitting.length === 0) break;
    const next = fitting.reduce((best, at) => (nearest(at) < nearest(best) ? at : best));
    chosen.push(next);
    rest.delete(next);
  }
  return chosen;
}
