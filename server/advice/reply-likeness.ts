/** Which answer's text an agent has sent, whole or nearly: told by the pairs of words that both have. */
import { hashOf } from '../matching/phrase-features.ts';
import { toPlain, wordsOf } from '../matching/plain-words.ts';

export interface KnownText {
  answerId: string;
  text: string;
}

/** How much of an answer must be in a reply that it is its text; less where the question alone made one think of it. */
export const SAME_AT = 0.6;
export const SAME_IF_OFFERED_AT = 0.4;
/** A shorter reply that is part of an answer says nothing about which. */
const PART_MIN = 6;

export class AnswerTexts {
  readonly #sizes: number[] = [];
  readonly #answerIds: string[] = [];
  readonly #having = new Map<number, number[]>();

  /** In short steps, as many as there are texts. */
  static *building(texts: readonly KnownText[]): Generator<void, AnswerTexts> {
    const known = new AnswerTexts();
    for (const { answerId, text } of texts) {
      const pairs = pairsOf(text);
      const at = known.#sizes.length;
      known.#sizes.push(pairs.size);
      known.#answerIds.push(answerId);
      for (const pair of pairs) {
        const having = known.#having.get(pair);
        if (having) having.push(at);
        else known.#having.set(pair, [at]);
      }
      yield;
    }
    return known;
  }

  /** How much of each answer, in whichever language, is in the reply, or of the reply in the answer: 0 to 1, the most alike first. */
  likest(reply: string): { answerId: string; likeness: number }[] {
    const pairs = pairsOf(reply);
    const shared = new Map<number, number>();
    for (const pair of pairs) for (const at of this.#having.get(pair) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    const best = new Map<string, number>();
    for (const [at, count] of shared) {
      const ofAnswer = count / (this.#sizes[at] as number);
      const ofReply = pairs.size >= PART_MIN ? count / pairs.size : 0;
      const answerId = this.#answerIds[at] as string;
      best.set(answerId, Math.max(best.get(answerId) ?? 0, ofAnswer, ofReply));
    }
    return [...best].map(([answerId, likeness]) => ({ answerId, likeness })).sort((one, other) => other.likeness - one.likeness);
  }
}

/** Neighbours, the edges of the text among them, so that one word by itself is something, too. */
function pairsOf(text: string): Set<number> {
  const words = ['', ...wordsOf(toPlain(text)), ''];
  const pairs = new Set<number>();
  if (words.length === 2) return pairs;
  if (words.length <= 4) pairs.add(hashOf(21, words.join(' ')));
  else for (let at = 1; at + 2 < words.length; at++) pairs.add(hashOf(20, `${words[at]} ${words[at + 1]}`));
  return pairs;
}
