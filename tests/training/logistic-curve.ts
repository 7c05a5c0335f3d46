/** Fits one logistic curve to weighted examples: gradient descent on inputs of mean 0 and deviation 1, and the curve given back for inputs as they are. */
export interface Fitted {
  bias: number;
  weights: number[];
}

export interface Case {
  signals: readonly number[];
  isRight: boolean;
  weight: number;
}

const ROUNDS = 300;
const RATE = 0.03;
const RESTRAINT = 1e-4;

export function fitCurve(cases: readonly Case[]): Fitted {
  const size = cases[0]?.signals.length ?? 0;
  const places = Array.from({ length: size }, (_, at) => at);
  const means = places.map((at) => cases.reduce((sum, { signals }) => sum + (signals[at] as number), 0) / cases.length);
  const spreads = places.map((at) => {
    const squares = cases.reduce((sum, { signals }) => sum + ((signals[at] as number) - (means[at] as number)) ** 2, 0);
    const spread = Math.sqrt(squares / cases.length);
    return spread > 1e-6 ? spread : 1;
  });
  const inputs = cases.map(({ signals }) => [
    1,
    ...places.map((at) => ((signals[at] as number) - (means[at] as number)) / (spreads[at] as number)),
  ]);
  const all = cases.reduce((sum, { weight }) => sum + weight, 0);
  const slopes = new Array<number>(size + 1).fill(0);
  const moved = new Array<number>(size + 1).fill(1e-8);
  for (let round = 0; round < ROUNDS; round++) {
    const pulls = slopes.map((slope) => RESTRAINT * slope);
    for (const [at, input] of inputs.entries()) {
      const { isRight, weight } = cases[at] as Case;
      let sum = 0;
      for (let q = 0; q <= size; q++) sum += (slopes[q] as number) * (input[q] as number);
      const wrong = ((1 / (1 + Math.exp(-sum)) - (isRight ? 1 : 0)) * weight) / all;
      for (let q = 0; q <= size; q++) (pulls[q] as number) += wrong * (input[q] as number);
    }
    const rate = RATE * Math.max(0.02, 1 - round / ROUNDS);
    for (let q = 0; q <= size; q++) {
      const pull = pulls[q] as number;
      moved[q] = 0.9 * (moved[q] as number) + 0.1 * pull * pull;
      (slopes[q] as number) -= (rate * pull) / Math.sqrt(moved[q] as number);
    }
  }
  const weights = places.map((at) => (slopes[at + 1] as number) / (spreads[at] as number));
  return { bias: (slopes[0] as number) - weights.reduce((sum, weight, at) => sum + weight * (means[at] as number), 0), weights };
}
