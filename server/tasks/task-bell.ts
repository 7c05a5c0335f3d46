import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { listIdsToRing, lockTasks, updateTask } from './task-store.ts';
import { ABANDONED_AFTER_MS, announceTask, ringTask } from './task-views.ts';

const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 100;

/**
 * Rings calls when they are due, and a while before. Whether one has rung is a row: what fell due while no server ran rings when
 * one starts, and of two servers one rings it.
 */
export class TaskBell {
  readonly #app: App;
  #looking: NodeJS.Timeout | undefined;
  #isRinging = false;
  #isStopped = false;

  constructor(app: App) {
    this.#app = app;
  }

  start(): void {
    this.#looking = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.wake();
  }

  /** Something may be due by now. */
  wake(): void {
    if (this.#isRinging || this.#isStopped) return;
    this.#isRinging = true;
    this.#ring()
      .catch((error: unknown) => this.#app.log.warn({ err: error }, 'calls that are due could not be rung'))
      .finally(() => {
        this.#isRinging = false;
      });
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#looking);
  }

  async #ring(): Promise<void> {
    const { storage, now } = this.#app;
    while (!this.#isStopped) {
      const moment = { now: now(), abandonedAt: now() - ABANDONED_AFTER_MS };
      const ids = await listIdsToRing(storage.db, { ...moment, limit: AT_ONCE });
      if (ids.length === 0) return;
      const rung = await storage.write((trx) => ring(trx, ids, moment.now));
      if (rung.length === 0) return;
      for (const { id, isReminder } of rung) {
        await announceTask(this.#app, id);
        await ringTask(this.#app, id, isReminder);
      }
    }
  }
}

/** After a reminder it rings once more, when it is due. */
async function ring(trx: Transaction, ids: readonly string[], now: number): Promise<{ id: string; isReminder: boolean }[]> {
  const due = (await lockTasks(trx, ids)).filter(({ ringAt, status }) => ringAt !== null && ringAt <= now && status === 'open');
  for (const { id, dueAt } of due) await updateTask(trx, id, now < dueAt ? { ringAt: dueAt } : { ringAt: null, rangAt: now });
  return due.map(({ id, dueAt }) => ({ id, isReminder: now < dueAt }));
}
