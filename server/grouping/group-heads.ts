/**
 * Groups texts that are no copies of each other: first those that are surely alike, by average link; then what asks the same in other
 * words; what has no neighbours stays alone. Of very many texts some thousands are compared, and the others go where their neighbours are.
 */
import { DIMENSIONS as MEANT } from '../matching/sentence-encoder.ts';
import { AverageLink, type Likenesses } from './average-link.ts';
import { GroupCentres } from './group-centres.ts';
import { joinKin, largestGroups, measureKinship, type Small } from './kin.ts';
import { Compared, compareAll } from './likeness.ts';
import { crowdOf, findNeighbours, NEIGHBOURS, type Neighbours } from './neighbours.ts';
import { PLACES, type Rows } from './phrase-rows.ts';
import { ALONE } from './question-group.ts';

/** In a constant of this file: the loader of the sources makes each look at an imported one a call. */
const DIMENSIONS = MEANT;
/** So many different texts are compared with each other; their number is what time and memory grow with, squared. */
const COMPARED_MAX = 6_000;
/** Of one held group or answer. */
const HELD_MAX = 120;
/** Who were together before are so much more alike: groups do not wander for a few new questions. */
const HABIT = 0.04;
const NEVER = -1e6;
/** What was asked so often, almost in the same words, is a group though nothing is like it. */
const OFTEN = 3;
/** Who asks about few things has texts that are all alike; more than this is not taken for usual. */
const USUAL_MAX = { written: 0.035, meant: 0.16 };

/** How much meaning counts beside writing, and how much more alike than any two texts a group's members have to be on average. */
const BY_LETTERS = { meaning: 0, above: 0.05, crowd: 0.08 };
const BY_BOTH = { meaning: 0.8, above: 0.26, crowd: 0.28 };

export interface Heads {
  plains: string[];
  /** How many questions each stands for. */
  weights: Float64Array;
  /** The held group or answer that it is fixed in, or -1; and the group of the run before, or -1. */
  holder: Int32Array;
  before: Int32Array;
}

export interface Measured {
  rows: Rows;
  meanings: Float32Array;
}

export interface HeadGroups {
  groupOf: Int32Array;
  strength: Float32Array;
}

/** The first `holders` groups are those that are held; they may stay empty. */
export function* groupHeads(heads: Heads, measured: Measured, holders: number, hasEncoder: boolean): Generator<number, HeadGroups> {
  const shares = hasEncoder ? BY_BOTH : BY_LETTERS;
  const chosen = chooseCompared(heads);
  const pairs = yield* compareAll(chosen, measured, shares.meaning);
  const typical = typicalLikeness(chosen, measured);
  const usual = (typical.written + shares.meaning * typical.meant) / (1 + shares.meaning);
  const neighbours = findNeighbours(pairs);
  yield 0.68;
  const isAlone = chosen.map((head, at) => {
    const isKnown = (heads.holder[head] as number) >= 0 || (heads.before[head] as number) >= 0;
    return !isKnown && (heads.weights[head] as number) < OFTEN && (neighbours.crowding[at] as number) < usual + shares.crowd;
  });
  const parts = yield* linkSurely({ heads, chosen, pairs, isAlone }, usual + shares.above);
  yield 0.82;
  const whole = hasEncoder ? joinParts({ parts, chosen, measured, typical, neighbours }) : [...parts];
  const groupOf = new Int32Array(heads.plains.length).fill(ALONE);
  let next = holders;
  for (const { members, holder } of whole) {
    const group = holder >= 0 ? holder : next++;
    for (const head of members) groupOf[head] = group;
  }
  yield 0.86;
  yield* joinNeighbours({ heads, chosen, measured, groupOf }, usual + shares.crowd, shares.meaning);
  for (let head = 0; head < heads.plains.length; head++)
    if ((heads.holder[head] as number) >= 0) groupOf[head] = heads.holder[head] as number;
  const centres = new GroupCentres(measured.rows, measured.meanings, shares.meaning, next);
  for (const head of chosen) if ((groupOf[head] as number) >= 0) centres.add(head, groupOf[head] as number);
  const strength = new Float32Array(heads.plains.length);
  for (let head = 0; head < heads.plains.length; head++) {
    strength[head] = (groupOf[head] as number) < 0 ? 0 : centres.strength(head, groupOf[head] as number);
    if (head % 512 === 0) yield 0.92 + (0.03 * head) / heads.plains.length;
  }
  return { groupOf, strength };
}

