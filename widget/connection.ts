import type { VisitorHandshake } from '../shared/contact.ts';
import { toJson } from '../shared/json.ts';
import type { LinkSocket } from '../shared/link.ts';
import { systemClock } from './clock.ts';

export interface ConnectionOptions {
  /** The address under which `widget.js` lies, with a closing slash. */
  serverUrl: string;
  /** Asked anew for every connection, so that each one says what the visitor has by then. */
  handshake: () => VisitorHandshake;
  /** The WebSocket of this place; null where there is none. */
  webSocket?: typeof WebSocket | null;
}

type Listener = Parameters<LinkSocket['on']>[1];

const NAMESPACE = '/visitor';
/** From dialling to being let in. */
const DIAL_TIMEOUT_MS = 10_000;
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 5_000;
/** Dials that fail in a row before a connection that once worked is tried by other means: a server that restarts is back sooner. */
const PATIENCE = 5;

/**
 * A Socket.IO connection of one namespace over one WebSocket, in a tenth of the official client's weight: Engine.IO 4 and
 * Socket.IO 5 with text only, as the server speaks them. Where no WebSocket can be opened, the official client takes its place.
 */
export class Connection implements LinkSocket {
  readonly #options: ConnectionOptions;
  readonly #listeners: [event: string, listener: Listener][] = [];
  readonly #replies = new Map<number, (...reply: unknown[]) => void>();
  #webSocket: WebSocket | null = null;
  #fullClient: LinkSocket | null = null;
  #isConnected = false;
  #isActive = false;
  #hasEverConnected = false;
  #failures = 0;
  #lastRequest = 0;
  /** The server pings more often than this. */
  #silenceMaxMs = DIAL_TIMEOUT_MS;
  #silentUntil = 0;
  #cancelSilence = () => {};
  #cancelRetry = () => {};

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#fullClient?.connected ?? this.#isConnected;
  }

  get active(): boolean {
    return this.#fullClient?.active ?? this.#isActive;
  }

  on(event: string, listener: Listener): void {
    this.#listeners.push([event, listener]);
    this.#fullClient?.on(event, listener);
  }

  connect(): void {
    if (this.#fullClient) {
      this.#fullClient.connect();
      return;
    }
    this.#isActive = true;
    if (!this.#webSocket) this.#dial();
  }

  disconnect(): void {
    if (this.#fullClient) {
      this.#fullClient.disconnect();
      return;
    }
    if (this.#isConnected) this.#send(`41${NAMESPACE},`);
    this.#isActive = false;
    this.#hangUp(null);
  }

  /** The last argument may be a function that takes the reply. */
  emit(event: string, ...facts: unknown[]): void {
    if (this.#fullClient) {
      this.#fullClient.emit(event, ...facts);
      return;
    }
    // After a sleep the timers come late: a line that has been silent for too long is dead, whatever it says of itself.
    if (this.#isConnected && systemClock.now() > this.#silentUntil) this.#hangUp();
    if (!this.#isConnected) return;
    const reply = typeof facts.at(-1) === 'function' ? (facts.pop() as (...reply: unknown[]) => void) : null;
    if (reply) this.#replies.set(++this.#lastRequest, reply);
    this.#send(`42${NAMESPACE},${reply ? this.#lastRequest : ''}${toJson([event, ...facts])}`);
  }

  #dial(): void {
    this.#cancelRetry();
    const { webSocket: WebSocketHere = globalThis.WebSocket ?? null, serverUrl } = this.#options;
    if (!WebSocketHere) {
      void this.#replaceByFullClient();
      return;
    }
    this.#expectWord(DIAL_TIMEOUT_MS);
    try {
      const webSocket = new WebSocketHere(`${new URL('socket.io/', serverUrl).href.replace('http', 'ws')}?EIO=4&transport=websocket`);
      this.#webSocket = webSocket;
      webSocket.onmessage = ({ data }) => this.#webSocket === webSocket && this.#hear(String(data));
      webSocket.onerror = () => {}; // `close` follows and is enough.
      webSocket.onclose = () => this.#webSocket === webSocket && this.#hangUp();
    } catch {
      this.#hangUp();
    }
  }

  /** The first character is Engine.IO's packet type, the second Socket.IO's. */
  #hear(packet: string): void {
    const body = packet.slice(2 + NAMESPACE.length + 1);
    try {
      switch (packet.slice(0, packet.startsWith('4') ? 2 : 1)) {
        case '0': {
          const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1));
          this.#silenceMaxMs = pingInterval + pingTimeout;
          this.#send(`40${NAMESPACE},${toJson(this.#options.handshake())}`);
          break;
        }
        case '1':
          this.#hangUp();
          break;
        case '2':
          this.#send('3');
          this.#expectWord(this.#silenceMaxMs);
          break;
        case '40':
          this.#expectWord(this.#silenceMaxMs);
          this.#isConnected = true;
          this.#hasEverConnected = true;
          this.#failures = 0;
          this.#tell('connect');
          break;
        case '41':
          this.#isActive = false;
          this.#hangUp();
          break;
        case '42':
          this.#tell(...(JSON.parse(body.slice(body.indexOf('['))) as [string, ...unknown[]]));
          break;
        case '43': {
          const id = Number.parseInt(body, 10);
          const reply = this.#replies.get(id);
          this.#replies.delete(id);
          reply?.(...JSON.parse(body.slice(body.indexOf('['))));
          break;
        }
        case '44': {
          const { message, data } = JSON.parse(body);
          this.#isActive = false;
          this.#hangUp(Object.assign(new Error(message), { data }));
          break;
        }
      }
    } catch {
      // Not the server's words: this line is over, the next one starts clean.
      this.#hangUp();
    }
  }

  /** Ends this line and dials again later if one is still wanted. Without a `reason` a line that never stood ends silently. */
  #hangUp(reason: Error | null = new Error('The connection was lost.')): void {
    const webSocket = this.#webSocket;
    const wasConnected = this.#isConnected;
    this.#webSocket = null;
    this.#isConnected = false;
    this.#replies.clear();
    this.#cancelSilence();
    this.#cancelRetry();
    webSocket?.close();
    if (this.#isActive) {
      this.#failures += wasConnected ? 0 : 1;
      const waitMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
      this.#cancelRetry = systemClock.schedule(waitMs, () => this.#dial());
      if (this.#failures >= (this.#hasEverConnected ? PATIENCE : 1)) void this.#replaceByFullClient();
    }
    if (wasConnected) this.#tell('disconnect');
    else if (reason) this.#tell('connect_error', reason);
  }

  #send(packet: string): void {
    this.#webSocket?.send(packet);
  }

  #tell(event: string, ...facts: unknown[]): void {
    for (const [wanted, listener] of this.#listeners) {
      if (wanted !== event) continue;
      try {
        listener(...facts);
      } catch (error) {
        // A listener's mistake is told as one, and does not cost the line.
        systemClock.schedule(0, () => {
          throw error;
        });
      }
    }
  }

  #expectWord(withinMs: number): void {
    this.#cancelSilence();
    this.#silentUntil = systemClock.now() + withinMs;
    this.#cancelSilence = systemClock.schedule(withinMs, () => this.#hangUp());
  }

  async #replaceByFullClient(): Promise<void> {
    try {
      const { openFullClient } = await import('./full-client.ts');
      if (this.#isConnected || this.#fullClient) return;
      const isWanted = this.#isActive;
      this.#isActive = false;
      this.#hangUp(null);
      this.#fullClient = openFullClient({ ...this.#options, namespace: NAMESPACE, hasWebSocket: this.#failures === 0 });
      for (const [event, listener] of this.#listeners) this.#fullClient.on(event, listener);
      if (isWanted) this.#fullClient.connect();
    } catch {
      // The server cannot be reached for this either: dialling goes on.
    }
  }
}
