/** What was tried first: plain average link, and k-means, both on runs of letters weighed by their rarity. */
import { AverageLink } from '../../server/grouping/average-link.ts';
import { compareAll } from '../../server/grouping/likeness.ts';
import { Frequencies, PLACES, type Rows, toRows } from '../../server/grouping/phrase-rows.ts';
import { lettersOf } from '../../server/matching/phrase-features.ts';
import { toPlain } from '../../server/matching/plain-words.ts';
import { DIMENSIONS } from '../../server/matching/sentence-encoder.ts';
import { dice } from './question-town.ts';

const COMPARED_MAX = 6_000;
/** The best of 0.08, 0.12, 0.16, 0.2 and 0.25 on banking77 and clinc150. */
const AVERAGE_AT = 0.12;
const ROUNDS = 12;

interface Prepared {
  texts: string[];
  textOf: Int32Array;
  rows: Rows;
}

function prepare(questions: readonly string[]): Prepared {
  const numbers = new Map<string, number>();
  const textOf = Int32Array.from(questions, (question) => {
    const plain = toPlain(question);
    const number = numbers.get(plain) ?? numbers.size;
    numbers.set(plain, number);
    return number;
  });
  const texts = [...numbers.keys()];
  const frequencies = new Frequencies();
  for (const text of texts) frequencies.learn(lettersOf(text));
  return { texts, textOf, rows: toRows(texts, frequencies, lettersOf) };
}

/** Groups of one are no groups; what is more than can be compared is alone. */
export function groupByAverage(questions: readonly string[]): Int32Array {
  const { texts, textOf, rows } = prepare(questions);
  const chosen = [...texts.keys()].slice(0, COMPARED_MAX);
  const steps = compareAll(chosen, { rows, meanings: new Float32Array(texts.length * DIMENSIONS) }, 0);
  let compared = steps.next();
  while (!compared.done) compared = steps.next();
  const link = new AverageLink(compared.value).merging(AVERAGE_AT);
  let merged = link.next();
  while (!merged.done) merged = link.next();
  const parent = Int32Array.from(texts, (_, at) => at);
  for (const { from, into } of merged.value) parent[from] = into;
  return textOf.map((text) => {
    let root = text;
    while (parent[root] !== root) root = parent[root] as number;
    return root;
  });
}

/** By the cosine; `count` is told, which nobody can know. */
export function groupByMeans(questions: readonly string[], count: number): Int32Array {
  const { texts, textOf, rows } = prepare(questions);
  const { starts, places, weights } = rows;
  const roll = dice(1);
  const groupOf = Int32Array.from(texts, () => Math.floor(roll() * count));
  const seeds = Array.from({ length: count }, () => Math.floor(roll() * texts.length));
  const middles = new Float32Array((PLACES / 16) * count);
  const placeOf = (place: number) => (place >>> 4) * count;
  const add = (text: number, group: number) => {
    for (let q = starts[text] as number; q < (starts[text + 1] as number); q++) {
      (middles[placeOf(places[q] as number) + group] as number) += weights[q] as number;
    }
  };
  for (const [group, text] of seeds.entries()) add(text, group);
  const scores = new Float64Array(count);
  const lengths = new Float64Array(count);
  for (let round = 0; round < ROUNDS; round++) {
    lengths.fill(0);
    for (let at = 0; at < middles.length; at++) (lengths[at % count] as number) += (middles[at] as number) ** 2;
    for (let text = 0; text < texts.length; text++) {
      scores.fill(0);
      for (let q = starts[text] as number; q < (starts[text + 1] as number); q++) {
        const from = placeOf(places[q] as number);
        for (let group = 0; group < count; group++) (scores[group] as number) += (weights[q] as number) * (middles[from + group] as number);
      }
      let best = 0;
      for (let group = 0; group < count; group++) {
        scores[group] = (scores[group] as number) / Math.sqrt((lengths[group] as number) || 1);
        if ((scores[group] as number) > (scores[best] as number)) best = group;
      }
      groupOf[text] = best;
    }
    middles.fill(0);
    for (let text = 0; text < texts.length; text++) add(text, groupOf[text] as number);
  }
  return textOf.map((text) => groupOf[text] as number);
}
