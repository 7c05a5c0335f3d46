/** Frequent questions, kept up to date while the server runs: read, counted by day, put into groups. Nobody's message waits for it. */
import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { maskWords } from './masked-text.ts';
import { countDay, hasChangedDays, takeChangedDays } from './question-day-store.ts';
import { findWordsOfGroup, listGroupsNamedAfter, updateGroup } from './question-group-store.ts';
import { QuestionGrouping } from './question-grouping.ts';
import { QuestionIntake } from './question-intake.ts';
import { eraseQuestionTexts, lockMining } from './question-intake-store.ts';

const IDLE_MS = 1_000;
const AFTER_FAILURE_MS = 5_000;
/** Of the time at most a fifth is spent on it, however much there is to do. */
const REST_FOR_WORK = 4;
const DAYS_AT_ONCE = 2;

export class QuestionMining {
  readonly #app: App;
  readonly #grouping: QuestionGrouping;
  readonly #intake: QuestionIntake;
  #timer: NodeJS.Timeout | undefined;
  #groupingTimer: NodeJS.Timeout | undefined;
  #isWorking = false;
  #isStopped = false;

  /** From so many different questions on they are put into groups in a thread of its own. */
  constructor(app: App, many?: number) {
    this.#app = app;
    this.#grouping = new QuestionGrouping(app, many);
    this.#intake = new QuestionIntake(app, this.#grouping);
    this.#plan(0);
    this.#planGrouping();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#groupingTimer);
    this.#grouping.stop();
  }

  /** A person has changed groups, and looks at what comes of it. */
  hurry(): void {
    this.#grouping.hurry();
    if (!this.#isStopped) this.#plan(0);
  }

  #plan(inMs: number): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), inMs);
    this.#timer.unref();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return this.#plan(IDLE_MS);
    this.#isWorking = true;
    const startedAt = performance.now();
    try {
      const hasWorked = (await this.#intake.step()) || (await this.#countDays());
      this.#plan(hasWorked ? REST_FOR_WORK * (performance.now() - startedAt) : IDLE_MS);
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'questions could not be read');
      this.#plan(AFTER_FAILURE_MS);
    } finally {
      this.#isWorking = false;
    }
  }

  #planGrouping(inMs = IDLE_MS): void {
    if (this.#isStopped) return;
    this.#groupingTimer = setTimeout(() => void this.#group(), inMs);
    this.#groupingTimer.unref();
  }

  async #group(): Promise<void> {
    try {
      await this.#grouping.step();
      this.#planGrouping();
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'questions could not be put into groups');
      this.#planGrouping(AFTER_FAILURE_MS);
    }
  }

  async #countDays(): Promise<boolean> {
    const { db, write } = this.#app.storage;
    if (!(await hasChangedDays(db))) return false;
    await write(async (trx) => {
      await lockMining(trx);
      for (const day of await takeChangedDays(trx, DAYS_AT_ONCE)) await countDay(trx, day);
    });
    return true;
  }
}

/** With the visitor's words; a group that was called by them is called by others. */
export async function eraseQuestions(trx: Transaction, conversationIds: readonly string[], visitorId: string | null): Promise<void> {
  await lockMining(trx);
  const erased = await eraseQuestionTexts(trx, conversationIds, visitorId);
  for (const group of await listGroupsNamedAfter(trx, erased)) {
    const words = await findWordsOfGroup(trx, group.id);
    await updateGroup(trx, group.id, { name: words ? maskWords(words.text).slice(0, 120) : '…', nameFrom: words?.id ?? null });
  }
}
