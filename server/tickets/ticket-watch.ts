/** Keeps the clocks of tickets while the server runs, and wakes tickets whose customer has written. */
import type { Message } from '../../shared/message.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { resumeTickets } from './change-ticket.ts';
import { listChangedIds, listDueTicketIds, listTimedIds, listUnsolvedOfContact } from './ticket-clock-store.ts';
import { settleTickets } from './ticket-clocks.ts';
import { listAwaitingCustomer } from './ticket-link-store.ts';
import { announceTickets } from './ticket-views.ts';

const TICK_MS = 1_000;
const BATCH = 100;
/** Of the time at most a third is spent on reckoning anew. */
const REST_SHARE = 2;
/** So often what another server, or a crash, has left is looked for, and that far back. */
const CATCH_UP_MS = 60_000;
const CATCH_UP_SINCE_MS = 5 * CATCH_UP_MS;

export class TicketWatch {
  readonly #room: ConversationRoom;
  readonly #timer: NodeJS.Timeout;
  /** Conversations in which a customer has written since the last tick: one question for all of them. */
  readonly #heard = new Set<string>();
  #isTicking = false;
  #isSweeping = false;
  #mustSweep = false;
  #isStopped = false;
  #caughtUpAt = performance.now();

  constructor(room: ConversationRoom) {
    this.#room = room;
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
    this.#timer.unref();
    this.reckonAnew();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  /** On the way of every message: takes no time. */
  posted({ author, conversationId }: Message): void {
    if (author.kind === 'visitor') this.#heard.add(conversationId);
  }

  /** Promises or hours have changed, or the server has started. */
  reckonAnew(): void {
    this.#mustSweep = true;
    if (!this.#isSweeping && !this.#isStopped) void this.#sweep();
  }

  contactChanged(contactId: string): void {
    const { app } = this.#room;
    listUnsolvedOfContact(app.storage.db, contactId, BATCH)
      .then((ids) => this.#settle(ids))
      .catch((error: unknown) => {
        if (!this.#isStopped) app.log.warn({ err: error }, 'clocks of a customer’s tickets could not be set');
      });
  }

  async #tick(): Promise<void> {
    if (this.#isTicking || this.#isStopped) return;
    this.#isTicking = true;
    const { app } = this.#room;
    try {
      const heard = [...this.#heard];
      this.#heard.clear();
      const awaiting = await listAwaitingCustomer(app.storage.db, heard);
      if (awaiting.length > 0) await resumeTickets(this.#room, awaiting);
      let due: string[];
      do {
        due = await listDueTicketIds(app.storage.db, app.now(), BATCH);
        await this.#settle(due);
      } while (due.length === BATCH && !this.#isStopped);
      if (performance.now() - this.#caughtUpAt < CATCH_UP_MS) return;
      this.#caughtUpAt = performance.now();
      await this.#settle(await listChangedIds(app.storage.db, app.now() - CATCH_UP_SINCE_MS, 1_000));
    } catch (error) {
      if (!this.#isStopped) app.log.warn({ err: error }, 'due tickets could not be looked at');
    } finally {
      this.#isTicking = false;
    }
  }

  async #sweep(): Promise<void> {
    this.#isSweeping = true;
    const { app } = this.#room;
    try {
      while (this.#mustSweep && !this.#isStopped) {
        this.#mustSweep = false;
        let after = '';
        while (!this.#isStopped) {
          const ids = await listTimedIds(app.storage.db, { after, limit: BATCH });
          const last = ids.at(-1);
          if (last === undefined) break;
          after = last;
          const startedAt = performance.now();
          await this.#settle(ids);
          const tookMs = performance.now() - startedAt;
          await new Promise((resolve) => {
            setTimeout(resolve, tookMs * REST_SHARE).unref();
          });
        }
      }
    } catch (error) {
      if (!this.#isStopped) app.log.warn({ err: error }, 'clocks of tickets could not be reckoned anew');
      setTimeout(() => this.reckonAnew(), CATCH_UP_MS / 12).unref();
    } finally {
      this.#isSweeping = false;
    }
  }

  async #settle(ids: readonly string[]): Promise<void> {
    const shown = await settleTickets(this.#room.app, ids);
    await announceTickets(this.#room.app, shown);
  }
}
