/**
 * Puts all questions into groups anew, now and then: what people have decided stays, the ids of the other groups go on with those of
 * their questions. On several servers one does it at a time.
 */
import { nanoid } from 'nanoid';
import { listAnswers } from '../answers/answers.ts';
import type { App } from '../app.ts';
import { GroupFinder } from '../grouping/group-finder.ts';
import { groupInThread } from '../grouping/grouping-thread.ts';
import type { AnswerWords, Grouping, KnownGroup } from '../grouping/question-group.ts';
import type { QuestionGroupRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';
import { groupFew, type NewGroup } from './few-questions.ts';
import { maskWords } from './masked-text.ts';
import { type Given, insertGroups, listGivenAnswers, listGroupRows, updateGroup } from './question-group-store.ts';
import { deleteEmptyGroups, listQuestionsToGroup, type Move, moveAll, type QuestionToGroup } from './question-grouping-store.ts';
import { findMining, lockMining, markDays, updateMining } from './question-intake-store.ts';

/** Older ones stay in the group that they are in. */
const QUESTIONS_MAX = 100_000;
const PAGE = 2_000;
const MOVES_AT_ONCE = 300;
const NAME_MAX = 120;
/** Until so many have asked, a group is called by whatever is most typical by now; then it keeps its name. */
const NAME_SETTLES_AT = 20;
/** Ten times as long as it took, and never less than this. */
const REST_FOR_WORK = 10;
const REST_LEAST_MS = 3_000;
const ONCE_IN_MS = 24 * 60 * 60_000;
/** A server that has not come to an end by then is not there any more. */
const LEASE_MS = 15 * 60_000;

/** A new question is looked up among so many groups, the largest first, by so many texts of each: everybody waits while it is prepared. */
const FOUND_AT_ONCE = 300;
const TEXTS_EACH = 5;
/** With fewer different questions than this their number teaches nothing. */
const MANY = 1_000;
const ANSWERS_PAGE = 200;
const ANSWERS_MAX = 2_000;

export class QuestionGrouping {
  readonly #app: App;
  readonly #many: number;
  readonly #ending = new AbortController();
  #finder: { find(text: string): { id: string } | null } | null = null;
  #hasNewcomers = false;
  /** By the machine's own clock. */
  #nextAt = 0;
  #isHurried = false;

  constructor(app: App, many = MANY) {
    this.#app = app;
    this.#many = many;
  }

  stop(): void {
    this.#ending.abort();
  }

  /** The groups that these belong to, as the last grouping knew them. */
  find(texts: readonly string[]): (string | null)[] {
    return texts.map((text) => this.#finder?.find(text)?.id ?? null);
  }

  /** Some questions are in no group yet. */
  welcome(): void {
    this.#hasNewcomers = true;
  }

  /** Somebody waits for it. */
  hurry(): void {
    this.#nextAt = 0;
    this.#isHurried = true;
  }

  /** False when it is not time for it. */
  async step(): Promise<boolean> {
    if (performance.now() < this.#nextAt) return false;
    const now = this.#app.now();
    const state = await findMining(this.#app.storage.db);
    if (!state || state.sweptAt === null) return false;
    const isDue = state.isWanted === 1 || this.#hasNewcomers || state.groupedAt === null || now - state.groupedAt >= ONCE_IN_MS;
    if (!isDue || !(await this.#takeLease(now))) return false;
    this.#hasNewcomers = false;
    this.#isHurried = false;
    const startedAt = performance.now();
    try {
      await this.#group();
      await this.#app.storage.write((trx) => updateMining(trx, { groupedAt: this.#app.now(), groupingSince: null }));
    } catch (error) {
      // A server that ends gives it back too, so that the next one need not wait.
      await this.#app.storage.write((trx) => updateMining(trx, { groupingSince: null, isWanted: 1 }));
      throw error;
    } finally {
      // Who decided something meanwhile waits for what comes of it.
      const restMs = this.#isHurried ? 0 : Math.max(REST_LEAST_MS, REST_FOR_WORK * (performance.now() - startedAt));
      this.#nextAt = performance.now() + restMs;
    }
    return true;
  }

  #takeLease(now: number): Promise<boolean> {
    return this.#app.storage.write(async (trx) => {
      const state = await lockMining(trx);
      if (!state || (state.groupingSince !== null && now - state.groupingSince < LEASE_MS)) return false;
      await updateMining(trx, { groupingSince: now, isWanted: 0 });
      return true;
    });
  }

  async #group(): Promise<void> {
    const rows = await listGroupRows(this.#app.storage.db);
    const questions = await this.#readAll();
    const isMany = new Set(questions.map(({ likeness }) => likeness)).size >= this.#many;
    const texts = new Map(questions.map((question) => [question.id, question]));
    const { groups, finder } = isMany ? await this.#groupMany(rows, questions) : await groupAlike(rows, questions);
    await this.#store({ groups, rows, questions: texts });
    this.#finder = finder;
    await this.#linkAnswers();
  }

  async #groupMany(rows: readonly QuestionGroupRow[], questions: readonly QuestionToGroup[]): Promise<Grouped> {
    const { signal } = this.#ending;
    const answers = await this.#readAnswers();
    const order = { questions: questions.map(({ id, text }) => ({ id, text })), known: knownGroups(rows, questions), answers };
    const groups = newGroups(questions, await groupInThread(order, { signal }));
    const texts = new Map(questions.map(({ id, text }) => [id, text]));
    const largest = groups.toSorted((one, other) => other.questionIds.length - one.questionIds.length).slice(0, FOUND_AT_ONCE);
    const textsOf = ({ typicalIds }: NewGroup) => typicalIds.slice(0, TEXTS_EACH).map((id) => texts.get(id) ?? '');
    const findable = largest.map((group) => ({ id: group.id, texts: textsOf(group) }));
    return { groups, finder: new GroupFinder(findable, null) };
  }

  async #readAll(): Promise<QuestionToGroup[]> {
    const all: QuestionToGroup[] = [];
    let before: Cursor | null = null;
    while (all.length < QUESTIONS_MAX && !this.#ending.signal.aborted) {
      const page: QuestionToGroup[] = await listQuestionsToGroup(this.#app.storage.db, before, PAGE);
      all.push(...page);
      const last = page.at(-1);
      if (page.length < PAGE || !last) break;
      before = { at: last.askedAt, id: last.id };
    }
    return all;
  }

  /** How the automatic answers are known to be asked: what is like it belongs to them. */
  async #readAnswers(): Promise<AnswerWords[]> {
    const words: AnswerWords[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAnswers(this.#app, { isOn: 'true', limit: ANSWERS_PAGE, ...(cursor !== undefined && { cursor }) });
      words.push(
        ...page.items.map(({ id, question, phrasings }) => ({ answerId: id, phrases: [...Object.values(question), ...phrasings] })),
      );
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && words.length < ANSWERS_MAX);
    return words;
  }

  async #store({
    groups,
    rows,
    questions,
  }: {
    groups: NewGroup[];
    rows: readonly QuestionGroupRow[];
    questions: ReadonlyMap<string, QuestionToGroup>;
  }) {
    const { storage } = this.#app;
    const { signal } = this.#ending;
    const known = new Map(rows.map((row) => [row.id, row]));
    for (const group of groups) await this.#writeGroup(group, known.get(group.id), questions);
    const moves = movesTo(groups, questions);
    for (let at = 0; at < moves.length && !signal.aborted; at += MOVES_AT_ONCE) {
      await storage.write(async (trx) => {
        await lockMining(trx);
        await markDays(trx, await moveAll(trx, moves.slice(at, at + MOVES_AT_ONCE)));
      });
    }
    signal.throwIfAborted();
    await storage.write(async (trx) => {
      await lockMining(trx);
      await deleteEmptyGroups(trx);
    });
  }

  /** A name that a person gave stays; so does one under which many have found it. */
  async #writeGroup(
    { id, questionIds, typicalIds: [typicalId], answerId }: NewGroup,
    row: QuestionGroupRow | undefined,
    questions: ReadonlyMap<string, QuestionToGroup>,
  ) {
    const text = questions.get(typicalId ?? '')?.text.split('\n')[0] ?? '';
    const named = { name: maskWords(text).slice(0, NAME_MAX) || '…', nameFrom: typicalId ?? null };
    const namer = questions.get(row?.nameFrom ?? '');
    const isSettled = questionIds.length >= NAME_SETTLES_AT && namer?.groupId === id;
    const isNamed = row !== undefined && (row.isNamed === 1 || isSettled || row.nameFrom === typicalId || typicalId === undefined);
    const isLinked = row !== undefined && (row.isKept === 1 || answerId === null || row.answerId === answerId);
    if (isNamed && isLinked) return;
    await this.#app.storage.write(async (trx) => {
      await lockMining(trx);
      if (row) return updateGroup(trx, row.id, { ...(!isNamed && named), ...(!isLinked && { answerId }) });
      const fresh = { isNamed: 0, isIgnored: 0, isKept: 0, mergedInto: null, splitFrom: null, answerId, version: 1 };
      return insertGroups(trx, [{ id, ...named, ...fresh, createdAt: this.#app.now() }]);
    });
  }

  /** An answer that the bot gives to most of what is asked in a group is that group's answer. */
  async #linkAnswers(): Promise<void> {
    const { db, write } = this.#app.storage;
    const best = new Map<string, Given>();
    for (const given of await listGivenAnswers(db)) if (given.count > (best.get(given.groupId)?.count ?? 0)) best.set(given.groupId, given);
    const rows = new Map((await listGroupRows(db)).map((row) => [row.id, row]));
    const links = [...best.values()].filter(({ groupId, answerId }) => rows.get(groupId)?.answerId !== answerId);
    if (links.length === 0) return;
    await write(async (trx) => {
      await lockMining(trx);
      for (const { groupId, answerId } of links) await updateGroup(trx, groupId, { answerId });
    });
  }
}

