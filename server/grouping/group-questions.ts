/**
 * Finds what people keep asking, without being told what there is to ask. Nearly equal texts are taken for one; a few thousand of these
 * are grouped by the average of how alike they are in letters, words and meaning; everything else joins the group that is nearest.
 */
import { toPlain } from '../matching/plain-words.ts';
import { type Encoder, DIMENSIONS as MEANT } from '../matching/sentence-encoder.ts';
import { AverageLink, Likenesses } from './average-link.ts';
import { GroupCentres } from './group-centres.ts';
import { continueGroups } from './group-ids.ts';
import { chooseTypical } from './group-names.ts';
import { findCopies } from './near-copies.ts';
import { Frequencies, PLACES, type Rows, toMeanings, toRows, writtenOf } from './phrase-rows.ts';
import { ALONE, type FoundGroup, type Grouping, type GroupingOrder, SMALL_TALK } from './question-group.ts';
import { isSmallTalk, withoutCourtesy } from './small-talk.ts';

/** So many different texts are compared with each other; their number is what time and memory grow with, squared. */
export const COMPARED_MAX = 6_000;
/** Of one held group or answer. */
const HELD_MAX = 120;
/** Who were together before are so much more alike: groups do not wander for a few new questions. */
const HABIT = 0.04;
const NEVER = -1e6;
/** In a constant of this file: the loader of the sources makes each look at an imported one a call. */
const DIMENSIONS = MEANT;
/** Fewer questions are no group. */
const GROUP_MIN = 2;

/** What is written and what is meant, and how much more alike than any two texts a group has to be. */
const BY_LETTERS = { meaning: 0, above: 0.05 };
const BY_BOTH = { meaning: 0.8, above: 0.12 };

interface Heads {
  plains: string[];
  /** How many questions each stands for. */
  weights: Float64Array;
  /** The held group or answer that it is fixed in, or -1; and the group of the run before. */
  holder: Int32Array;
  before: Int32Array;
}

