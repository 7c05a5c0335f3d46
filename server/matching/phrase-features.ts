/** What a phrase is compared by: its words, their roots, pairs of neighbours, and the runs of letters in its words. */
import { wordsOf } from './plain-words.ts';
import { stemOf } from './word-stems.ts';

/** Ids of features (32-bit hashes) with how often each is there. */
export type Features = Map<number, number>;

const SHORTEST_RUN = 2;
const LONGEST_RUN = 4;

/** Runs of two to four letters, with the edges of words: what typing slips and endings leave in common. */
export function lettersOf(plain: string): Features {
  const counts: Features = new Map();
  for (const word of wordsOf(plain)) {
    const edged = ` ${word} `;
    for (let length = SHORTEST_RUN; length <= LONGEST_RUN; length++) {
      for (let at = 0; at + length <= edged.length; at++) add(counts, hashOf(1, edged, at, at + length), 1);
    }
  }
  return counts;
}

/** Words count half of their roots, and a pair of neighbours somewhat less than a root. */
export function rootsOf(plain: string): Features {
  const counts: Features = new Map();
  let previous = '';
  for (const word of wordsOf(plain)) {
    const stem = stemOf(word);
    add(counts, wordFeature(word), 0.5);
    add(counts, hashOf(3, stem), 1);
    if (previous !== '') add(counts, hashOf(4, `${previous} ${stem}`), 0.7);
    previous = stem;
  }
  return counts;
}

export function wordFeature(word: string): number {
  return hashOf(2, word);
}

function add(counts: Features, feature: number, weight: number): void {
  counts.set(feature, (counts.get(feature) ?? 0) + weight);
}

/** FNV-1a over UTF-16 units, mixed once more at the end; `kind` keeps a word apart from the same letters elsewhere. */
export function hashOf(kind: number, text: string, from = 0, to = text.length): number {
  let hash = Math.imul(0x811c9dc5 ^ kind, 0x01000193);
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
