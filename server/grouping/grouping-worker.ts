/** The thread's own side: hears what there is in portions, groups it, and says how far it is. */
import { parentPort } from 'node:worker_threads';
import { readEncoder } from '../matching/sentence-encoder.ts';
import { grouping } from './group-questions.ts';
import type { AnswerWords, AskedQuestion, Grouping, KnownGroup } from './question-group.ts';

export type GroupingAsked =
  | { kind: 'questions'; questions: readonly AskedQuestion[] }
  | { kind: 'known'; known: readonly KnownGroup[] }
  | { kind: 'group'; answers: readonly AnswerWords[] };

export type GroupingTold = { kind: 'progress'; share: number } | { kind: 'done'; grouping: Grouping };

const PROGRESS_STEP = 0.01;
const questions: AskedQuestion[] = [];
const known: KnownGroup[] = [];

parentPort?.on('message', (asked: GroupingAsked) => {
  if (asked.kind === 'questions') questions.push(...asked.questions);
  else if (asked.kind === 'known') known.push(...asked.known);
  else {
    const found = run(asked.answers);
    tell({ kind: 'done', grouping: found });
  }
});

function run(answers: readonly AnswerWords[]): Grouping {
  const steps = grouping({ questions, known, answers }, readEncoder());
  let told = 0;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (step.value - told < PROGRESS_STEP) continue;
    told = step.value;
    tell({ kind: 'progress', share: told });
  }
}

function tell(told: GroupingTold): void {
  parentPort?.postMessage(told);
}
