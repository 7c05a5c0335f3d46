/**
 * Groups for who has few questions yet, where nothing can be learnt from their number: what is near by letters and roots is together, one
 * after the other, the most frequent first. Which words are rare is known from the library.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nanoid } from 'nanoid';
import { readLibrary } from '../matching/library.ts';
import { lettersOf, rootsOf } from '../matching/phrase-features.ts';
import { toPlain } from '../matching/plain-words.ts';
import { FeatureSpace } from '../matching/weighing.ts';
import { isSmallTalk } from './asked-text.ts';

const NEAR = 0.42;
const SAMPLES = 8;
const AT_ONCE = 200;
const LEARNT_EACH = 1;

export interface GroupingQuestion {
  id: string;
  text: string;
  likeness: string;
  groupId: string | null;
  /** It stays where it is. */
  isFixed: boolean;
}

/** Questions that are the same for who counts. */
export interface NewGroup {
  id: string;
  questionIds: string[];
  /** The most typical first. */
  typicalIds: string[];
  /** The automatic answer that is asked like it. */
  answerId: string | null;
}

interface Kind {
  first: GroupingQuestion;
  ids: string[];
  homes: Map<string, number>;
}

interface Group {
  id: string | null;
  kinds: Kind[];
}

export class NearGroups {
  readonly #letters = new FeatureSpace();
  readonly #roots = new FeatureSpace();
  readonly #postings = new Map<number, { group: number; sample: number; weight: number }[]>();
  readonly #samples: number[] = [];
  readonly groups: Group[] = [];

  learn(text: string): void {
    const plain = toPlain(text);
    this.#letters.learn(lettersOf(plain));
    this.#roots.learn(rootsOf(plain));
  }

  find(text: string): { id: string } | null {
    const id = this.groups[this.nearest(text) ?? -1]?.id ?? null;
    return id === null ? null : { id };
  }

  /** The nearest group, if one is near enough. */
  nearest(text: string): number | null {
    const scores = new Map<number, number>();
    for (const [place, weight] of this.#weigh(text)) {
      for (const posting of this.#postings.get(place) ?? []) {
        scores.set(posting.sample, (scores.get(posting.sample) ?? 0) + weight * posting.weight);
      }
    }
    let best: number | null = null;
    let most = NEAR;
    for (const [sample, score] of scores) {
      if (score < most) continue;
      most = score;
      best = this.#samples[sample] as number;
    }
    return best;
  }

  add(group: number, text: string): void {
    const sample = this.#samples.length;
    this.#samples.push(group);
    for (const [place, weight] of this.#weigh(text)) {
      const posting = this.#postings.get(place);
      if (posting) posting.push({ group, sample, weight });
      else this.#postings.set(place, [{ group, sample, weight }]);
    }
  }

  *#weigh(text: string): Generator<[place: number, weight: number]> {
    const plain = toPlain(text);
    const letters = this.#letters.toVector(lettersOf(plain), 0.4);
    const roots = this.#roots.toVector(rootsOf(plain), 0.6);
    for (const [at, place] of letters.places.entries()) yield [place * 2, letters.weights[at] as number];
    for (const [at, place] of roots.places.entries()) yield [place * 2 + 1, roots.weights[at] as number];
  }
}

/** In slices, so that whoever chats meanwhile does not wait. */
export async function groupFew(questions: readonly GroupingQuestion[]): Promise<{ groups: NewGroup[]; near: NearGroups }> {
  const kinds = kindsOf(questions.filter(({ text, isFixed }) => isFixed || !isSmallTalk(text)));
  const near = new NearGroups();
  const usual = readLibrary().flatMap(({ phrasings }) => Object.values(phrasings).flatMap((texts) => texts.slice(0, LEARNT_EACH)));
  for (const [at, text] of [...usual, ...kinds.map(({ first }) => first.text)].entries()) {
    near.learn(text);
    if (at % AT_ONCE === 0) await nextTurn();
  }
  const fixed = new Map<string, number>();
  for (const [at, kind] of kinds.entries()) {
    if (at % AT_ONCE === 0) await nextTurn();
    const home = kind.first.isFixed ? kind.first.groupId : null;
    const found = home === null ? near.nearest(kind.first.text) : (fixed.get(home) ?? null);
    const group = found ?? near.groups.push({ id: home, kinds: [] }) - 1;
    if (home !== null) fixed.set(home, group);
    const { kinds: own } = near.groups[group] as Group;
    own.push(kind);
    if (own.length <= SAMPLES) near.add(group, kind.first.text);
  }
  return { groups: nameGroups(near.groups), near };
}

/** What people have decided about comes first, then what is asked most. */
function kindsOf(questions: readonly GroupingQuestion[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const question of questions) {
    const key = question.isFixed ? `${question.groupId} ${question.likeness}` : question.likeness;
    const kind: Kind = kinds.get(key) ?? { first: question, ids: [], homes: new Map() };
    kinds.set(key, kind);
    kind.ids.push(question.id);
    if (question.groupId !== null) kind.homes.set(question.groupId, (kind.homes.get(question.groupId) ?? 0) + 1);
  }
  return [...kinds.values()].sort(
    (one, other) => Number(other.first.isFixed) - Number(one.first.isFixed) || other.ids.length - one.ids.length,
  );
}

/** Each takes the name-plate of the group from which most of its questions came, the largest claim first. */
function nameGroups(groups: readonly Group[]): NewGroup[] {
  const claims: { group: number; id: string; size: number }[] = [];
  for (const [at, { id, kinds }] of groups.entries()) {
    const homes = new Map<string, number>();
    for (const kind of kinds) for (const [home, count] of kind.homes) homes.set(home, (homes.get(home) ?? 0) + count);
    for (const [home, size] of homes) if (id === null) claims.push({ group: at, id: home, size });
  }
  claims.sort((one, other) => other.size - one.size);
  const taken = new Set<string>(groups.flatMap(({ id }) => id ?? []));
  for (const { group, id } of claims) {
    const claimant = groups[group] as Group;
    if (claimant.id !== null || taken.has(id)) continue;
    claimant.id = id;
    taken.add(id);
  }
  return groups.flatMap((group) => {
    const questionIds = group.kinds.flatMap(({ ids }) => ids);
    // What nobody else has asked is no group, unless it is what is left of one.
    if (questionIds.length < 2 && group.id === null) return [];
    group.id ??= nanoid();
    return [{ id: group.id, questionIds, typicalIds: byTypical(group.kinds).map(({ first }) => first.id), answerId: null }];
  });
}

function byTypical(kinds: readonly Kind[]): Kind[] {
  const length = (kind: Kind) => Math.abs(kind.first.text.length - 40);
  return kinds.toSorted((one, other) => other.ids.length - one.ids.length || length(one) - length(other));
}
