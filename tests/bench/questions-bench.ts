/**
 * `npm run bench:questions` groups traffic drawn from each set of labelled questions (`-- file.jsonl …`, else those of at least 1,000 in
 * ../shared/data/questions) and prints how much of what is asked most was found, beside plain average link and k-means; then what
 * 100,000 questions take in the thread. BENCH_SEEDS, BENCH_QUESTIONS and BENCH_MANY change the sizes (0 leaves a part out).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { groupQuestions } from '../../server/grouping/group-questions.ts';
import { groupInThread } from '../../server/grouping/grouping-thread.ts';
import type { AnswerWords } from '../../server/grouping/question-group.ts';
import { readEncoder } from '../../server/matching/sentence-encoder.ts';
import { median, table } from './figures.ts';
import { type GroupingFigures, judgeGroups } from './grouping-figures.ts';
import { groupByAverage, groupByMeans } from './losing-groupings.ts';
import { dice, drawTraffic, JUNK, type LabelledQuestion } from './question-town.ts';

const shared = path.resolve(import.meta.dirname, '../../../shared/data/questions');
const seeds = Array.from({ length: Number(process.env.BENCH_SEEDS ?? 3) }, (_, at) => at + 1);
const total = Number(process.env.BENCH_QUESTIONS ?? 10_000);
const many = Number(process.env.BENCH_MANY ?? 100_000);
const LEAST = 1_000;
const PHRASES = 6;
const plan = { junkShare: 0.3, steepness: 1 };

interface QuestionSet {
  name: string;
  language: string;
  questions: LabelledQuestion[];
}

function readSet(file: string): QuestionSet {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { text: string; label: string; lang?: string });
  return {
    name: path.basename(file, '.jsonl'),
    language: rows[0]?.lang ?? 'en',
    questions: rows.map(({ text, label }) => ({ text, label })),
  };
}

/** Every second intent has an answer, with a title and five phrasings. */
function answersFrom({ questions }: QuestionSet, seed: number): AnswerWords[] {
  const roll = dice(seed + 1_000);
  const byIntent = new Map<string, string[]>();
  for (const { text, label } of questions) if (label !== JUNK) byIntent.set(label, [...(byIntent.get(label) ?? []), text]);
  return [...byIntent]
    .filter(() => roll() < 0.5)
    .map(([answerId, texts]) => ({
      answerId,
      phrases: Array.from({ length: PHRASES }, () => texts[Math.floor(roll() * texts.length)] as string),
    }));
}

const wished = process.argv.slice(2);
const folder = existsSync(shared) ? shared : wished[0] && path.dirname(wished[0]);
const files =
  wished.length > 0
    ? wished
    : folder
      ? readdirSync(folder)
          .map((file) => path.join(folder, file))
          .filter((file) => file.endsWith('.jsonl'))
      : [];
const all = files.map(readSet);
const known = [
  ...new Set([...files, ...(folder ? ['clinc150.en.jsonl', 'heq_questions.he.jsonl'].map((file) => path.join(folder, file)) : [])]),
].filter(existsSync);
const strange = known
  .map(readSet)
  .flatMap((set) => set.questions.filter(({ label }) => label === JUNK).map(({ text }) => ({ text, language: set.language })));
const sets = all.filter(({ questions }) => questions.length >= LEAST && new Set(questions.map(({ label }) => label)).size > 2);
if (sets.length === 0) throw new Error('No set of at least 1,000 labelled questions: name a file of {lang, text, label} lines.');

/** Of the same script where there are any. */
function strangersTo({ language }: QuestionSet): string[] {
  const same = strange.filter((one) => one.language === language);
  return (same.length > 0 ? same : strange).map(({ text }) => text);
}

const encoder = readEncoder();
const head = ['set', 'found', 'seen', 'doubles', 'junk', 'mixed', 'count error', 'NMI', 'ARI', 'junk grouped', 'alone', 'groups', 'CPU s'];
const percent = (share: number) => `${Math.round(share * 100)} %`;

