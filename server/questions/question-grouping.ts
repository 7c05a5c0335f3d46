/**
 * Puts all questions into groups anew, now and then: what people have decided stays, the ids of the other groups go on with those of
 * their questions. On several servers one does it at a time.
 */
import type { App } from '../app.ts';
import type { QuestionGroupRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';
import { maskWords } from './masked-text.ts';
import { type Given, insertGroups, listGivenAnswers, listGroupRows, updateGroup } from './question-group-store.ts';
import { deleteEmptyGroups, listQuestionsToGroup, type Move, moveAll, type QuestionToGroup } from './question-grouping-store.ts';
import { findMining, lockMining, markDays, updateMining } from './question-intake-store.ts';
import { type FoundGroup, groupQuestions, type NearGroups } from './rough-grouping.ts';

/** Older ones stay in the group that they are in. */
const QUESTIONS_MAX = 100_000;
const PAGE = 2_000;
const MOVES_AT_ONCE = 300;
const NAME_MAX = 120;
/** Until so many have asked, a group is called by whatever is most typical by now; then it keeps its name. */
const NAME_SETTLES_AT = 20;
/** One server in fifty of its time, and never more often than this. */
const REST_FOR_WORK = 50;
const REST_LEAST_MS = 3_000;
const ONCE_IN_MS = 24 * 60 * 60_000;
/** A server that has not come to an end by then is not there any more. */
const LEASE_MS = 15 * 60_000;

export class QuestionGrouping {
  readonly #app: App;
  #near: NearGroups | null = null;
  #hasNewcomers = false;
  #isStopped = false;
  /** By the machine's own clock. */
  #nextAt = 0;

  constructor(app: App) {
    this.#app = app;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** The groups that these belong to, as the last grouping knew them. */
  readonly place = async (texts: readonly string[]): Promise<(string | null)[]> =>
    texts.map((text) => {
      const found = this.#near?.find(text) ?? null;
      const id = found === null ? null : (this.#near?.groups[found]?.id ?? null);
      if (id === null) this.#hasNewcomers = true;
      return id;
    });

  /** Somebody has asked for it. */
  async hurry(): Promise<void> {
    this.#nextAt = 0;
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
    const startedAt = performance.now();
    try {
      await this.#group();
      await this.#app.storage.write((trx) => updateMining(trx, { groupedAt: this.#app.now(), groupingSince: null }));
    } catch (error) {
      if (!this.#isStopped) await this.#app.storage.write((trx) => updateMining(trx, { groupingSince: null, isWanted: 1 }));
      throw error;
    } finally {
      this.#nextAt = performance.now() + Math.max(REST_LEAST_MS, REST_FOR_WORK * (performance.now() - startedAt));
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
    const { db } = this.#app.storage;
    const rows = await listGroupRows(db);
    const kept = new Set(rows.filter(({ isKept }) => isKept === 1).map(({ id }) => id));
    const questions = await this.#readAll();
    const input = questions.map((question) => ({
      ...question,
      isFixed: question.groupId !== null && (question.isPlaced === 1 || kept.has(question.groupId)),
    }));
    const { groups, near } = await groupQuestions(input);
    await this.#store({ groups, rows, questions: new Map(questions.map((question) => [question.id, question])) });
    this.#near = near;
    await this.#linkAnswers();
  }

  /** An answer that the bot gives to most of what is asked in a group is that group's answer. */
  async #linkAnswers(): Promise<void> {
    const { db, write } = this.#app.storage;
    const best = new Map<string, Given>();
    for (const given of await listGivenAnswers(db)) if (given.count > (best.get(given.groupId)?.count ?? 0)) best.set(given.groupId, given);
    const rows = new Map((await listGroupRows(db)).map((row) => [row.id, row]));
    const links = [...best.values()].filter(({ groupId, answerId }) => rows.get(groupId)?.answerId !== answerId);
    if (links.length > 0)
      await write(async (trx) => {
        await lockMining(trx);
        for (const { groupId, answerId } of links) await updateGroup(trx, groupId, { answerId });
      });
  }

  async #readAll(): Promise<QuestionToGroup[]> {
    const all: QuestionToGroup[] = [];
    let before: Cursor | null = null;
    while (all.length < QUESTIONS_MAX && !this.#isStopped) {
      const page: QuestionToGroup[] = await listQuestionsToGroup(this.#app.storage.db, before, PAGE);
      all.push(...page);
      const last = page.at(-1);
      if (page.length < PAGE || !last) break;
      before = { at: last.askedAt, id: last.id };
    }
    return all;
  }

  async #store({
    groups,
    rows,
    questions,
  }: {
    groups: FoundGroup[];
    rows: readonly QuestionGroupRow[];
    questions: ReadonlyMap<string, QuestionToGroup>;
  }) {
    const { storage } = this.#app;
    const known = new Map(rows.map((row) => [row.id, row]));
    const stays = new Set(questions.keys());
    const moves: Move[] = [];
    for (const group of groups) {
      const row = known.get(group.id);
      await this.#writeGroup(group, row, questions);
      for (const id of group.questionIds) {
        stays.delete(id);
        const was = questions.get(id)?.groupId ?? '';
        if (was !== group.id) moves.push({ questionId: id, was, becomes: group.id });
      }
    }
    for (const id of stays) {
      const was = questions.get(id)?.groupId ?? '';
      if (was !== '') moves.push({ questionId: id, was, becomes: '' });
    }
    for (let at = 0; at < moves.length && !this.#isStopped; at += MOVES_AT_ONCE) {
      await storage.write(async (trx) => {
        await lockMining(trx);
        await markDays(trx, await moveAll(trx, moves.slice(at, at + MOVES_AT_ONCE)));
      });
    }
    await storage.write(async (trx) => {
      await lockMining(trx);
      await deleteEmptyGroups(trx);
    });
  }

  /** A name that a person gave stays; so does one under which many have found it. */
  async #writeGroup(
    { id, questionIds, typicalId }: FoundGroup,
    row: QuestionGroupRow | undefined,
    questions: ReadonlyMap<string, QuestionToGroup>,
  ) {
    const text = questions.get(typicalId)?.text ?? '';
    const named = { name: maskWords(text.split('\n')[0] ?? '').slice(0, NAME_MAX) || '…', nameFrom: typicalId };
    const isSettled = questionIds.length >= NAME_SETTLES_AT && row?.nameFrom !== null && questions.get(row?.nameFrom ?? '')?.groupId === id;
    if (row && (row.isNamed === 1 || isSettled || row.nameFrom === typicalId)) return;
    await this.#app.storage.write(async (trx) => {
      await lockMining(trx);
      if (row) return updateGroup(trx, row.id, named);
      const fresh = { isNamed: 0, isIgnored: 0, isKept: 0, mergedInto: null, splitFrom: null, answerId: null, version: 1 };
      return insertGroups(trx, [{ id, ...named, ...fresh, createdAt: this.#app.now() }]);
    });
  }
}
