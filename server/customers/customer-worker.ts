import { nanoid } from 'nanoid';
import { findCallerOf } from '../agents/sessions.ts';
import type { App } from '../app.ts';
import { JudgingMemory } from '../purchases/judging-memory.ts';
import { mayImportPurchases } from '../purchases/purchase-import-rights.ts';
import type { CustomerJobRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { stepChange } from './bulk-edit.ts';
import { lockJob, releaseJobs, updateJob } from './customer-job-store.ts';
import { tellJob } from './customer-jobs.ts';
import { mayImportBy } from './import-rights.ts';
import { stepImport } from './import-steps.ts';
import { importRequestOf } from './imports.ts';
import { isWhereLeft, takeJob, unheld } from './job-lease.ts';
import { stepPurchases } from './purchase-import-steps.ts';
import { SeenKeys } from './seen-keys.ts';

const LOOK_EVERY_MS = 5_000;
const AFTER_FAILURE_MS = 2_000;
/** A piece that fails so often is not tried again. */
const TRIES = 3;
/** Of the time that a piece took, the rest behind it: others write then. */
const REST_FOR_WORK = 0.4;

/** A kind of work: whether somebody may go on with it, the next small piece, and what is forgotten while something else is done. */
interface Trade {
  kind: string;
  mayGoOn: (caller: Caller, job: CustomerJobRow) => boolean;
  step: (caller: Caller, job: CustomerJobRow) => Promise<unknown>;
  rest: () => void;
}

function tradesOf(app: App): Trade[] {
  const seen = new SeenKeys(() => new Map<string, number>());
  const orders = new SeenKeys(() => new JudgingMemory());
  return [
    {
      kind: 'change',
      mayGoOn: ({ permissions }) => permissions.includes('contacts:edit'),
      step: (caller, job) => stepChange(app, caller, job),
      rest: () => undefined,
    },
    {
      kind: 'import',
      mayGoOn: (caller, job) => mayImportBy(caller, importRequestOf(job).plan),
      step: (caller, job) => stepImport(app, caller, job, seen),
      rest: () => seen.forget(),
    },
    {
      kind: 'purchases',
      mayGoOn: mayImportPurchases,
      step: (caller, job) => stepPurchases(app, caller, job, orders),
      rest: () => orders.forget(),
    },
  ];
}

/** Does the work on many customers that waits, one after the other. How far it is stands in the database, so a server that starts goes on. */
export class CustomerWorker {
  readonly #app: App;
  readonly #id = nanoid();
  readonly #trades: readonly Trade[];
  readonly #failures = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #hasNews = false;
  #isStopped = false;

  constructor(app: App) {
    this.#app = app;
    this.#trades = tradesOf(app);
    this.wake();
  }

  wake(): void {
    this.#hasNews = true;
    if (this.#isRunning || this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#isRunning = true;
    void this.#run();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    // A piece that is on its way is not written then: the next server begins it anew.
    this.#app.storage.write((trx) => releaseJobs(trx, this.#id)).catch(() => undefined);
  }

  async #run(): Promise<void> {
    while (this.#hasNews && !this.#isStopped) {
      this.#hasNews = false;
      for (;;) {
        if (this.#isStopped) return;
        const job = await takeJob(this.#app, this.#id).catch(() => undefined);
        for (const { rest, kind } of this.#trades) if (job?.stage !== 'check' || job.kind !== kind) rest();
        if (!job) break;
        await this.#step(job);
      }
    }
    this.#isRunning = false;
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => this.wake(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async #step(job: CustomerJobRow): Promise<void> {
    const startedAt = performance.now();
    try {
      const caller = await findCallerOf(this.#app, job.agentId);
      const isAllowed = caller !== null && this.#tradeOf(job).mayGoOn(caller, job);
      // Taking back needs nobody's right: what a person who has left began is not left half done.
      if (!isAllowed && job.status !== 'undoing') return await this.#end(job);
      const worker = caller ?? {
        agentId: job.agentId,
        name: '',
        role: '',
        permissions: [],
        teamIds: [],
        mateIds: new Set(),
        mustEnrol: false,
        credentialId: '',
      };
      await this.#tradeOf(job).step(worker, job);
      this.#failures.delete(job.id);
      await this.#rest((performance.now() - startedAt) * REST_FOR_WORK);
    } catch (error) {
      if (this.#isStopped) return;
      const failures = (this.#failures.get(job.id) ?? 0) + 1;
      this.#failures.set(job.id, failures);
      this.#app.log.warn({ err: error, job: job.id }, 'work on many customers could not go on yet');
      if (failures >= TRIES) await this.#end(job).catch(() => undefined);
      await this.#rest(AFTER_FAILURE_MS);
    }
  }

  /** An import is taken back; a change stays where it was made, and can be taken back. */
  async #end(job: CustomerJobRow): Promise<void> {
    this.#failures.delete(job.id);
    const row = await this.#app.storage.write(async (trx) => {
      const held = await lockJob(trx, job.id);
      if (!held || !isWhereLeft(held, job)) return held;
      const isHalfWritten = held.kind !== 'change' && held.stage === 'write' && held.changed + held.added > 0;
      const values = isHalfWritten
        ? { status: 'undoing', stage: 'undo', cursor: null, total: held.changed + held.added, done: 0 }
        : { status: 'failed', endedAt: this.#app.now() };
      await updateJob(trx, job.id, { ...values, ...unheld });
      return { ...held, ...values };
    });
    if (row) tellJob(this.#app, row);
  }

  #tradeOf({ kind }: CustomerJobRow): Trade {
    const trade = this.#trades.find((one) => one.kind === kind);
    if (!trade) throw new Error(`Nobody knows how to do "${kind}".`);
    return trade;
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timer = setTimeout(resolve, ms);
    });
  }
}
