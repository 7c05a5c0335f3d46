/**
 * `npm run train:answers`: teaches the encoder, fits the curve that turns signals into a confidence, and writes both where the product
 * reads them. The encoder hears none of the question sets. The curve is fitted on all of them; what is printed is how a curve does that
 * was fitted on the other families only. `curve` leaves the encoder as it is.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { lookedAt, rivalsOf } from '../../server/matching/judgement.ts';
import { readLibrary } from '../../server/matching/library.ts';
import { type Candidate, Matcher } from '../../server/matching/matcher.ts';
import { toPlain } from '../../server/matching/plain-words.ts';
import { DIMENSIONS, type Encoder, encode, readEncoder } from '../../server/matching/sentence-encoder.ts';
import { ownSignals, signalNames, signalsOf } from '../../server/matching/signals.ts';
import { table } from '../bench/figures.ts';
import { teachEncoder } from './encoder-lessons.ts';
import { readLessons } from './lessons.ts';
import { type Case, fitCurve } from './logistic-curve.ts';
import { type Asked, familyOf, makeBusiness, type QuestionSet, randomFrom, readSet, shuffled } from './question-sets.ts';

const STEPS = Number(process.env.TRAIN_STEPS ?? 8_000);
const BATCH = 128;
/** Answers of a business: most begin with a few. */
const SIZES = [Number.POSITIVE_INFINITY, 40, 5, Number.POSITIVE_INFINITY, 12, 3];
const library = path.join(import.meta.dirname, '../../server/matching/library');

/** Which sets, with how many phrases an answer, and how many businesses are made of each. */
const plan: readonly [file: string, phrases: readonly number[], seeds: number][] = [
  ['banking20mini.he.jsonl', [1, 3, 5], 12],
  ['smbfaq.he.jsonl', [1, 3, 5], 12],
  ['smbfaq.ru.jsonl', [1, 3], 12],
  ['arbanking77.ar.jsonl', [1, 5, 10], 6],
  ['banking77.en.jsonl', [1, 5, 10], 6],
  ['clinc150.en.jsonl', [1, 5, 10], 6],
  ['hwu64.en.jsonl', [1, 5, 10], 6],
];

/** A question, what was thought of, and how much it counts: the groups of one set and number of phrases count the same together. */
interface Thought {
  group: string;
  family: string;
  asked: Asked;
  weight: number;
  candidates: { isRight: boolean; signals: number[] }[];
}

if (process.argv[2] !== 'curve') {
  const learned = teachEncoder(readLessons(), { steps: STEPS, batch: BATCH });
  const parts = [learned.table, learned.scales, middlesOfIntents(learned)];
  writeFileSync(path.join(library, 'encoder.bin'), Buffer.concat(parts.map(({ buffer }) => Buffer.from(buffer as ArrayBuffer))));
  console.log(`The encoder was taught in ${STEPS} steps.`);
}
const thoughts = think(readEncoder(), { sizes: SIZES, outsideShare: 1 / 4 });
const families = [...new Set(thoughts.map(({ family }) => family))];
const curves = new Map(families.map((family) => [family, fitCurve(toCases(thoughts.filter((thought) => thought.family !== family)))]));
print();
const curve = rounded(fitCurve(toCases(thoughts)));
const alone = rounded(fitAlone(think(readEncoder(), { sizes: [1, 2], outsideShare: 2 })));
writeFileSync(
  path.join(library, 'confidence.json'),
  `${JSON.stringify({ amongMany: curve, alone }, null, 2)}
`,
);
console.log(signalNames.map((name, at) => `${name} ${curve.weights[at]} ${alone.weights[at]}`).join(', '));

function middlesOfIntents(encoder: Pick<Encoder, 'table' | 'scales'>): Float32Array {
  const middles = readLibrary().map(({ phrasings }) => {
    const sum = new Float32Array(DIMENSIONS);
    for (const text of Object.values(phrasings).flat())
      for (const [d, value] of encode(encoder, toPlain(text)).entries()) (sum[d] as number) += value;
    const length = Math.hypot(...sum);
    return sum.map((value) => value / length);
  });
  return Float32Array.from(middles.flatMap((middle) => [...middle]));
}

/** Of one or two answers: only what each is in itself counts. */
function fitAlone(few: readonly Thought[]): { bias: number; weights: number[] } {
  const places = ownSignals.map((name) => signalNames.indexOf(name));
  const cases = few.flatMap(({ candidates }) =>
    candidates.slice(0, 1).map(({ isRight, signals }) => ({
      isRight,
      signals: places.map((place) => signals[place] as number),
      weight: 1,
    })),
  );
  const { bias, weights } = fitCurve(cases);
  return { bias, weights: signalNames.map((_, at) => (places.includes(at) ? (weights[places.indexOf(at)] as number) : 0)) };
}

interface Houses {
  /** How many answers the businesses have, in turn. */
  sizes: readonly number[];
  outsideShare: number;
}

