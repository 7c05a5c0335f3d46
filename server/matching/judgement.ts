/** From how the answers look to a question to how sure one may be, and what to do about it. */
import type { AnswerDecision } from '../../shared/automatic-answer.ts';
import { confidenceOf } from './confidence.ts';
import { readAsMeant } from './keyboard-layouts.ts';
import type { Candidate, Matcher } from './matcher.ts';
import { toPlain, wordsOf } from './plain-words.ts';
import { signalsOf } from './signals.ts';
import { stemOf } from './word-stems.ts';

/** So sure one must be to answer, and so sure to offer a question as a button (`npm run bench:answers` shows what that comes to). */
export const ANSWER_AT = 0.9;
export const SUGGEST_AT = 0.25;
/** Of each way of ranking the best are looked at closely; who is in none of them is not the answer. */
const LOOKED_AT = 5;
/** A question that is word for word one of an answer's phrases, and of no other's. */
const SAME_WORDS = 0.9999;
const VERBATIM = 0.99;
/** The strongest rivals are among so many. */
const RIVALS = 12;

export interface Judged {
  /** Number of the answer in the matcher, and of the phrase that is nearest. */
  answer: number;
  phrase: number;
  confidence: number;
}

/** The surest first. `may`: which answers may be thought of at all. */
export function judge(matcher: Matcher, text: string, may?: (answer: number) => boolean): Judged[] {
  return judgeRead(matcher, readFor(matcher, text), may);
}

/** The question as it was meant, whatever keyboard it was typed on. */
export function readFor(matcher: Matcher, text: string): string {
  return readAsMeant(text, (word) => matcher.knows(word));
}

/** The same for a question that was read already. */
export function judgeRead(matcher: Matcher, read: string, may: (answer: number) => boolean = () => true): Judged[] {
  const ranking = matcher.rank(read);
  const rivals = rivalsOf(ranking.candidates.filter(({ answer }) => may(answer)));
  const isAsIs = ({ likeness }: Candidate) => likeness > SAME_WORDS;
  const [verbatim, another] = rivals.filter(isAsIs);
  return lookedAt(rivals)
    .map((candidate) => {
      const isVerbatim = candidate === verbatim && another === undefined;
      const reckoned = candidate.phrase < 0 ? 0 : confidenceOf(signalsOf(matcher, ranking, candidate, rivals), rivals.length);
      return { answer: candidate.answer, phrase: candidate.phrase, confidence: isVerbatim ? Math.max(reckoned, VERBATIM) : reckoned };
    })
    .sort((one, other) => other.confidence - one.confidence);
}

/** Whoever comes into question: the best by their planes, and the one that is best in each other way. */
export function rivalsOf(allowed: readonly Candidate[]): Candidate[] {
  const best = (by: 'likeness' | 'meaning' | 'agreement') =>
    allowed.reduce<Candidate | undefined>((most, one) => (most === undefined || one[by] > most[by] ? one : most), undefined);
  const others = [best('likeness'), best('meaning'), best('agreement')].flatMap((one) => one ?? []);
  return [...new Set([...allowed.slice(0, LOOKED_AT), ...others, ...allowed.slice(LOOKED_AT, RIVALS)])];
}

/** Those of the rivals, the best by their planes first, of which one may be the answer. */
export function lookedAt(rivals: readonly Candidate[]): Candidate[] {
  return rivals.slice(0, LOOKED_AT + 3);
}

export function decide(judged: readonly Judged[]): AnswerDecision {
  const best = judged[0]?.confidence ?? 0;
  if (best >= ANSWER_AT) return 'answer';
  return best >= SUGGEST_AT ? 'suggest' : 'none';
}

/** The words of the question, as they were written, whose roots are in the phrase; single letters only where there is nothing longer. */
export function sharedWords(question: string, phrase: string): string[] {
  const roots = new Set(wordsOf(toPlain(phrase)).map(stemOf));
  const shared = question.split(/\s+/).filter((word) => wordsOf(toPlain(word)).some((plain) => roots.has(stemOf(plain))));
  const words = [...new Set(shared.map((word) => word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '')))].filter(Boolean);
  const longer = words.filter((word) => word.length > 1);
  return longer.length > 0 ? longer : words;
}