interface Linking {
  heads: Heads;
  chosen: readonly number[];
  pairs: Likenesses;
  isAlone: readonly boolean[];
}

/** Pure groups, smaller than they should be; what is held together is together in them. */
function* linkSurely({ heads, chosen, pairs, isAlone }: Linking, floor: number): Generator<number, Small[]> {
  const holderOf = chosen.map((head) => heads.holder[head] as number);
  const beforeOf = chosen.map((head) => heads.before[head] as number);
  for (let one = 1, at = 0; one < chosen.length; one++) {
    for (let other = 0; other < one; other++, at++) {
      const mine = holderOf[one] as number;
      const theirs = holderOf[other] as number;
      if (isAlone[one] || isAlone[other] || (mine >= 0 && theirs >= 0 && mine !== theirs)) pairs.values[at] = NEVER;
      else if ((beforeOf[one] as number) >= 0 && beforeOf[one] === beforeOf[other]) (pairs.values[at] as number) += HABIT;
    }
  }
  yield 0.7;
  const link = new AverageLink(pairs);
  const parent = Int32Array.from(chosen, (_, at) => at);
  const firstOf = new Map<number, number>();
  for (const [at, holder] of holderOf.entries()) {
    if (holder < 0) continue;
    const first = firstOf.get(holder);
    if (first === undefined) firstOf.set(holder, at);
    else {
      link.join(at, first);
      parent[at] = first;
    }
  }
  const steps = link.merging(floor);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      for (const { from, into } of step.value) parent[from] = into;
      break;
    }
    yield 0.7 + (0.12 * step.value) / chosen.length;
  }
  const parts = new Map<number, Small>();
  for (const [at, head] of chosen.entries()) {
    if (isAlone[at]) continue;
    let root = at;
    while (parent[root] !== root) root = parent[root] as number;
    const part = parts.get(root) ?? { members: [], holder: -1, before: -1 };
    part.members.push(head);
    part.holder = Math.max(part.holder, holderOf[at] as number);
    parts.set(root, part);
  }
  for (const part of parts.values()) part.before = mostly(part.members.map((head) => heads.before[head] as number));
  return [...parts.values()];
}

/** The value that more than half have, or -1. */
function mostly(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const [value, count] of counts) if (count * 2 > values.length) return value;
  return -1;
}

interface Joining {
  parts: readonly Small[];
  chosen: readonly number[];
  measured: Measured;
  typical: { written: number; meant: number };
  neighbours: Neighbours;
}

function joinParts({ parts, chosen, measured, typical, neighbours }: Joining): Small[] {
  const small = largestGroups(parts);
  const kinship = measureKinship(small, measured, typical);
  const partOf = new Map<number, number>();
  const crowd = crowdOf(chosen.length);
  for (const [part, { members }] of small.entries()) for (const head of members) partOf.set(head, part);
  for (const [at, head] of chosen.entries()) {
    const mine = partOf.get(head);
    if (mine === undefined) continue;
    for (let q = at * NEIGHBOURS; q < at * NEIGHBOURS + crowd; q++) {
      const theirs = partOf.get(chosen[neighbours.ids[q] as number] ?? -1);
      if (theirs !== undefined) (kinship.across[mine * small.length + theirs] as number) += NEIGHBOURS / crowd;
    }
  }
  const parent = joinKin(small, kinship);
  const whole = new Map<number, Small>();
  for (const [part, { members, holder }] of small.entries()) {
    let root = part;
    while (parent[root] !== root) root = parent[root] as number;
    const into = whole.get(root) ?? { members: [], holder: -1, before: -1 };
    into.members.push(...members);
    into.holder = Math.max(into.holder, holder);
    whole.set(root, into);
  }
  const taken = new Set(small);
  return [...whole.values(), ...parts.filter((part) => !taken.has(part))];
}

