/** Canned responses as they are looked through for a question: by their titles, which are nearly questions, by what they say, and by what both mean. */
import { type Features, lettersOf, rootsOf } from '../matching/phrase-features.ts';
import { toPlain } from '../matching/plain-words.ts';
import { DIMENSIONS, encode, readEncoder } from '../matching/sentence-encoder.ts';
import { FeatureSpace, type SparseVector } from '../matching/weighing.ts';

export interface IndexedCanned {
  id: string;
  /** Who may use it (canned/reach-places.ts). */
  place: string;
  title: string;
  shortcut: string;
  texts: readonly string[];
}

/** What a text was broken into, kept for as long as the text stays the same. */
interface Pieces {
  title: { letters: Features; roots: Features };
  texts: Features[];
  /** Of the title, then of each text. */
  meanings: Float32Array[];
}

export interface CannedMatch {
  id: string;
  /** 0 to 1, comparable with the confidence of automatic answers. */
  confidence: number;
  /** The title, or the text that is nearest. */
  phrase: string;
}

interface Posting {
  docs: number[];
  weights: number[];
}

type Part = 'letters' | 'roots' | 'texts';

/** What each likeness counts for when responses are put in order. */
const WEIGHTS = { letters: 3.5, roots: 3.5, texts: 3, meaning: 3 };
/** A text says more than its question asks. */
const TEXT_MEANING = 0.9;
/** From order to confidence: fitted on questions in Hebrew, Russian, English and Arabic, of which a fifth had no response. */
const FITTED = { start: -3.85, words: -0.24, meaning: 5.8, lead: 0.91, leadMax: 2 };
const FOUND_MAX = 10;

export class CannedFinder {
  readonly #rows: IndexedCanned[] = [];
  readonly #pieces = new WeakMap<IndexedCanned, Pieces>();
  readonly #spaces: Record<Part, FeatureSpace> = { letters: new FeatureSpace(), roots: new FeatureSpace(), texts: new FeatureSpace() };
  readonly #postings: Record<Part, Posting[]> = { letters: [], roots: [], texts: [] };
  /** Which response each text belongs to, and which of its texts it is. */
  readonly #texts: { row: number; text: number }[] = [];

  /** In steps of a millisecond or so, so that whoever builds can stop to let others have their turn. */
  static *building(rows: readonly IndexedCanned[], before?: CannedFinder): Generator<void, CannedFinder> {
    const index = new CannedFinder();
    for (const row of rows) {
      const pieces = before?.piecesOf(row) ?? toPieces(row);
      index.#pieces.set(row, pieces);
      index.#rows.push(row);
      index.#spaces.letters.learn(pieces.title.letters);
      index.#spaces.roots.learn(pieces.title.roots);
      for (const text of pieces.texts) index.#spaces.texts.learn(text);
      yield;
    }
    for (const [at, row] of index.#rows.entries()) {
      const pieces = index.#pieces.get(row) as Pieces;
      index.#post('letters', at, pieces.title.letters);
      index.#post('roots', at, pieces.title.roots);
      for (const [text, features] of pieces.texts.entries()) {
        index.#post('texts', index.#texts.length, features);
        index.#texts.push({ row: at, text });
      }
      yield;
    }
    return index;
  }

  get size(): number {
    return this.#rows.length;
  }

  piecesOf(row: IndexedCanned): Pieces | undefined {
    return this.#pieces.get(row);
  }

  /** Of those in these places, the best first. */
  find(question: string, places: readonly string[]): CannedMatch[] {
    const plain = toPlain(question);
    if (plain === '' || this.#rows.length === 0) return [];
    const roots = rootsOf(plain);
    const byLetters = this.#likeness('letters', lettersOf(plain), this.#rows.length);
    const byRoots = this.#likeness('roots', roots, this.#rows.length);
    const byText = this.#likeness('texts', roots, this.#texts.length);
    const nearestText = new Map<number, { like: number; text: number }>();
    for (const [at, like] of byText.entries()) {
      const { row, text } = this.#texts[at] as { row: number; text: number };
      if (like > (nearestText.get(row)?.like ?? 0)) nearestText.set(row, { like, text });
    }
    const meanings = this.#meaningLikeness(encode(readEncoder(), plain));
    const allowed = new Set(places);
    const scored = this.#rows.flatMap((row, at) => {
      if (!allowed.has(row.place)) return [];
      const text = nearestText.get(at);
      const like = { letters: byLetters[at] as number, roots: byRoots[at] as number, texts: text?.like ?? 0 };
      const words = WEIGHTS.letters * like.letters + WEIGHTS.roots * like.roots + WEIGHTS.texts * like.texts;
      const meaning = meanings[at] as number;
      const score = words + WEIGHTS.meaning * meaning;
      if (score === 0) return [];
      const isByText = text !== undefined && like.texts > Math.max(like.roots, like.letters);
      return [{ row, score, words, meaning, phrase: isByText ? (row.texts[text.text] as string) : row.title }];
    });
    scored.sort((one, other) => other.score - one.score);
    return scored.slice(0, FOUND_MAX).map(({ row, score, words, meaning, phrase }, place) => {
      const ahead = score - (scored[place === 0 ? 1 : 0]?.score ?? 0);
      const lead = Math.max(-FITTED.leadMax, Math.min(FITTED.leadMax, ahead));
      const sure = FITTED.start + FITTED.words * words + FITTED.meaning * meaning + FITTED.lead * lead;
      return { id: row.id, phrase, confidence: 1 / (1 + Math.exp(-sure)) };
    });
  }

  /** Of each response the nearest of its title and its texts; nothing is less than strange. */
  #meaningLikeness(question: Float32Array): Float32Array {
    return Float32Array.from(this.#rows, (row) => {
      const [title, ...texts] = (this.#pieces.get(row) as Pieces).meanings as [Float32Array, ...Float32Array[]];
      return Math.max(0, dot(question, title), ...texts.map((text) => TEXT_MEANING * dot(question, text)));
    });
  }

  #post(part: Part, doc: number, features: Features): void {
    const { places, weights } = this.#spaces[part].toVector(features, 1);
    const postings = this.#postings[part];
    for (const [at, place] of places.entries()) {
      const posting = postings[place] ?? { docs: [], weights: [] };
      postings[place] = posting;
      posting.docs.push(doc);
      posting.weights.push(weights[at] as number);
    }
  }

  #likeness(part: Part, features: Features, count: number): Float32Array {
    const { places, weights }: SparseVector = this.#spaces[part].toVector(features, 1);
    const likeness = new Float32Array(count);
    for (const [at, place] of places.entries()) {
      const { docs, weights: theirs } = this.#postings[part][place] as Posting;
      const mine = weights[at] as number;
      for (let q = 0; q < docs.length; q++) (likeness[docs[q] as number] as number) += mine * (theirs[q] as number);
    }
    return likeness;
  }
}

function toPieces({ title, shortcut, texts }: IndexedCanned): Pieces {
  const name = toPlain(`${title} ${shortcut.replace(/[._-]+/g, ' ')}`);
  // A variable is not a word of the text.
  const said = texts.map((text) => toPlain(text.replace(/\{\{[^{}]*\}\}/g, ' ')));
  return {
    title: { letters: lettersOf(name), roots: rootsOf(name) },
    texts: said.map(rootsOf),
    meanings: [toPlain(title), ...said].map((plain) => encode(readEncoder(), plain)),
  };
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
