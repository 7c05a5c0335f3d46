/** Who is on the site now, as the live connection tells it. State without a screen; asks again after every reconnection. */
import { computed, signal } from '@preact/signals';
import { type ErrorReply, isTemporary, type Reply } from '../../shared/errors.ts';
import type { Greeted, LiveCount, LiveVisitor, VisitorGreetRequest } from '../../shared/live-visitor.ts';
import { type Connection, RETRY_AFTER_MS, scheduleTimeout } from '../connection.ts';

export class LiveVisitors {
  readonly count = signal<LiveCount>({ total: 0, found: 0 });
  readonly phase = signal<'loading' | 'live' | 'failed'>('loading');
  readonly error = signal<ErrorReply | null>(null);
  /** Whether any inbox shows its visitors. */
  readonly isOn = signal(true);
  /** The newest first. */
  readonly visitors = computed(() =>
    [...this.#held.value.values()].sort((one, other) => other.arrivedAt - one.arrivedAt || (one.id < other.id ? -1 : 1)),
  );
  /** By how much the server's clock is ahead of this one's. */
  aheadMs = 0;
  readonly #held = signal<ReadonlyMap<string, LiveVisitor>>(new Map());
  readonly #connection: Connection;
  /** What is looked for; null while nobody looks. */
  #sought: string | null = null;
  #asked = 0;
  #cancelRetry: () => void = () => undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('session:started', () => {
      if (this.#sought !== null) void this.#ask(this.#sought);
    });
    connection.on('visitor:changed', ({ visitors, ...count }) => {
      if (this.phase.value !== 'live') return;
      this.#held.value = new Map([...this.#held.value, ...visitors.map((visitor) => [visitor.id, visitor] as const)]);
      this.count.value = count;
    });
    connection.on('visitor:left', ({ ids, ...count }) => {
      const left = new Map(this.#held.value);
      for (const id of ids) left.delete(id);
      this.#held.value = left;
      this.count.value = count;
    });
  }

  /** From now on this list is kept up to date. */
  watch(sought: string): void {
    this.#sought = sought;
    void this.#ask(sought);
  }

  unwatch(): void {
    this.#sought = null;
    this.#asked += 1;
    this.#cancelRetry();
    this.phase.value = 'loading';
    this.#held.value = new Map();
    if (this.#connection.isLive) void this.#connection.request('visitor:unwatch', {});
  }

  greet(request: VisitorGreetRequest): Promise<Reply<Greeted>> {
    return this.#connection.request('visitor:greet', request);
  }

  async #ask(q: string): Promise<void> {
    this.#asked += 1;
    this.#cancelRetry();
    const mine = this.#asked;
    // Without a connection the next session asks.
    if (!this.#connection.isLive) return;
    const reply = await this.#connection.request('visitor:watch', { q });
    if (mine !== this.#asked) return;
    this.error.value = reply.ok ? null : reply.error;
    if (!reply.ok && isTemporary(reply.error.code))
      this.#cancelRetry = scheduleTimeout(reply.error.retryAfterMs ?? RETRY_AFTER_MS, () => void this.#ask(q));
    this.phase.value = reply.ok ? 'live' : 'failed';
    if (!reply.ok) return;
    const { visitors, total, found, now, isOn } = reply.data;
    this.aheadMs = now - Date.now();
    this.isOn.value = isOn;
    this.count.value = { total, found };
    this.#held.value = new Map(visitors.map((visitor) => [visitor.id, visitor]));
  }
}

const made = new WeakMap<Connection, LiveVisitors>();

/** One for each connection, which has no way to be listened to less. */
export function liveVisitorsOf(connection: Connection): LiveVisitors {
  const held = made.get(connection) ?? new LiveVisitors(connection);
  made.set(connection, held);
  return held;
}
