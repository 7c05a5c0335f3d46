/** How often a candidate with such signals was the right answer: logistic curves, fitted by `npm run train:answers`. */
import { readFileSync } from 'node:fs';

interface Curve {
  bias: number;
  /** In the order of `signalNames`. */
  weights: number[];
}

interface Curves {
  amongMany: Curve;
  /** By what a candidate is in itself, since few rivals prove little. */
  alone: Curve;
}

const curves: Curves = JSON.parse(readFileSync(new URL('./library/confidence.json', import.meta.url), 'utf8'));

/** Fewer answers than this do not show a candidate to be the best of what might be asked. */
const FEW_ANSWERS = 6;

export function confidenceOf(signals: readonly number[], answers: number): number {
  const amongMany = heightOf(curves.amongMany, signals);
  return answers < FEW_ANSWERS ? Math.min(amongMany, heightOf(curves.alone, signals)) : amongMany;
}

function heightOf({ bias, weights }: Curve, signals: readonly number[]): number {
  const sum = signals.reduce((total, signal, at) => total + signal * (weights[at] as number), bias);
  return 1 / (1 + Math.exp(-sum));
}
