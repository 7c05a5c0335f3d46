/** From how the answers look to a question to how sure one may be, and what to do about it. */
import type { AnswerDecision } from '../../shared/automatic-answer.ts';
import type { Candidate, Matcher } from './matcher.ts';
import { toPlain, wordsOf } from './plain-words.ts';
import { stemOf } from './word-stems.ts';

/** So sure one must be to answer, and so sure to offer a question as a button. */
export const ANSWER_AT = 0.8;
export const SUGGEST_AT = 0.3;
const JUDGED_MAX = 10;

export interface Judged {
  /** Number of the answer in the index, and of the phrase that is nearest. */
  answer: number;
  phrase: number;
  confidence: number;
}

/** The best first. `may`: which answers may be thought of at all. */
export function judge(index: Matcher, text: string, may: (answer: number) => boolean = () => true): Judged[] {
  const { candidates, known } = index.rank(text);
  const allowed = candidates.filter(({ answer }) => may(answer)).slice(0, JUDGED_MAX + 1);
  return allowed.slice(0, JUDGED_MAX).map((candidate, place) => ({
    answer: candidate.answer,
    phrase: candidate.phrase,
    confidence: confidenceOf(candidate, allowed[place === 0 ? 1 : 0], known),
  }));
}

function confidenceOf({ score, likeness, meaning }: Candidate, rival: Candidate | undefined, known: number): number {
  const lead = score - (rival?.score ?? -1);
  return 1 / (1 + Math.exp(-(1.2 + 2 * score + 2 * lead + 1.5 * likeness + meaning + known - 2.5)));
}

export function decide(judged: readonly Judged[]): AnswerDecision {
  const best = judged[0]?.confidence ?? 0;
  if (best >= ANSWER_AT) return 'answer';
  return best >= SUGGEST_AT ? 'suggest' : 'none';
}

/** The words of the question, as they were written, whose roots are in the phrase. */
export function sharedWords(question: string, phrase: string): string[] {
  const roots = new Set(wordsOf(toPlain(phrase)).map(stemOf));
  const shared = question.split(/\s+/).filter((word) => wordsOf(toPlain(word)).some((plain) => roots.has(stemOf(plain))));
  return [...new Set(shared.map((word) => word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '')))].filter(Boolean);
}
