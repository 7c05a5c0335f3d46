/** How often a candidate with such signals was the right answer: one logistic curve, fitted by `npm run train:answers`. */
import { readFileSync } from 'node:fs';

interface Curve {
  bias: number;
  /** In the order of `signalNames`. */
  weights: number[];
}

const curve: Curve = JSON.parse(readFileSync(new URL('./library/confidence.json', import.meta.url), 'utf8'));

export function confidenceOf(signals: readonly number[]): number {
  const sum = signals.reduce((total, signal, at) => total + signal * (curve.weights[at] as number), curve.bias);
  return 1 / (1 + Math.exp(-sum));
}
