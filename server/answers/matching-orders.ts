/** What the server and the thread that matches say to each other. */
import type { AnswerTrial } from '../../shared/automatic-answer.ts';
import type { LearnedRow } from './answer-store.ts';
import type { AskedPlace } from './known-answers.ts';

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
  | { kind: 'learned'; edition: number; tookMs: number }
  /** Now and then, whatever it does. */
  | { kind: 'alive' };