/** Yields from 0 to 1 how far it is; in steps of some milliseconds. */
export function* grouping(order: GroupingOrder, encoder: Encoder | null): Generator<number, Grouping> {
  const { questions } = order;
  const { holders, holderOfQuestion, beforeOfQuestion, holderTexts } = readKnown(order);
  const groupOf = new Int32Array(questions.length).fill(ALONE);
  const strength = new Float32Array(questions.length);

  // Each different text once.
  const texts: string[] = [];
  const textOf = new Int32Array(questions.length).fill(-1);
  const counts: number[] = [];
  const held: number[] = [];
  const before: number[] = [];
  const numbers = new Map<string, number>();
  const know = (plain: string, holder: number, previous: number, weight: number): number => {
    const key = holder < 0 ? plain : `${plain}\n${holder}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = texts.push(plain) - 1;
      numbers.set(key, number);
      counts.push(0);
      held.push(holder);
      before.push(previous);
    }
    (counts[number] as number) += weight;
    return number;
  };
  for (const [at, { text }] of questions.entries()) {
    const plain = toPlain(text);
    const holder = holderOfQuestion[at] as number;
    if (holder < 0 && isSmallTalk(plain)) groupOf[at] = SMALL_TALK;
    else textOf[at] = know(withoutCourtesy(plain), holder, beforeOfQuestion[at] as number, 1);
    if (at % 500 === 0) yield (0.1 * at) / questions.length;
  }
  for (const { text, holder } of holderTexts) {
    const plain = withoutCourtesy(toPlain(text));
    if (plain !== '') know(plain, holder, -1, 0);
  }
  yield 0.1;

  const byCount = texts
    .map((_, at) => at)
    .sort(
      (one, other) => (held[other] as number) - (held[one] as number) || (counts[other] as number) - (counts[one] as number) || one - other,
    );
  const copies = findCopies(texts, byCount, (one, head) => held[one] === held[head] || (held[one] as number) < 0);
  yield 0.3;

  const headOf = new Int32Array(texts.length).fill(-1);
  const heads: Heads = {
    plains: [],
    weights: new Float64Array(texts.length),
    holder: new Int32Array(texts.length).fill(-1),
    before: new Int32Array(texts.length).fill(-1),
  };
  for (const text of byCount) {
    const leader = copies[text] as number;
    if (leader !== text) continue;
    const head = heads.plains.push(texts[text] as string) - 1;
    headOf[text] = head;
    heads.holder[head] = held[text] as number;
    heads.before[head] = before[text] as number;
  }
  for (const text of byCount) {
    headOf[text] = headOf[copies[text] as number] as number;
    (heads.weights[headOf[text] as number] as number) += counts[text] as number;
  }

  const frequencies = new Frequencies();
  for (const plain of heads.plains) frequencies.learn(writtenOf(plain));
  const rows = toRows(heads.plains, frequencies, writtenOf);
  yield 0.4;
  const meanings = toMeanings(heads.plains, encoder);
  yield 0.45;
  const { groups, above } = yield* groupHeads(heads, { rows, meanings }, holders.length, encoder !== null);
  yield 0.95;
  void above;

  return finish();

  function finish(): Grouping {
    for (let at = 0; at < questions.length; at++) {
      const text = textOf[at] as number;
      if (text < 0) continue;
      const head = headOf[text] as number;
      groupOf[at] = (holderOfQuestion[at] as number) >= 0 ? (holderOfQuestion[at] as number) : (groups.groupOf[head] as number);
      strength[at] = groups.strength[head] as number;
    }
    return nameGroups(order, groupOf, strength, holders);
  }
}

export function groupQuestions(order: GroupingOrder, encoder: Encoder | null): Grouping {
  const steps = grouping(order, encoder);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A group that people hold, with the answer that belongs to it; or an answer that has no group yet. */
export interface Holder {
  groupId: string | null;
  answerId: string | null;
}

function readKnown({ questions, known, answers }: GroupingOrder) {
  const holders: Holder[] = [];
  const holderTexts: { text: string; holder: number }[] = [];
  const numberOf = new Map(questions.map(({ id }, at) => [id, at]));
  const holderOfQuestion = new Int32Array(questions.length).fill(-1);
  const beforeOfQuestion = new Int32Array(questions.length).fill(-1);
  const byAnswer = new Map<string, number>();
  for (const [at, group] of known.entries()) {
    const holder = group.isHeld ? holders.push({ groupId: group.id, answerId: group.answerId ?? null }) - 1 : -1;
    if (holder >= 0 && group.answerId !== undefined && !byAnswer.has(group.answerId)) byAnswer.set(group.answerId, holder);
    for (const member of group.members) {
      const number = numberOf.get(member);
      if (number === undefined) continue;
      holderOfQuestion[number] = holder;
      beforeOfQuestion[number] = at;
    }
    if (holder >= 0) for (const text of group.examples) holderTexts.push({ text, holder });
  }
  for (const { answerId, phrases } of answers) {
    const holder = byAnswer.get(answerId) ?? holders.push({ groupId: null, answerId }) - 1;
    for (const text of phrases) holderTexts.push({ text, holder });
  }
  return { holders, holderOfQuestion, beforeOfQuestion, holderTexts };
}

interface Measured {
  rows: Rows;
  meanings: Float32Array;
}

/** The first `holders` groups are those that are held; they may stay empty. */
function* groupHeads(heads: Heads, { rows, meanings }: Measured, holders: number, hasEncoder: boolean) {
  const shares = hasEncoder ? BY_BOTH : BY_LETTERS;
  const compared = chooseCompared(heads);
  const pairs = yield* compare(compared, { rows, meanings }, shares.meaning);
  const floor = typicalLikeness(pairs) + shares.above;
  const holderOf = compared.map((head) => heads.holder[head] as number);
  const beforeOf = compared.map((head) => heads.before[head] as number);
  for (let one = 1, at = 0; one < compared.length; one++) {
    for (let other = 0; other < one; other++, at++) {
      const mine = holderOf[one] as number;
      const theirs = holderOf[other] as number;
      if (mine >= 0 && theirs >= 0 && mine !== theirs) pairs.values[at] = NEVER;
      else if ((beforeOf[one] as number) >= 0 && beforeOf[one] === beforeOf[other]) (pairs.values[at] as number) += HABIT;
    }
  }
  const sizes = Float64Array.from(compared, () => 1);
  const link = new AverageLink(pairs, sizes);
  const parent = Int32Array.from(compared, (_, at) => at);
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
  yield 0.7;
  for (const { from, into } of yield* reporting(link.merging(floor), 0.7, 0.85, compared.length)) parent[from] = into;
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] as number;
    return root;
  };
  const numbers = new Map<number, number>();
  for (const [holder, first] of firstOf) numbers.set(rootOf(first), holder);
  let next = holders;
  const groupOf = new Int32Array(heads.plains.length).fill(ALONE);
  for (const [at, head] of compared.entries()) {
    const root = rootOf(at);
    const number = numbers.get(root) ?? next++;
    numbers.set(root, number);
    groupOf[head] = number;
  }
  const centres = new GroupCentres(rows, meanings, shares.meaning, next);
  for (const head of compared) centres.add(head, groupOf[head] as number, Math.max(1, heads.weights[head] as number));
  yield 0.87;
  const strength = new Float32Array(heads.plains.length);
  for (let head = 0; head < heads.plains.length; head++) {
    const holder = heads.holder[head] as number;
    if (holder >= 0) groupOf[head] = holder;
    if (groupOf[head] === ALONE) {
      const nearest = centres.nearest(head);
      if (nearest && nearest.likeness >= floor) groupOf[head] = nearest.group;
    }
    strength[head] = (groupOf[head] as number) < 0 ? 0 : centres.strength(head, groupOf[head] as number);
    if (head % 256 === 0) yield 0.87 + (0.08 * head) / heads.plains.length;
  }
  return { groups: { groupOf, strength }, above: floor };
}

function* reporting<T>(steps: Generator<number, T>, from: number, to: number, whole: number): Generator<number, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + ((to - from) * step.value) / Math.max(1, whole);
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

function* compare(compared: readonly number[], { rows, meanings }: Measured, share: number): Generator<number, Likenesses> {
  const pairs = new Likenesses(compared.length);
  const { starts, places, weights } = rows;
  const ends = postingStarts(compared, rows);
  const begins = ends.slice();
  const owners = new Int32Array(ends[PLACES] as number);
  const loads = new Float32Array(owners.length);
  const scale = 1 / (1 + share);
  for (const [one, head] of compared.entries()) {
    const row = pairs.values.subarray((one * (one - 1)) / 2, (one * (one + 1)) / 2);
    for (let q = starts[head] as number; q < (starts[head + 1] as number); q++) {
      const place = places[q] as number;
      const mine = (weights[q] as number) * scale;
      const end = ends[place] as number;
      for (let at = begins[place] as number; at < end; at++) (row[owners[at] as number] as number) += mine * (loads[at] as number);
      owners[end] = one;
      loads[end] = weights[q] as number;
      ends[place] = end + 1;
    }
    if (share > 0) {
      const mine = meanings.subarray(head * DIMENSIONS, (head + 1) * DIMENSIONS);
      for (let other = 0; other < one; other++) {
        const from = (compared[other] as number) * DIMENSIONS;
        let dot = 0;
        let too = 0;
        for (let d = 0; d < DIMENSIONS; d += 2) {
          dot += (mine[d] as number) * (meanings[from + d] as number);
          too += (mine[d + 1] as number) * (meanings[from + d + 1] as number);
        }
        (row[other] as number) += share * scale * (dot + too);
      }
    }
    if (one % 32 === 0) yield 0.45 + (0.25 * one * one) / (compared.length * compared.length);
  }
  return pairs;
}

/** Where the list of those that have a place begins, if there is one list after the other. */
function postingStarts(compared: readonly number[], { starts, places }: Rows): Int32Array {
  const begins = new Int32Array(PLACES + 1);
  for (const head of compared) {
    for (let q = starts[head] as number; q < (starts[head + 1] as number); q++) (begins[(places[q] as number) + 1] as number) += 1;
  }
  for (let place = 0; place < PLACES; place++) (begins[place + 1] as number) += begins[place] as number;
  return begins;
}

/** How alike any two are. */
function typicalLikeness({ values }: Likenesses): number {
  let sum = 0;
  let count = 0;
  const step = Math.max(1, Math.floor(values.length / 200_000));
  for (let at = 0; at < values.length; at += step) {
    sum += values[at] as number;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

/** Puts the groups in order of size, drops those that are none, and gives ids and names. */
function nameGroups(
  { questions, known }: GroupingOrder,
  groupOf: Int32Array,
  strength: Float32Array,
  holders: readonly Holder[],
): Grouping {
  const members = new Map<number, number[]>();
  for (const [at, group] of groupOf.entries()) {
    if (group < 0) continue;
    const list = members.get(group);
    if (list) list.push(at);
    else members.set(group, [at]);
  }
  for (const [group, list] of members) {
    if (group < holders.length || list.length >= GROUP_MIN) continue;
    for (const at of list) groupOf[at] = ALONE;
    members.delete(group);
  }
  const ordered = [...members].sort((one, other) => other[1].length - one[1].length || (one[1][0] as number) - (other[1][0] as number));
  const ids = continueGroups(ordered, holders, known, questions);
  const groups = ordered.map(([group, list], at): FoundGroup => {
    const typical = chooseTypical(list, questions, strength);
    for (const question of list) groupOf[question] = at;
    return {
      id: ids[at] as string | null,
      name: questions[typical[0] as number]?.text ?? '',
      size: list.length,
      answerId: holders[group]?.answerId ?? null,
      typical,
    };
  });
  return { groups, groupOf, strength };
}
