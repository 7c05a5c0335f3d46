import { CALL_HELD_MS } from '../../shared/call-beat.ts';
import { listOnlineIds } from '../agents/online-agents.ts';
import type { App } from '../app.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { announceDone, type Done } from '../conversations/messages.ts';
import type { Transaction } from '../storage/database.ts';
import type { TaskRow } from '../storage/tables.ts';
import { closeAttempt, findAttemptRow } from './attempt-store.ts';
import { waitOn } from './call-answers.ts';
import { RING_AGAIN_MS } from './call-times.ts';
import { clockOfSeries, succeedInTime } from './successions.ts';
import { findTaskRow, listIdsToRing, listIdsToSucceed, listRungSince, lockTasks, NEVER, updateTask } from './task-store.ts';
import { announceTask, isHeld, ringTask } from './task-views.ts';

const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 100;
/** The longer it is overdue the seldomer it rings again, and after a day no more: it stands in the list. */
const RING_AGAIN_MAX_MS = 60 * 60_000;
const RINGS_FOR_MS = 24 * 60 * 60_000;
/** What another server rang is found within this time, whatever its clock says. */
const LOOK_BACK_MS = 60_000;

/**
 * Rings calls when they are due, and a while before, and again while nobody sees to them. Whether one has rung is a row: what fell
 * due while no server ran rings when one starts. Of two servers one rings it, and each tells its own agents.
 */
export class TaskBell {
  readonly #room: ConversationRoom;
  readonly #app: App;
  /** Other servers may work on the same database: nobody says what they ring. */
  readonly #isShared: boolean;
  /** Rings that the agents here have heard, or find when they come. Null: nobody has looked yet. */
  #told: Map<string, number> | null = null;
  #looking: NodeJS.Timeout | undefined;
  #isRinging = false;
  #isStopped = false;

  constructor(room: ConversationRoom) {
    this.#room = room;
    this.#app = room.app;
    this.#isShared = room.app.config.databaseUrl !== undefined;
  }

  start(): void {
    this.#looking = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.wake();
  }

  /** Something may be due by now. */
  wake(): void {
    if (this.#isRinging || this.#isStopped) return;
    this.#isRinging = true;
    this.#look()
      .catch((error: unknown) => this.#app.log.warn({ err: error }, 'calls that are due could not be rung'))
      .finally(() => {
        this.#isRinging = false;
      });
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#looking);
  }

  async #look(): Promise<void> {
    await this.#ring();
    await this.#succeed();
    if (this.#isShared && !this.#isStopped) await this.#tellOthers();
  }

  async #ring(): Promise<void> {
    const { storage, now } = this.#app;
    while (!this.#isStopped) {
      const moment = { now: now(), abandonedAt: now() - CALL_HELD_MS };
      const ids = await listIdsToRing(storage.db, { ...moment, limit: AT_ONCE });
      if (ids.length === 0) return;
      const onlineIds = await listOnlineIds(this.#app);
      const rung = await storage.write((trx) => ring(trx, ids, { now: moment.now, onlineIds }));
      if (rung.length === 0) return;
      for (const { id, kind, done } of rung) {
        announceDone(this.#room, done);
        if (kind === 'silent') continue;
        await announceTask(this.#app, id);
        await ringTask(this.#app, id, kind === 'reminder');
        this.#told?.set(`${id} ${moment.now}`, moment.now);
      }
    }
  }

  /** What comes again though nobody has done it. */
  async #succeed(): Promise<void> {
    const { storage, now } = this.#app;
    while (!this.#isStopped) {
      const ids = await listIdsToSucceed(storage.db, { now: now(), limit: AT_ONCE });
      if (ids.length === 0) return;
      for (const id of ids) {
        const row = await findTaskRow(storage.db, id);
        if (!row) continue;
        const clock = await clockOfSeries(this.#app, row);
        const nextId = await storage.write((trx) => succeedInTime(trx, id, { clock, now: now() }));
        if (nextId === null) continue;
        await announceTask(this.#app, id);
        await announceTask(this.#app, nextId);
      }
    }
  }

  /** What another server has rung. */
  async #tellOthers(): Promise<void> {
    const since = this.#app.now() - LOOK_BACK_MS;
    const rung = await listRungSince(this.#app.storage.db, since);
    const isFirst = this.#told === null;
    const told = this.#told ?? new Map<string, number>();
    this.#told = told;
    for (const [key, rangAt] of told) if (rangAt < since - LOOK_BACK_MS) told.delete(key);
    for (const { id, rangAt } of rung) {
      const key = `${id} ${rangAt}`;
      if (told.has(key)) continue;
      told.set(key, rangAt);
      // Whoever comes asks for what has rung before.
      if (isFirst) continue;
      await announceTask(this.#app, id);
      await ringTask(this.#app, id, false);
    }
  }
}

interface Rung {
  id: string;
  /** `silent`: its owner is here and has heard it. */
  kind: 'due' | 'reminder' | 'silent';
  done: Done | null;
}

/** After a reminder it rings when it is due, and then while whoever should call is not here, or has fallen silent in the call. */
async function ring(
  trx: Transaction,
  ids: readonly string[],
  { now, onlineIds }: { now: number; onlineIds: ReadonlySet<string> },
): Promise<Rung[]> {
  const rows = (await lockTasks(trx, ids)).filter(({ ringAt, status }) => ringAt !== null && ringAt <= now && status === 'open');
  const rung: Rung[] = [];
  for (const row of rows) {
    if (row.callingId !== null && isHeld(row, now)) continue;
    const done = await endSilentCall(trx, row, now);
    if (row.kind !== 'callback') {
      // Each ring of it is heard, or found by whoever comes.
      const isEarly = now < row.dueAt;
      await updateTask(trx, row.id, { ringAt: isEarly && row.dueAt !== NEVER ? row.dueAt : null, rangAt: now });
      rung.push({ id: row.id, kind: isEarly ? 'reminder' : 'due', done: null });
      continue;
    }
    if (now < row.dueAt) {
      await updateTask(trx, row.id, { ringAt: row.dueAt });
      rung.push({ id: row.id, kind: 'reminder', done });
      continue;
    }
    const isHeard = row.rangAt !== null && row.callingId === null && row.ownerId !== null && onlineIds.has(row.ownerId);
    await updateTask(trx, row.id, { ringAt: nextRing(row, now), ...(!isHeard && { rangAt: now }) });
    rung.push({ id: row.id, kind: isHeard ? 'silent' : 'due', done });
  }
  return rung;
}

async function endSilentCall(trx: Transaction, row: TaskRow, now: number): Promise<Done | null> {
  if (row.callingId === null) return null;
  const attempt = await findAttemptRow(trx, row.callingId);
  await closeAttempt(trx, row, now);
  await updateTask(trx, row.id, { callingId: null, callingBy: null, callingAt: null });
  return attempt ? waitOn(trx, row, { attempt, now }) : null;
}

function nextRing({ dueAt }: TaskRow, now: number): number | null {
  const late = now - dueAt;
  return late > RINGS_FOR_MS ? null : now + Math.min(RING_AGAIN_MAX_MS, Math.max(RING_AGAIN_MS, late));
}