interface Grouped {
  groups: NewGroup[];
  finder: { find(text: string): { id: string } | null };
}

async function groupAlike(rows: readonly QuestionGroupRow[], questions: readonly QuestionToGroup[]): Promise<Grouped> {
  const kept = new Set(rows.filter(({ isKept }) => isKept === 1).map(({ id }) => id));
  const isFixed = ({ groupId }: QuestionToGroup) => groupId !== null && kept.has(groupId);
  const { groups, near } = await groupFew(questions.map((question) => ({ ...question, isFixed: isFixed(question) })));
  return { groups, finder: near };
}

function knownGroups(rows: readonly QuestionGroupRow[], questions: readonly QuestionToGroup[]): KnownGroup[] {
  const members = new Map<string, string[]>(rows.map(({ id }) => [id, []]));
  for (const { id, groupId } of questions) members.get(groupId ?? '')?.push(id);
  return rows.map(({ id, name, isKept, answerId }) => ({
    id,
    members: members.get(id) ?? [],
    examples: isKept === 1 ? [name] : [],
    isHeld: isKept === 1,
    ...(answerId !== null && { answerId }),
  }));
}

function newGroups(questions: readonly QuestionToGroup[], { groups, groupOf }: Grouping): NewGroup[] {
  const idOf = (at: number) => (questions[at] as QuestionToGroup).id;
  const found = groups.map(
    ({ id, typical, answerId }): NewGroup => ({ id: id ?? nanoid(), questionIds: [], typicalIds: typical.map(idOf), answerId }),
  );
  for (const [at, group] of groupOf.entries()) if (group >= 0) found[group]?.questionIds.push(idOf(at));
  // An answer that nobody has asked for yet is no question.
  return found.filter(({ questionIds }) => questionIds.length > 0);
}

function movesTo(groups: readonly NewGroup[], questions: ReadonlyMap<string, QuestionToGroup>): Move[] {
  const homes = new Map(groups.flatMap(({ id, questionIds }) => questionIds.map((questionId) => [questionId, id] as const)));
  return [...questions.values()].flatMap(({ id, groupId }) => {
    const [was, becomes] = [groupId ?? '', homes.get(id) ?? ''];
    return was === becomes ? [] : [{ questionId: id, was, becomes }];
  });
}
