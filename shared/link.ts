import { type ErrorReply, isTemporary, type Reply } from './errors.ts';
import type { ServerClosing } from './events.ts';
import { REPLY_TIMEOUT_MS } from './limits.ts';

/** The part of a Socket.IO client socket that a link drives. */
export interface LinkSocket {
  readonly connected: boolean;
  /** Whether Socket.IO itself will try again. */
  readonly active: boolean;
  connect(): unknown;
  disconnect(): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: Socket.IO's listeners are typed by its event maps, which differ per client
  on(event: any, listener: (...facts: any[]) => void): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  emit(event: any, ...args: any[]): unknown;
}

export interface LinkOptions {
  socket: LinkSocket;
  /** Runs `job` after `ms`, returns how to cancel it. Injected because this file knows no clock. */
  schedule: (ms: number, job: () => void) => () => void;
  /** The server refused the handshake for good (`forbidden`), or the sign-in is over (`unauthenticated`). */
  onRefused: (error: ErrorReply) => void;
  /** Called on every change; a session is live only after the server's `session:started`. */
  onConnectedChange?: (isConnected: boolean) => void;
}

/** Told to the caller when no reply came: the request may or may not have been carried out, so repeat it with the same id. */
const noReply: ErrorReply = { code: 'unavailable', message: 'The connection was lost before a reply came.' };

/**
 * Keeps one connection alive by the rules that widget and console share: a request without a reply means a dead
 * socket, a closing server names the moment to come back, a temporary refusal is tried again, a definite one is told.
 * Engine.IO's own heartbeat (see PING_INTERVAL_MS) finds a half-open network while nobody asks anything.
 */
export class Link {
  readonly #options: LinkOptions;
  readonly #waiting = new Set<(reply: Reply<never>) => void>();
  #isClosed = false;
  #cancelReconnect: (() => void) | null = null;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { socket } = options;
    socket.on('connect', () => options.onConnectedChange?.(true));
    socket.on('disconnect', () => {
      this.#failWaiting();
      options.onConnectedChange?.(false);
      if (!socket.active && !this.#cancelReconnect) this.#reconnectIn(1_000 + Math.random() * 2_000);
    });
    socket.on('connect_error', (error: Error & { data?: ErrorReply }) => {
      if (socket.active) return;
      const refusal = error.data;
      if (refusal && (!isTemporary(refusal.code) || refusal.code === 'unauthenticated')) options.onRefused(refusal);
      else this.#reconnectIn((refusal?.retryAfterMs ?? 2_000) * (1 + Math.random()));
    });
    socket.on('server:closing', ({ reconnectInMs }: ServerClosing) => {
      this.#reconnectIn(reconnectInMs);
      socket.disconnect();
    });
  }

  open(): void {
    this.#isClosed = false;
    this.#options.socket.connect();
  }

  close(): void {
    this.#isClosed = true;
    this.#forgetReconnect();
    this.#options.socket.disconnect();
  }

  /** Never rejects. `unavailable` stands for "no reply": whoever asked for a write repeats it under the same id. */
  request<Data>(event: string, payload: unknown, timeoutMs = REPLY_TIMEOUT_MS): Promise<Reply<Data>> {
    const { socket, schedule } = this.#options;
    if (!socket.connected) return Promise.resolve({ ok: false, error: noReply });
    return new Promise((resolve) => {
      const settle = (reply: Reply<Data>) => {
        if (!this.#waiting.delete(settle)) return;
        cancelTimeout();
        resolve(reply);
      };
      this.#waiting.add(settle);
      const cancelTimeout = schedule(timeoutMs, () => {
        settle({ ok: false, error: noReply });
        this.restart();
      });
      socket.emit(event, payload, settle);
    });
  }

  /** Says what may be lost: typing, the page that is looked at. Nothing is kept for a connection that is not there. */
  tell(event: string, payload: unknown): void {
    if (this.#options.socket.connected) this.#options.socket.emit(event, payload);
  }

  /** Drops a connection that is believed dead and dials again at once. */
  restart(): void {
    if (this.#isClosed) return;
    this.#cancelReconnect?.();
    this.#cancelReconnect = () => undefined;
    this.#options.socket.disconnect();
    this.#cancelReconnect = null;
    this.#options.socket.connect();
  }

  #forgetReconnect(): void {
    this.#cancelReconnect?.();
    this.#cancelReconnect = null;
  }

  #reconnectIn(ms: number): void {
    this.#forgetReconnect();
    if (this.#isClosed) return;
    this.#cancelReconnect = this.#options.schedule(ms, () => {
      this.#cancelReconnect = null;
      if (!this.#isClosed) this.#options.socket.connect();
    });
  }

  #failWaiting(): void {
    for (const settle of [...this.#waiting]) settle({ ok: false, error: noReply });
  }
}
