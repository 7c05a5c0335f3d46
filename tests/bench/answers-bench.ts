/**
 * `npm run bench:answers -- [file.jsonl …]`: what the shipped matcher does on sets of questions (all of `../shared/data/questions` without
 * files). k phrases an answer are drawn by fixed seeds, a fifth of the kinds of questions has no answer (near), and one question of five has
 * none (half near, half far). Beside it the losing ways: the nearest phrase by letters and words, and the same planes without the encoder.
 */
import { readdirSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { ANSWER_AT, judge, SUGGEST_AT } from '../../server/matching/judgement.ts';
import { Matcher } from '../../server/matching/matcher.ts';
import { type Encoder, readEncoder } from '../../server/matching/sentence-encoder.ts';
import { type Asked, type Business, makeBusiness, type QuestionSet, readSet, readSets, withTypos } from '../training/question-sets.ts';
import { measureEdits } from './answer-edits.ts';
import { median, quantile, table } from './figures.ts';

const encoder = readEncoder();
const head =
  'set, k|answers|top-1|top-3|coverage|precision|of these in scope|near|far|offered has it|typos: top-1|coverage|precision|nearest phrase|no encoder|ms p99';

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}). Answered from ${ANSWER_AT} on, offered from ${SUGGEST_AT} on. Shares in %.\n`,
);
const strange = readStrange();
const rows: string[][] = [];
for (const set of readSets(process.argv.slice(2))) {
  for (const phrases of [1, 3, 5, 10]) {
    const row = measure(set, phrases);
    if (row) rows.push(row);
  }
}
console.log(table(head.split('|'), rows));
await printCost();
process.exit(0);

interface Judgement {
  asked: Asked;
  best: { id: string; confidence: number };
  /** The three that are thought of first. */
  three: string[];
  /** Those of them that would be offered. */
  offered: string[];
}

/** Null where the set has too few questions of a kind for so many phrases and as many to ask. */
function measure(set: QuestionSet, phrases: number): string[] | null {
  const large = set.questions.length > 2_000;
  const seeds = large ? [1, 2] : [1, 2, 3, 4, 5, 6];
  const answered: Judgement[] = [];
  const slipped: Judgement[] = [];
  const took: number[] = [];
  const losers = { nearest: 0, bare: 0, of: 0 };
  let count = 0;
  for (const seed of seeds) {
    const business = makeBusiness(set, { phrases, seed, strange: strangeTo(set), askedMax: large ? 800 : 400 });
    if (business.answers.length < 5 || business.asked.filter(({ kind }) => kind === 'in').length < business.answers.length) return null;
    count = business.answers.length;
    const matcher = build(business, encoder);
    const bare = build(business, null);
    for (const [at, asked] of business.asked.entries()) {
      const startedAt = performance.now();
      answered.push(ask(matcher, business, asked));
      took.push(performance.now() - startedAt);
      slipped.push(ask(matcher, business, { ...asked, text: withTypos(asked.text, at) }));
      if (asked.kind !== 'in') continue;
      const { candidates } = bare.rank(asked.text);
      losers.of += 1;
      if (business.answers[candidates[0]?.answer ?? -1]?.id === asked.label) losers.bare += 1;
      const nearest = candidates.reduce((best, one) => (one.likeness > best.likeness ? one : best));
      if (business.answers[nearest.answer]?.id === asked.label) losers.nearest += 1;
    }
  }
  const clean = sum(answered);
  const typos = sum(slipped);
  return [
    `${set.name}, ${phrases}`,
    String(count),
    ...[clean.top, clean.three, clean.coverage, clean.precision, clean.inScope, clean.near, clean.far, clean.offered],
    ...[typos.top, typos.coverage, typos.precision],
    percent(losers.nearest / losers.of),
    percent(losers.bare / losers.of),
    quantile(
      took.toSorted((one, other) => one - other),
      0.99,
    ).toFixed(1),
  ];
}

function build({ answers }: Business, known: Encoder | null): Matcher {
  return Matcher.build(answers, known);
}

function ask(matcher: Matcher, { answers }: Business, asked: Asked): Judgement {
  const judged = judge(matcher, asked.text).map(({ answer, confidence }) => ({ id: answers[answer]?.id ?? '', confidence }));
  const three = judged.slice(0, 3);
  return {
    asked,
    best: three[0] ?? { id: '', confidence: 0 },
    three: three.map(({ id }) => id),
    offered: three.filter(({ confidence }) => confidence >= SUGGEST_AT).map(({ id }) => id),
  };
}

function sum(judgements: readonly Judgement[]) {
  const of = (kind: string) => judgements.filter(({ asked }) => asked.kind === kind);
  const isAnswered = ({ best }: Judgement) => best.confidence >= ANSWER_AT;
  const isRight = ({ asked, best }: Judgement) => best.id === asked.label;
  const inside = of('in');
  const answered = inside.filter(isAnswered);
  const right = answered.filter(isRight).length;
  // As the traffic is: four in scope to one outside, whatever the set had to give.
  const outside = (of('near').length + of('far').length) * 4;
  const falsely = ((of('near').filter(isAnswered).length + of('far').filter(isAnswered).length) * inside.length) / Math.max(1, outside);
  return {
    top: percent(inside.filter(isRight).length / inside.length),
    three: percent(inside.filter(({ asked, three }) => three.includes(asked.label ?? '')).length / inside.length),
    coverage: percent(answered.length / inside.length),
    precision: percent(right / (answered.length + falsely)),
    inScope: percent(right / answered.length),
    near: percent(of('near').filter(isAnswered).length / of('near').length),
    far: percent(of('far').filter(isAnswered).length / of('far').length),
    offered: percent(inside.filter((one) => isAnswered(one) || one.offered.includes(one.asked.label ?? '')).length / inside.length),
  };
}

function readStrange(): { he: string[]; en: string[] } {
  const he = readSets(['heq_questions.he.jsonl']).flatMap(({ questions }) => questions.map(({ text }) => text));
  const en = readSet('clinc150.en.jsonl').questions.flatMap(({ label, text }) => (label === 'oos' ? [text] : []));
  return { he, en };
}

/** Far from every business; what a set has of its own is enough for it. */
function strangeTo({ name, questions }: QuestionSet): readonly string[] {
  if (questions.some(({ label }) => label === 'oos') && !name.endsWith('.he')) return [];
  const { lang } = questions[0] ?? { lang: '' };
  return lang === 'he' ? strange.he : strange.en;
}

/** 500 answers with ten phrases each. */
async function printCost(): Promise<void> {
  const texts = ['clinc150.en.jsonl', 'banking77.en.jsonl', 'hwu64.en.jsonl', 'arbanking77.ar.jsonl']
    .map(readSet)
    .flatMap(({ questions }) => questions);
  const answers = Array.from({ length: 500 }, (_, answer) => ({
    id: String(answer),
    phrases: Array.from({ length: 10 }, (_, at) => texts[(answer * 97 + at * 4_999) % texts.length]?.text ?? ''),
  }));
  globalThis.gc?.();
  const before = process.memoryUsage();
  const startedAt = performance.now();
  const matcher = Matcher.build(answers, encoder);
  const builtIn = performance.now() - startedAt;
  globalThis.gc?.();
  const after = process.memoryUsage();
  const editedAt = performance.now();
  const changed = answers.map((answer, at) => (at === 250 ? { ...answer, phrases: [...answer.phrases, 'a new way to ask'] } : answer));
  const steps = Matcher.building(changed, encoder, matcher);
  while (!steps.next().done);
  const editedIn = performance.now() - editedAt;
  const took = texts
    .filter((_, at) => at % 97 === 0)
    .map(({ text }) => {
      const askedAt = process.cpuUsage();
      judge(matcher, text);
      const { user, system } = process.cpuUsage(askedAt);
      return (user + system) / 1_000;
    })
    .toSorted((one, other) => one - other);
  const library = path.join(import.meta.dirname, '../../server/matching/library');
  const shipped = readdirSync(library).reduce((bytes, file) => bytes + statSync(path.join(library, file)).size, 0);
  const heap = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 2 ** 20;
  console.log(
    `\n500 answers of 10 phrases: made in ${builtIn.toFixed(0)} ms, an edit in ${editedIn.toFixed(0)} ms, ${heap.toFixed(0)} MB; a question takes ` +
      `${median(took).toFixed(1)} ms of processor time (p99 ${quantile(took, 0.99).toFixed(1)}). Shipped: ${(shipped / 2 ** 20).toFixed(1)} MB.`,
  );
  const { liveMs, stopMs, busyMs, idleStopMs } = await measureEdits(answers);
  const said = (of: { median: number; longest: number }) => `${of.median.toFixed(0)} ms (longest ${of.longest.toFixed(0)})`;
  console.log(
    `An edit in a running server with these: live ${said(liveMs)} after it is saved, by the wall clock; meanwhile the longest stop of the main event loop ${said(stopMs)}, in which it was busy itself for ${said(busyMs)}; without an edit ${said(idleStopMs)}.`,
  );
}

function percent(share: number): string {
  return Number.isNaN(share) ? '–' : (100 * share).toFixed(share > 0 && share < 0.05 ? 1 : 0);
}
