/** The board of what is happening now, as the live connection tells it. State without a screen. */
import { signal } from '@preact/signals';
import { type ErrorReply, isTemporary } from '../../shared/errors.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import { type Connection, RETRY_AFTER_MS, scheduleTimeout } from '../connection.ts';

export class NowState {
  readonly board = signal<NowBoard | null>(null);
  readonly error = signal<ErrorReply | null>(null);
  /** By how much the server's clock is ahead of this one's. */
  readonly aheadMs = signal(0);
  readonly #connection: Connection;
  /** When the day began that is looked at; null while nobody looks. */
  #since: number | null = null;
  #asked = 0;
  #cancelRetry: () => void = () => undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('session:started', () => {
      if (this.#since !== null) void this.#ask(this.#since);
    });
    connection.on('now:changed', (board) => {
      if (this.#since !== null) this.#take(board);
    });
  }

  /** Asked again with the same day, nothing happens. */
  watch(since: number): void {
    if (this.#since === since && this.error.value === null) return;
    this.#since = since;
    void this.#ask(since);
  }

  unwatch(): void {
    this.#since = null;
    this.#asked += 1;
    this.#cancelRetry();
    this.board.value = null;
    if (this.#connection.isLive) void this.#connection.request('now:unwatch', {});
  }

  async #ask(since: number): Promise<void> {
    this.#asked += 1;
    this.#cancelRetry();
    const mine = this.#asked;
    // Without a connection the next session asks.
    if (!this.#connection.isLive) return;
    const reply = await this.#connection.request('now:watch', { since });
    if (mine !== this.#asked) return;
    this.error.value = reply.ok ? null : reply.error;
    if (!reply.ok && isTemporary(reply.error.code))
      this.#cancelRetry = scheduleTimeout(reply.error.retryAfterMs ?? RETRY_AFTER_MS, () => void this.#ask(since));
    if (reply.ok) this.#take(reply.data);
  }

  #take(board: NowBoard): void {
    this.aheadMs.value = board.at - Date.now();
    this.board.value = board;
  }
}

const made = new WeakMap<Connection, NowState>();

/** One for each connection, which has no way to be listened to less. */
export function nowStateOf(connection: Connection): NowState {
  const held = made.get(connection) ?? new NowState(connection);
  made.set(connection, held);
  return held;
}
