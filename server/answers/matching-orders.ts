/** What the server and the thread that matches say to each other. */
import type { AnswerTrial } from '../../shared/automatic-answer.ts';
import type { LearnedRow } from './answer-store.ts';
import type { AskedPlace } from './known-answers.ts';
import { languageOf } from './question-language.ts';

export interface Question extends AskedPlace {
  text: string;
  /** Of whoever asks. */
  locale: string | null;
}

/** `edition`: counts what was learned; a question waits for the edition that it names. */
export type Order =
  | { kind: 'rows'; rows: LearnedRow[] }
  | { kind: 'gone'; ids: string[] }
  | { kind: 'learn'; edition: number }
  | { kind: 'ask'; number: number; question: Question; edition: number };

export type Report =
  | { kind: 'reply'; number: number; trial: AnswerTrial }
  /** Something went wrong with one question or one answer; the thread goes on. */
  | { kind: 'failed'; about: { questionLength: number } | { answerId: string }; stack: string }
  | { kind: 'learned'; edition: number; tookMs: number }
  /** Now and then, whatever it does. */
  | { kind: 'alive' };

/** What is said of a question of which nothing can be said. */
export function nothingKnown({ text, locale, moment }: Question): AnswerTrial {
  return { decision: 'none', confidence: 0, suggestions: [], language: languageOf(text, locale), moment, tookMs: 0 };
}
