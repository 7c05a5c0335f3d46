/**
 * Questions in, answers out, by a thread of its own (matching-thread.ts). It is started with the server, or by the first question once there is an
 * answer that is on; what is changed afterwards, here or by another server on the same database, it learns by and by. Whatever happens to the thread,
 * a question is answered: with `none`, where nothing can be known of it in time.
 */
import { setImmediate as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { AnswerTrial, AskedMoment } from '../../shared/automatic-answer.ts';
import type { App } from '../app.ts';
import { openThread } from '../transport/open-thread.ts';
import { isAnyAnswerOn, listVersionsOn, readLearnedRows, stampOfAnswers } from './answer-store.ts';
import { nothingKnown, type Order, type Question, type Report } from './matching-orders.ts';

export interface AskedOf {
  inboxId?: string | null | undefined;
  /** Milliseconds since the epoch; now where it is absent. */
  at?: number | undefined;
  locale?: string | null | undefined;
  moment?: AskedMoment | undefined;
  /** Waits until everything that was saved before is learned. */
  isFresh?: boolean;
  withinMs?: number;
}

interface Pending {
  order: Extract<Order, { kind: 'ask' }>;
  isRepeated: boolean;
  settle: (trial: AnswerTrial) => void;
}

const ANSWER_WITHIN_MS = 3_000;
/** How often another server's changes are looked for. */
const LOOK_EVERY_MS = 2_000;
const SENT_AT_ONCE = 20;
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 60_000;

const ownThread = new URL('./matching-thread.ts', import.meta.url);

export class AnswerMatching {
  readonly #app: App;
  readonly #source: URL;
  readonly #silentMaxMs: number;
  #worker: Worker | null = null;
  #pending = new Map<number, Pending>();
  #asked = 0;
  /** What the thread has: ids with their `updatedAt`, of everything that `stamp` stands for. */
  #sent = new Map<string, number>();
  #stamp: string | null = null;
  #edition = 0;
  #sending: Promise<void> = Promise.resolve();
  /** Null: not known. Only looked at while there is no thread. */
  #isAnyOn: { is: Promise<boolean>; lookedAt: number } | null = null;
  #restMs = 0;
  #restart: NodeJS.Timeout | null = null;
  #looking: NodeJS.Timeout | null = null;
  #heardAt = 0;
  #isClosed = false;

  /** A thread that is silent for so long is lost in thought, and ended. */
  constructor(app: App, { source = ownThread, silentMaxMs = 10_000 }: { source?: URL; silentMaxMs?: number } = {}) {
    this.#app = app;
    this.#source = source;
    this.#silentMaxMs = silentMaxMs;
  }

  /** Never throws, and never takes much longer than `withinMs`. */
  async ask(
    text: string,
    { inboxId = null, at, locale = null, moment = 'any', isFresh = false, withinMs }: AskedOf = {},
  ): Promise<AnswerTrial> {
    const question: Question = { text, inboxId, at: at ?? this.#app.now(), locale, moment };
    const limitMs = withinMs ?? ANSWER_WITHIN_MS;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        settle(unready(question, limitMs));
        if (performance.now() - this.#heardAt > this.#silentMaxMs) void this.#worker?.terminate();
      }, limitMs);
      const number = ++this.#asked;
      const settle = (trial: AnswerTrial) => {
        clearTimeout(timer);
        this.#pending.delete(number);
        resolve(trial);
      };
      this.#put(question, { number, isFresh, settle }).catch((error: unknown) => {
        this.#app.log.warn({ err: error }, 'a question could not be matched');
        settle(unready(question, 0));
      });
    });
  }

  /** Learns ahead, so that nobody who asks first after a start has to wait for it. */
  async warm(): Promise<void> {
    try {
      if ((await this.#hasAnswers()) && !this.#isClosed) await this.#start();
    } catch (error) {
      if (!this.#isClosed) this.#app.log.warn({ err: error }, 'the answers could not be learned ahead');
    }
  }

  /** After the commit of any change. */
  mark(): void {
    this.#isAnyOn = null;
    if (this.#worker) void this.#follow();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#restart) clearTimeout(this.#restart);
    if (this.#looking) clearInterval(this.#looking);
    for (const { settle, order } of this.#pending.values()) settle(unready(order.question, 0));
    await this.#sending;
    await this.#worker?.terminate();
  }

  async #put(
    question: Question,
    { number, isFresh, settle }: { number: number; isFresh: boolean; settle: Pending['settle'] },
  ): Promise<void> {
    if (this.#isClosed || !(await this.#hasAnswers())) {
      settle(nothingKnown(question));
      return;
    }
    void this.#start();
    if (isFresh) await this.#follow();
    const order = { kind: 'ask', number, question, edition: isFresh ? this.#edition : 0 } as const;
    this.#pending.set(number, { order, isRepeated: false, settle });
    this.#post(order);
  }

  /** Whether anything could be answered at all; asks no database where nothing has changed. */
  async hasAnswers(): Promise<boolean> {
    return this.#worker && this.#stamp !== null ? this.#sent.size > 0 : this.#hasAnswers();
  }

  async #hasAnswers(): Promise<boolean> {
    if (this.#worker) return true;
    const { storage, config } = this.#app;
    const isOld = config.databaseUrl !== undefined && performance.now() - (this.#isAnyOn?.lookedAt ?? 0) > LOOK_EVERY_MS;
    if (this.#isAnyOn && !isOld) return this.#isAnyOn.is;
    // Whoever asks meanwhile waits for the same answer.
    const looked = { is: isAnyAnswerOn(storage.db), lookedAt: performance.now() };
    this.#isAnyOn = looked;
    looked.is.catch(() => {
      if (this.#isAnyOn === looked) this.#isAnyOn = null;
    });
    return looked.is;
  }

  #start(): Promise<void> {
    if (this.#worker || this.#restart || this.#isClosed) return this.#sending;
    const worker = openThread(this.#source, { name: 'kesher-answers' });
    worker.unref();
    this.#worker = worker;
    this.#heardAt = performance.now();
    worker.on('message', (report: Report) => this.#hear(report));
    let cause: Error | null = null;
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => this.#lose(worker, cause));
    if (this.#app.config.databaseUrl !== undefined && this.#looking === null) {
      this.#looking = setInterval(() => void this.#follow(), LOOK_EVERY_MS);
      this.#looking.unref();
    }
    return this.#follow();
  }

  #post(order: Order): void {
    this.#worker?.postMessage(order);
  }

  #hear(report: Report): void {
    this.#heardAt = performance.now();
    if (report.kind === 'learned') {
      this.#restMs = 0;
      this.#app.log.debug({ edition: report.edition, tookMs: report.tookMs }, 'answers are learned');
    } else if (report.kind === 'failed') {
      this.#app.log.error({ ...report.about, stack: report.stack }, 'something could not be matched, and the others are');
    } else if (report.kind === 'reply') this.#pending.get(report.number)?.settle(report.trial);
  }

  /** One after the other: whoever comes while it goes on gets what was saved by then. */
  #follow(): Promise<void> {
    this.#sending = this.#sending.then(async () => {
      const worker = this.#worker;
      if (!worker || this.#isClosed) return;
      try {
        await this.#send(worker);
      } catch (error) {
        this.#stamp = null;
        if (!this.#isClosed) this.#app.log.warn({ err: error }, 'answers could not be read for matching');
      }
    });
    return this.#sending;
  }

  /** In portions, between which others have their turn. */
  async #send(worker: Worker): Promise<void> {
    const { db } = this.#app.storage;
    const stamp = await stampOfAnswers(db);
    if (stamp === this.#stamp) return;
    const versions = await listVersionsOn(db);
    if (this.#worker !== worker) return;
    const isOn = new Set(versions.map(({ id }) => id));
    const gone = [...this.#sent.keys()].filter((id) => !isOn.has(id));
    const fresh = versions.filter(({ id, updatedAt }) => this.#sent.get(id) !== updatedAt);
    if (gone.length > 0) worker.postMessage({ kind: 'gone', ids: gone } satisfies Order);
    for (const id of gone) this.#sent.delete(id);
    for (let from = 0; from < fresh.length; from += SENT_AT_ONCE) {
      const some = fresh.slice(from, from + SENT_AT_ONCE);
      const rows = await readLearnedRows(
        db,
        some.map(({ id }) => id),
      );
      await pause();
      // A thread that has ended meanwhile is told nothing more: its successor is told everything.
      if (this.#worker !== worker) return;
      worker.postMessage({ kind: 'rows', rows: rows.filter(({ isOn }) => isOn === 1) } satisfies Order);
      for (const { id, updatedAt } of some) this.#sent.set(id, updatedAt);
    }
    if (this.#worker !== worker) return;
    this.#stamp = stamp;
    this.#edition += 1;
    worker.postMessage({ kind: 'learn', edition: this.#edition } satisfies Order);
  }

  /** Each question is put to the next thread once: one that ends two of them is answered with nothing. */
  #lose(worker: Worker, cause: Error | null): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#sent.clear();
    this.#stamp = null;
    if (this.#isClosed) return;
    this.#app.log.error({ err: cause }, 'the thread that matches answers has ended, and is started again');
    for (const pending of [...this.#pending.values()]) {
      if (pending.isRepeated) pending.settle(unready(pending.order.question, 0));
      pending.isRepeated = true;
    }
    this.#restart = setTimeout(() => {
      this.#restart = null;
      void this.#start();
      for (const { order } of this.#pending.values()) this.#post({ ...order, edition: 0 });
    }, this.#restMs);
    this.#restart.unref();
    this.#restMs = Math.min(LONGEST_REST_MS, Math.max(FIRST_REST_MS, this.#restMs * 3));
  }
}

function unready(question: Question, tookMs: number): AnswerTrial {
  return { ...nothingKnown(question), isUnready: true, tookMs };
}
