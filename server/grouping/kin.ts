/**
 * Joins small pure groups that ask the same in other words. Whether two do was learned from labelled sets of questions: from how alike
 * they are in writing and in meaning, against how alike each is in itself and all questions are, from how many of their members are
 * nearest neighbours across, and from their sizes.
 */
import { DIMENSIONS as MEANT } from '../matching/sentence-encoder.ts';
import { PLACES, type Rows } from './phrase-rows.ts';

const DIMENSIONS = MEANT;
const SIGNS = 16;
/** Fitted by logistic regression to small groups of clinc150 and hwu64; sets of banks' customers had no part in it. */
const WEIGHTS = [0.42, -0.99, 0.59, 0.34, 1.88, -0.14, 1.99, 1.63, 2.37, 1.89, 0.57, 0.69, 0.52, 1.09, 1.19, -12.17];
/** In logits. Wrong joins cost less than the fit thinks: most of what people ask is in few groups. */
const JOIN_AT = -1;
/** For two parts of what was one group in the run before. */
const HABIT = 1;
const GROUPS_MAX = 1_500;
const IMPOSSIBLE = -99;

export interface Small {
  /** Rows of its members. */
  members: number[];
  /** What people hold together, or -1; and the group of the run before that most were in, or -1. */
  holder: number;
  before: number;
}

export interface Kinship {
  sizes: Float64Array;
  /** For each two groups, in a square: sums of likenesses in writing and in meaning, and neighbours across. */
  written: Float32Array;
  meant: Float32Array;
  across: Float32Array;
  typicalWritten: number;
  typicalMeant: number;
}

/** `parent[n]`: the group that group `n` went into, or itself. */
export function joinKin(small: readonly Small[], kinship: Kinship): Int32Array {
  const count = small.length;
  const parent = Int32Array.from(small, (_, at) => at);
  const holders = Int32Array.from(small, ({ holder }) => holder);
  const signs = new Float64Array(SIGNS);
  const scoreOf = (one: number, other: number): number => {
    if ((kinship.across[one * count + other] as number) + (kinship.across[other * count + one] as number) < 1) return IMPOSSIBLE;
    if ((holders[one] as number) >= 0 && (holders[other] as number) >= 0 && holders[one] !== holders[other]) return IMPOSSIBLE;
    readSigns(kinship, one, other, signs);
    let score = 0;
    for (let at = 0; at < SIGNS; at++) score += (signs[at] as number) * (WEIGHTS[at] as number);
    const before = (small[one] as Small).before;
    return before >= 0 && before === (small[other] as Small).before ? score + HABIT : score;
  };
  const best = new Float64Array(count).fill(IMPOSSIBLE);
  const partner = new Int32Array(count).fill(-1);
  const isGone = new Uint8Array(count);
  const seek = (one: number) => {
    best[one] = IMPOSSIBLE;
    partner[one] = -1;
    for (let other = 0; other < count; other++) {
      if (other === one || isGone[other] === 1) continue;
      const score = scoreOf(one, other);
      if (score > (best[one] as number)) [best[one], partner[one]] = [score, other];
    }
  };
  for (let one = 0; one < count; one++) seek(one);
  for (;;) {
    let one = -1;
    for (let at = 0; at < count; at++) if (isGone[at] === 0 && (one < 0 || (best[at] as number) > (best[one] as number))) one = at;
    if (one < 0 || (best[one] as number) < JOIN_AT) return parent;
    const other = partner[one] as number;
    isGone[other] = 1;
    parent[other] = one;
    if ((holders[one] as number) < 0) holders[one] = holders[other] as number;
    absorb(kinship, one, other);
    seek(one);
    for (let at = 0; at < count; at++) {
      if (isGone[at] === 1 || at === one) continue;
      if (partner[at] === one || partner[at] === other) seek(at);
      else {
        const score = scoreOf(at, one);
        if (score > (best[at] as number)) [best[at], partner[at]] = [score, one];
      }
    }
  }
}

function absorb({ sizes, written, meant, across }: Kinship, one: number, other: number): void {
  const count = sizes.length;
  for (const square of [written, meant, across]) {
    for (let at = 0; at < count; at++) (square[one * count + at] as number) += square[other * count + at] as number;
    for (let at = 0; at < count; at++) (square[at * count + one] as number) += square[at * count + other] as number;
  }
  (sizes[one] as number) += sizes[other] as number;
}

