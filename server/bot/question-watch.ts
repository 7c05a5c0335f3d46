/** Has the bot look at what visitors write, a moment after the last word, and at what nobody has looked at because a server ended. */
import type { Message } from '../../shared/message.ts';
import type { BotRoom } from './bot-room.ts';
import { listUnlooked } from './bot-store.ts';
import { look } from './looking.ts';

/** Several messages in quick succession are one question, but nobody is waited for longer than this. */
const SILENCE_MS = 1_500;
const SILENCE_MAX_MS = 8_000;
/** Who was at a desk comes back within this time after a restart: until then it is not known that nobody is there. */
const ARRIVALS_MS = 4_000;
const AT_ONCE = 4;
const AGAIN_MS = 2_000;
const TRIES_MAX = 5;
/** What is older was not answered in time, and is a person's. */
const ASKED_WITHIN_MS = 10 * 60 * 1_000;
const CATCH_UP_EVERY_MS = 60_000;
const CAUGHT_UP_MAX = 500;

interface Waiting {
  timer: NodeJS.Timeout;
  since: number;
}

export class QuestionWatch {
  readonly #botRoom: BotRoom;
  readonly #onSaid: () => void;
  readonly #waiting = new Map<string, Waiting>();
  readonly #due: { id: string; tries: number }[] = [];
  /** What was looked at here lately, and is not to be looked at again because nobody else writes there. */
  readonly #lookedAt = new Map<string, number>();
  readonly #startedAt = performance.now();
  #looking = 0;
  #isStopped = false;
  #catchUp: NodeJS.Timeout;

  /** `onSaid` hears that the bot has spoken. */
  constructor(botRoom: BotRoom, onSaid: () => void) {
    this.#botRoom = botRoom;
    this.#onSaid = onSaid;
    this.#catchUp = setTimeout(() => void this.#begin(), ARRIVALS_MS);
    this.#catchUp.unref();
  }

  /** Every message comes by here on its way: no query, no waiting. */
  posted({ author, conversationId }: Message): void {
    if (author.kind !== 'visitor' || this.#isStopped) return;
    const now = performance.now();
    const waiting = this.#waiting.get(conversationId);
    clearTimeout(waiting?.timer);
    const since = waiting?.since ?? now;
    this.#lookIn(conversationId, { since, ms: Math.min(SILENCE_MS, Math.max(0, since + SILENCE_MAX_MS - now)) });
  }

  /** Nothing more is begun. What was not looked at is, when a server starts. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#catchUp);
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#due.length = 0;
  }

  #lookIn(id: string, { since, ms, tries = 0 }: { since: number; ms: number; tries?: number }): void {
    const timer = setTimeout(() => {
      this.#waiting.delete(id);
      this.#due.push({ id, tries });
      this.#goOn();
    }, ms);
    timer.unref();
    this.#waiting.set(id, { timer, since });
  }

  #goOn(): void {
    while (this.#looking < AT_ONCE && !this.#isStopped) {
      const next = this.#due.shift();
      if (!next) return;
      this.#looking += 1;
      void this.#look(next).finally(() => {
        this.#looking -= 1;
        this.#goOn();
      });
    }
  }

  async #look({ id, tries }: { id: string; tries: number }): Promise<void> {
    const { room, matching } = this.#botRoom;
    const { app } = room;
    try {
      if (!(await matching.hasAnswers())) return;
      const arrivesInMs = ARRIVALS_MS - (performance.now() - this.#startedAt);
      const result = await look(this.#botRoom, id, { askedSince: app.now() - ASKED_WITHIN_MS, isJustStarted: arrivesInMs > 0 });
      this.#lookedAt.set(id, app.now());
      if (result === 'said') this.#onSaid();
      const isDone = result === 'said' || result === 'silent';
      // Who wrote meanwhile has begun a wait of its own.
      if (isDone || tries >= TRIES_MAX || this.#waiting.has(id) || this.#isStopped) return;
      this.#lookIn(id, { since: performance.now(), ms: result === 'early' ? Math.max(0, arrivesInMs) : AGAIN_MS, tries: tries + 1 });
    } catch (error) {
      // What is left is caught up with.
      if (!this.#isStopped) app.log.warn({ err: error, conversationId: id }, 'the bot could not look at a question');
    }
  }

  async #begin(): Promise<void> {
    const { room, matching } = this.#botRoom;
    const { app } = room;
    try {
      const now = app.now();
      for (const [id, at] of this.#lookedAt) if (at < now - 2 * ASKED_WITHIN_MS) this.#lookedAt.delete(id);
      if (await matching.hasAnswers()) {
        for (const { id, updatedAt } of await listUnlooked(app.storage.db, now - ASKED_WITHIN_MS, CAUGHT_UP_MAX)) {
          if ((this.#lookedAt.get(id) ?? 0) >= updatedAt || this.#waiting.has(id) || this.#isStopped) continue;
          this.#due.push({ id, tries: 0 });
        }
        this.#goOn();
      }
    } catch (error) {
      if (!this.#isStopped) app.log.warn({ err: error }, 'questions that nobody has looked at could not be found');
    }
    if (this.#isStopped) return;
    this.#catchUp = setTimeout(() => void this.#begin(), CATCH_UP_EVERY_MS);
    this.#catchUp.unref();
  }
}
