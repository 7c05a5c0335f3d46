/**
 * The thread that holds the matcher, so that neither learning nor ranking ever holds up the event loop. A new matcher is built in slices,
 * between which questions are answered by the old one; who may speak at all is known at once.
 */
import { parentPort } from 'node:worker_threads';
import type { AnswerSuggestion, AnswerTrial } from '../../shared/automatic-answer.ts';
import type { Language } from '../../shared/language.ts';
import { decide, type Judged, judgeRead, readFor, SUGGEST_AT, sharedWords } from '../matching/judgement.ts';
import { toPlain } from '../matching/plain-words.ts';
import type { LearnedRow } from './answer-store.ts';
import { maySpeak, type SpeakingAnswer, toSpeaking } from './known-answers.ts';
import { type Learned, Learning } from './learning.ts';
import { nothingKnown, type Order, type Question, type Report } from './matching-orders.ts';
import { languageOf } from './question-language.ts';

const ALIVE_EVERY_MS = 2_000;
const SUGGESTIONS_MAX = 3;

class MatchingThread {
  readonly #tell: (report: Report) => void;
  readonly #answers = new Map<string, SpeakingAnswer>();
  #languages: Language[] = [];
  #waiting: Extract<Order, { kind: 'ask' }>[] = [];

  readonly #learning = new Learning(this.#answers, ({ edition }, tookMs) => {
    this.#tell({ kind: 'learned', edition, tookMs });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const order of waiting) this.#ask(order);
  });

  constructor(tell: (report: Report) => void) {
    this.#tell = tell;
  }

  follow(order: Order): void {
    if (order.kind === 'rows') for (const row of order.rows) this.#meet(row);
    else if (order.kind === 'gone') for (const id of order.ids) this.#answers.delete(id);
    else if (order.kind === 'ask') this.#ask(order);
    else {
      this.#languages = commonest([...this.#answers.values()].flatMap(({ languages }) => languages));
      this.#learning.learn(order.edition);
    }
  }

  /** One that cannot be read is silent, and the others speak. */
  #meet(row: LearnedRow): void {
    try {
      this.#answers.set(row.id, toSpeaking(row));
    } catch (error) {
      this.#answers.delete(row.id);
      this.#tell({ kind: 'failed', about: { answerId: row.id }, stack: stackOf(error) });
    }
  }

  #ask(order: Extract<Order, { kind: 'ask' }>): void {
    const { learned } = this.#learning;
    if (learned === null || learned.edition < order.edition) this.#waiting.push(order);
    else this.#tell({ kind: 'reply', number: order.number, trial: this.#trialOf(order.question, learned) });
  }

  /** Over one question nobody else waits: it is answered with nothing. */
  #trialOf(question: Question, learned: Learned): AnswerTrial {
    try {
      return this.#tryAnswer(question, learned);
    } catch (error) {
      this.#tell({ kind: 'failed', about: { questionLength: question.text.length }, stack: stackOf(error) });
      return nothingKnown(question);
    }
  }

  #tryAnswer(question: Question, { matcher, numbers }: Learned): AnswerTrial {
    const startedAt = performance.now();
    const { locale, moment } = question;
    const text = readFor(matcher, question.text);
    // What is gone or off by now is not among the answers any more, though the matcher may still know it.
    const may = (at: number) => {
      const answer = this.#answers.get(matcher.answers[at]?.id ?? '');
      return answer !== undefined && maySpeak(answer, question);
    };
    // A picture, or a number alone, asks nothing.
    const judged = /\p{L}/u.test(toPlain(text)) ? judgeRead(matcher, text, may) : [];
    const decision = decide(judged);
    const toSuggestion = ({ answer, phrase, confidence }: Judged): AnswerSuggestion => {
      const said = matcher.texts[phrase] ?? '';
      const reason = { shared: sharedWords(text, said), phrase: said, phraseNumber: numbers[phrase] ?? null };
      return { answerId: matcher.answers[answer]?.id ?? '', confidence, reason };
    };
    const best = judged.slice(0, SUGGESTIONS_MAX);
    const suggestions = decision === 'none' ? [] : best.filter(({ confidence }) => confidence >= SUGGEST_AT).map(toSuggestion);
    const [first] = suggestions;
    return {
      decision,
      ...(decision === 'answer' && first && { answerId: first.answerId }),
      confidence: judged[0]?.confidence ?? 0,
      ...(first && { reason: first.reason }),
      suggestions,
      ...(decision === 'none' && { nearest: best.map(toSuggestion) }),
      language: languageOf(text, locale, this.#languages),
      moment,
      tookMs: Math.round((performance.now() - startedAt) * 100) / 100,
    };
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function commonest(languages: readonly Language[]): Language[] {
  const counts = new Map<Language, number>();
  for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([language]) => language);
}

const port = parentPort;
if (port) {
  const thread = new MatchingThread((report) => port.postMessage(report));
  port.on('message', (order: Order) => thread.follow(order));
  setInterval(() => port.postMessage({ kind: 'alive' } satisfies Report), ALIVE_EVERY_MS);
}