/** What speaks for and against two groups asking the same; each is of the order of one. */
function readSigns(kinship: Kinship, one: number, other: number, signs: Float64Array): void {
  const { sizes, written, meant, across, typicalWritten, typicalMeant } = kinship;
  const count = sizes.length;
  const mine = sizes[one] as number;
  const theirs = sizes[other] as number;
  const inside = (square: Float32Array, at: number, usual: number) => {
    const size = sizes[at] as number;
    return ((square[at * count + at] as number) + 3 * usual) / (size * (size - 1) + 3);
  };
  const alikeWritten = (written[one * count + other] as number) / (mine * theirs);
  const alikeMeant = (meant[one * count + other] as number) / (mine * theirs);
  const myWritten = inside(written, one, 0.25);
  const theirWritten = inside(written, other, 0.25);
  const myMeant = inside(meant, one, 0.5);
  const theirMeant = inside(meant, other, 0.5);
  const neighbours = (across[one * count + other] as number) + (across[other * count + one] as number);
  const smaller = Math.min(mine, theirs);
  signs[0] = alikeWritten * 10;
  signs[1] = alikeWritten / Math.sqrt(myWritten * theirWritten);
  signs[2] = alikeMeant * 4;
  signs[3] = alikeMeant / Math.sqrt(Math.max(0.05, myMeant) * Math.max(0.05, theirMeant));
  signs[4] = neighbours / smaller / 10;
  signs[5] = Math.log(1 + (neighbours / (mine * theirs)) * 50);
  signs[6] = Math.log(smaller) / 3;
  signs[7] = Math.log(Math.max(mine, theirs)) / 3;
  signs[8] = Math.min(myWritten, theirWritten) * 3;
  signs[9] = Math.max(myWritten, theirWritten) * 3;
  signs[10] = Math.min(myMeant, theirMeant);
  signs[11] = Math.max(myMeant, theirMeant);
  signs[12] = (alikeMeant - typicalMeant) * 4;
  signs[13] = Math.log((alikeWritten + 0.003) / (typicalWritten + 0.003));
  signs[14] = typicalMeant * 5;
  signs[15] = 1;
}

/** The largest groups of two and more. */
export function largestGroups(groups: Iterable<Small>): Small[] {
  return [...groups]
    .filter(({ members, holder }) => members.length >= 2 || holder >= 0)
    .sort((one, other) => other.members.length - one.members.length || (one.members[0] as number) - (other.members[0] as number))
    .slice(0, GROUPS_MAX);
}

interface Measured {
  rows: Rows;
  meanings: Float32Array;
}

/** `across` is left to whoever knows the neighbours. The sum over all pairs is the product of the sums. */
export function measureKinship(
  small: readonly Small[],
  { rows, meanings }: Measured,
  typical: { written: number; meant: number },
): Kinship {
  const count = small.length;
  const kinship: Kinship = {
    sizes: Float64Array.from(small, ({ members }) => members.length),
    written: new Float32Array(count * count),
    meant: new Float32Array(count * count),
    across: new Float32Array(count * count),
    typicalWritten: typical.written,
    typicalMeant: typical.meant,
  };
  const { starts, places, weights } = rows;
  const dense = new Float32Array(PLACES);
  const middle = new Float32Array(DIMENSIONS);
  for (const [one, { members }] of small.entries()) {
    middle.fill(0);
    for (const row of members) {
      for (let q = starts[row] as number; q < (starts[row + 1] as number); q++)
        (dense[places[q] as number] as number) += weights[q] as number;
      for (let d = 0; d < DIMENSIONS; d++) (middle[d] as number) += meanings[row * DIMENSIONS + d] as number;
    }
    for (const [other, { members: others }] of small.entries()) {
      let writtenSum = 0;
      let meantSum = 0;
      for (const row of others) {
        let itself = 0;
        for (let q = starts[row] as number; q < (starts[row + 1] as number); q++) {
          writtenSum += (dense[places[q] as number] as number) * (weights[q] as number);
          if (one === other) itself += (weights[q] as number) ** 2;
        }
        writtenSum -= itself;
        let length = 0;
        for (let d = 0; d < DIMENSIONS; d++) {
          const value = meanings[row * DIMENSIONS + d] as number;
          meantSum += (middle[d] as number) * value;
          length += value * value;
        }
        if (one === other) meantSum -= length;
      }
      kinship.written[one * count + other] = writtenSum;
      kinship.meant[one * count + other] = meantSum;
    }
    for (const row of members) for (let q = starts[row] as number; q < (starts[row + 1] as number); q++) dense[places[q] as number] = 0;
  }
  return kinship;
}
