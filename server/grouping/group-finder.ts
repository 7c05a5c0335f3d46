/** Which of the groups there are a new question joins, at once: from some texts of each. */
import { toPlain } from '../matching/plain-words.ts';
import { DIMENSIONS, type Encoder } from '../matching/sentence-encoder.ts';
import { isSmallTalk, withoutCourtesy } from './courtesies.ts';
import { Frequencies, type Rows, toMeanings, toRows, writtenOf } from './phrase-rows.ts';

export interface FindableGroup {
  id: string;
  texts: readonly string[];
}

/** How alike the nearest three texts of a group have to be, on average. */
const JOIN_AT = { withMeaning: 0.42, byLetters: 0.3 };
const NEAREST = 3;
const MEANING_SHARE = 0.8;
const TEXTS_MAX = 40;

export class GroupFinder {
  readonly #ids: string[] = [];
  readonly #groupOf: number[] = [];
  readonly #frequencies = new Frequencies();
  readonly #rows: Rows;
  readonly #meanings: Float32Array;
  readonly #encoder: Encoder | null;
  readonly #postings = new Map<number, { rows: number[]; weights: number[] }>();

  constructor(groups: readonly FindableGroup[], encoder: Encoder | null) {
    this.#encoder = encoder;
    const plains: string[] = [];
    for (const { id, texts } of groups) {
      const group = this.#ids.push(id) - 1;
      for (const plain of new Set(texts.slice(0, TEXTS_MAX).map((text) => withoutCourtesy(toPlain(text))))) {
        plains.push(plain);
        this.#groupOf.push(group);
      }
    }
    for (const plain of plains) this.#frequencies.learn(writtenOf(plain));
    this.#rows = toRows(plains, this.#frequencies, writtenOf);
    this.#meanings = toMeanings(plains, encoder);
    const { starts, places, weights } = this.#rows;
    for (let row = 0; row < plains.length; row++) {
      for (let q = starts[row] as number; q < (starts[row + 1] as number); q++) {
        const place = places[q] as number;
        const posting = this.#postings.get(place) ?? { rows: [], weights: [] };
        posting.rows.push(row);
        posting.weights.push(weights[q] as number);
        this.#postings.set(place, posting);
      }
    }
  }

  /** Null for small talk, and for what is like none of them. */
  find(text: string): { id: string; strength: number } | null {
    const plain = toPlain(text);
    if (isSmallTalk(plain)) return null;
    const likeness = this.#likenessTo(withoutCourtesy(plain));
    const nearest = this.#ids.map(() => [] as number[]);
    for (const [row, value] of likeness.entries()) {
      const best = nearest[this.#groupOf[row] as number] as number[];
      best.push(value);
      if (best.length > NEAREST) {
        best.sort((one, other) => other - one);
        best.pop();
      }
    }
    const scores = nearest.map((best) => best.reduce((sum, value) => sum + value, 0) / Math.max(1, best.length));
    let group = 0;
    for (const [at, score] of scores.entries()) if (score > (scores[group] as number)) group = at;
    const strength = scores[group] ?? 0;
    if (strength < (this.#encoder ? JOIN_AT.withMeaning : JOIN_AT.byLetters)) return null;
    return { id: this.#ids[group] as string, strength: Math.min(1, strength) };
  }

  #likenessTo(plain: string): Float32Array {
    const likeness = new Float32Array(this.#groupOf.length);
    const share = this.#encoder ? MEANING_SHARE : 0;
    const scale = 1 / (1 + share);
    const { places, weights } = this.#frequencies.rowOf(writtenOf(plain));
    for (const [q, place] of places.entries()) {
      const posting = this.#postings.get(place);
      if (!posting) continue;
      const mine = scale * (weights[q] as number);
      for (const [at, row] of posting.rows.entries()) (likeness[row] as number) += mine * (posting.weights[at] as number);
    }
    if (share === 0) return likeness;
    const meaning = toMeanings([plain], this.#encoder);
    const size = DIMENSIONS;
    for (let row = 0; row < likeness.length; row++) {
      let dot = 0;
      for (let d = 0; d < size; d++) dot += (meaning[d] as number) * (this.#meanings[row * size + d] as number);
      (likeness[row] as number) += scale * share * dot;
    }
    return likeness;
  }
}
