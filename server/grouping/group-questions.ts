/**
 * Finds what people keep asking, without being told what there is to ask. Nearly equal texts are taken for one; a few thousand of these
 * are grouped by the average of how alike they are in letters, words and meaning; everything else joins the group that is nearest.
 */
import { toPlain } from '../matching/plain-words.ts';
import type { Encoder } from '../matching/sentence-encoder.ts';
import { isSmallTalk, withoutCourtesy } from './courtesies.ts';
import { groupHeads, type Heads } from './group-heads.ts';
import { continueGroups } from './group-ids.ts';
import { chooseTypical } from './group-names.ts';
import { findCopies } from './near-copies.ts';
import { Frequencies, toMeanings, toRows, writtenOf } from './phrase-rows.ts';
import { ALONE, type FoundGroup, type Grouping, type GroupingOrder, SMALL_TALK } from './question-group.ts';

/** Fewer questions are no group. */
const GROUP_MIN = 2;

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
  const groups = yield* groupHeads(heads, { rows, meanings }, holders.length, encoder !== null);
  yield 0.95;

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