interface Voting {
  heads: Heads;
  chosen: readonly number[];
  measured: Measured;
  groupOf: Int32Array;
}

/** Who was not compared goes where most of its neighbours are, if it is as crowded there as in a group. */
function* joinNeighbours({ heads, chosen, measured, groupOf }: Voting, floor: number, share: number): Generator<number, void> {
  if (chosen.length === heads.plains.length) return;
  const compared = new Compared(chosen, measured, share);
  const isChosen = new Uint8Array(heads.plains.length);
  for (const head of chosen) isChosen[head] = 1;
  const votes = new Map<number, number>();
  const crowd = crowdOf(chosen.length);
  for (let head = 0; head < heads.plains.length; head++) {
    if (head % 128 === 0) yield 0.86 + (0.06 * head) / heads.plains.length;
    if (isChosen[head] === 1) continue;
    votes.clear();
    let crowding = 0;
    for (const [neighbour, likeness] of compared.nearest(head, crowd)) {
      crowding += likeness / crowd;
      const group = groupOf[neighbour] as number;
      if (group >= 0) votes.set(group, (votes.get(group) ?? 0) + likeness);
    }
    if (crowding < floor) continue;
    let most = 0;
    for (const [group, likeness] of votes) if (likeness > most) [most, groupOf[head]] = [likeness, group];
  }
}

/** The most frequent half, and of the others every n-th. Of what is held a part. */
function chooseCompared({ plains, weights, holder }: Heads): number[] {
  const ofHolder = new Map<number, number>();
  const free: number[] = [];
  const chosen: number[] = [];
  for (let head = 0; head < plains.length; head++) {
    const mine = holder[head] as number;
    if (mine < 0) free.push(head);
    else if ((ofHolder.get(mine) ?? 0) < HELD_MAX && chosen.length < COMPARED_MAX / 2) {
      chosen.push(head);
      ofHolder.set(mine, (ofHolder.get(mine) ?? 0) + 1);
    }
  }
  free.sort((one, other) => (weights[other] as number) - (weights[one] as number) || one - other);
  const room = COMPARED_MAX - chosen.length;
  if (free.length <= room) return [...chosen, ...free];
  const sure = free.slice(0, room >> 1);
  const rest = free.slice(room >> 1);
  const step = rest.length / (room - sure.length);
  const some = Array.from({ length: room - sure.length }, (_, at) => rest[Math.floor(at * step)] as number);
  return [...chosen, ...sure, ...some];
}

/** How alike any two are, by way of the sum of all. */
function typicalLikeness(chosen: readonly number[], { rows, meanings }: Measured): { written: number; meant: number } {
  const { starts, places, weights } = rows;
  const sum = new Float32Array(PLACES);
  const middle = new Float64Array(DIMENSIONS);
  let ownWritten = 0;
  let ownMeant = 0;
  for (const head of chosen) {
    for (let q = starts[head] as number; q < (starts[head + 1] as number); q++) {
      (sum[places[q] as number] as number) += weights[q] as number;
      ownWritten += (weights[q] as number) ** 2;
    }
    for (let d = 0; d < DIMENSIONS; d++) {
      const value = meanings[head * DIMENSIONS + d] as number;
      (middle[d] as number) += value;
      ownMeant += value * value;
    }
  }
  let written = -ownWritten;
  for (const value of sum) written += value * value;
  let meant = -ownMeant;
  for (const value of middle) meant += value * value;
  const count = Math.max(1, chosen.length * (chosen.length - 1));
  return { written: Math.min(USUAL_MAX.written, written / count), meant: Math.min(USUAL_MAX.meant, meant / count) };
}