interface Measured extends GroupingFigures {
  seconds: number;
}

function row(name: string, figures: readonly Measured[]): string[] {
  const mean = (pick: (one: Measured) => number) => figures.reduce((sum, one) => sum + pick(one), 0) / figures.length;
  return [
    name,
    percent(mean((one) => one.found)),
    percent(mean((one) => one.seen)),
    mean((one) => one.duplicates).toFixed(1),
    mean((one) => one.junk).toFixed(1),
    mean((one) => one.mixed).toFixed(1),
    percent(mean((one) => one.countError)),
    mean((one) => one.nmi * 100).toFixed(0),
    mean((one) => one.ari * 100).toFixed(0),
    percent(mean((one) => one.junkGrouped)),
    percent(mean((one) => one.loose)),
    mean((one) => one.groups).toFixed(0),
    median(figures.map((one) => one.seconds)).toFixed(1),
  ];
}

function measure(labels: readonly string[], group: () => Int32Array): Measured {
  const before = process.cpuUsage();
  const groups = group();
  const { user, system } = process.cpuUsage(before);
  return { ...judgeGroups(labels, groups), seconds: (user + system) / 1e6 };
}

if (total > 0) {
  console.log(`${total} questions of traffic a set, ${percent(plan.junkShare)} of them junk; means of ${seeds.length} seeds.`);

  const rows: string[][] = [];
  for (const set of sets) {
    const ours: Measured[] = [];
    const taught: Measured[] = [];
    const average: Measured[] = [];
    const means: Measured[] = [];
    for (const seed of seeds) {
      const traffic = drawTraffic(set.questions, strangersTo(set), set.language, { ...plan, seed, total });
      const labels = traffic.map(({ label }) => label);
      const texts = traffic.map(({ text }) => text);
      const questions = texts.map((text, at) => ({ id: String(at), text }));
      ours.push(measure(labels, () => groupQuestions({ questions, known: [], answers: [] }, encoder).groupOf));
      taught.push(measure(labels, () => groupQuestions({ questions, known: [], answers: answersFrom(set, seed) }, encoder).groupOf));
      average.push(measure(labels, () => groupByAverage(texts)));
      means.push(measure(labels, () => groupByMeans(texts, new Set(labels).size)));
    }
    rows.push(
      row(`**${set.name}**`, ours),
      row('… half the intents answered', taught),
      row('… average link', average),
      row('… k-means, true k', means),
    );
  }
  console.log(table(head, rows));
}

if (many > 0) {
  console.log(`\n${many} questions in the thread:\n`);
  const rows: string[][] = [];
  for (const set of sets.slice(0, Number(process.env.BENCH_MANY_SETS ?? 2))) {
    const traffic = drawTraffic(set.questions, strangersTo(set), set.language, { ...plan, seed: 1, total: many });
    const labels = traffic.map(({ label }) => label);
    const questions = traffic.map(({ text }, at) => ({ id: String(at), text }));
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let peak = before;
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
      longest = Math.max(longest, performance.now() - last - 10);
      last = performance.now();
    }, 10);
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const grouping = await groupInThread({ questions, known: [], answers: [] });
    const seconds = (performance.now() - startedAt) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    clearInterval(beat);
    const { found, duplicates, junk, mixed, nmi, ari } = judgeGroups(labels, grouping.groupOf);
    rows.push([
      set.name,
      seconds.toFixed(1),
      ((user + system) / 1e6).toFixed(1),
      `${Math.round((peak - before) / 1e6)} MB`,
      `${Math.round(longest)} ms`,
      percent(found),
      `${duplicates} + ${junk} + ${mixed}`,
      (nmi * 100).toFixed(0),
      (ari * 100).toFixed(0),
    ]);
  }
  console.log(table(['set', 'seconds', 'CPU s', 'memory', 'event loop', 'found', 'doubles + junk + mixed', 'NMI', 'ARI'], rows));
}