function think(encoder: Encoder, { sizes, outsideShare }: Houses): Thought[] {
  const strange = readStrange();
  return plan.flatMap(([file, numbers, seeds]) => {
    const set = readSet(file);
    return numbers.flatMap((phrases) => {
      const group = `${set.name}, ${phrases}`;
      const thought: Thought[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const answersMax = sizes[seed % sizes.length] as number;
        thought.push(...thinkOf(set, { phrases, seed, answersMax, outsideShare, strange: strangeTo(set, strange), encoder, group }));
      }
      return weighed(thought);
    });
  });
}

interface Occasion {
  phrases: number;
  seed: number;
  answersMax: number;
  outsideShare: number;
  strange: readonly string[];
  encoder: Encoder;
  group: string;
}

function thinkOf(set: QuestionSet, { phrases, seed, answersMax, outsideShare, strange, encoder, group }: Occasion): Thought[] {
  const { answers, asked } = makeBusiness(set, { phrases, seed, strange, askedMax: 700, answersMax, outsideShare });
  const matcher = Matcher.build(answers, encoder);
  return asked.map((one) => {
    const ranking = matcher.rank(one.text);
    const rivals = rivalsOf(ranking.candidates);
    const toThought = (candidate: Candidate) => ({
      isRight: answers[candidate.answer]?.id === one.label,
      signals: signalsOf(matcher, ranking, candidate, rivals),
    });
    return { group, family: familyOf(set), asked: one, weight: 1, candidates: lookedAt(rivals).map(toThought) };
  });
}

function readStrange(): { he: string[]; en: string[] } {
  const en = readSet('clinc150.en.jsonl').questions.flatMap(({ label, text }) => (label === 'oos' ? [text] : []));
  const he = readSet('heq_questions.he.jsonl').questions.map(({ text }) => text);
  return { he: shuffled(he, randomFrom(7)).slice(0, 400), en };
}

function strangeTo({ name }: QuestionSet, strange: { he: string[]; en: string[] }): readonly string[] {
  if (name.endsWith('.he')) return strange.he;
  return name.endsWith('.en') && !name.startsWith('clinc') ? strange.en : [];
}

/** Four fifths for what can be answered, one fifth for the rest. */
function weighed(thoughts: Thought[]): Thought[] {
  const count = (kind: string) => thoughts.filter(({ asked }) => asked.kind === kind).length;
  const outside = count('near') + count('far');
  return thoughts.map((thought) => ({ ...thought, weight: thought.asked.kind === 'in' ? 0.8 / count('in') : 0.2 / outside }));
}

function toCases(thoughts: readonly Thought[]): Case[] {
  return thoughts.flatMap(({ candidates, weight }) =>
    candidates.map(({ isRight, signals }, place) => ({ isRight, signals, weight: place === 0 ? weight : weight / 3 })),
  );
}

function print(): void {
  const thresholds = [0.85, 0.9, 0.92, 0.94];
  const groups = [...new Set(thoughts.map(({ group }) => group))];
  const rows = groups.map((group) => {
    const own = thoughts.filter((thought) => thought.group === group);
    const judged = own.map(({ family, candidates, asked, weight }) => {
      const { bias, weights } = curves.get(family) as { bias: number; weights: number[] };
      const sure = candidates.map(({ isRight, signals }) => {
        const sum = signals.reduce((total, signal, at) => total + signal * (weights[at] as number), bias);
        return { isRight, confidence: 1 / (1 + Math.exp(-sum)) };
      });
      return { asked, weight, best: sure.reduce((best, one) => (one.confidence > best.confidence ? one : best)) };
    });
    const inside = judged.filter(({ asked }) => asked.kind === 'in');
    const top = inside.filter(({ best }) => best.isRight).length / inside.length;
    const cells = thresholds.map((threshold) => {
      const given = judged.filter(({ best }) => best.confidence >= threshold);
      const sum = (list: typeof given) => list.reduce((total, { weight }) => total + weight, 0);
      const falsely = (kind: string) =>
        given.filter(({ asked }) => asked.kind === kind).length / judged.filter(({ asked }) => asked.kind === kind).length;
      const covered = given.filter(({ asked }) => asked.kind === 'in').length / inside.length;
      const precision = sum(given.filter(({ best }) => best.isRight)) / sum(given);
      return `${percent(covered)} (${percent(precision)}) ${percent(falsely('near'))}/${percent(falsely('far'))}`;
    });
    return [group, percent(top), ...cells];
  });
  console.log(table(['coverage (precision) near/far false', 'top-1', ...thresholds.map(String)], rows));
}

function percent(share: number): string {
  return (100 * share).toFixed(share < 0.05 ? 1 : 0);
}

function rounded({ bias, weights }: { bias: number; weights: number[] }) {
  return { bias: round(bias), weights: weights.map(round) };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
