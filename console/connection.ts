/**
 * The agent's socket. Knows the wire and nothing of what is said on it: requests typed by `shared/events.ts`, facts to
 * whoever listens, and whether the session is live. Runs in the browser and in Node.
 */
import { signal } from '@preact/signals';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { ErrorReply, Reply } from '../shared/errors.ts';
import type { AgentFacts, AgentRequests } from '../shared/events.ts';
import { Link } from '../shared/link.ts';

export type AgentRequest = keyof AgentRequests;
export type RequestPayload<Event extends AgentRequest> = Parameters<AgentRequests[Event]>[0];
export type RequestData<Event extends AgentRequest> =
  NonNullable<Parameters<AgentRequests[Event]>[1]> extends (reply: Reply<infer Data>) => void ? Data : never;

/** `connecting` before the first session, `reconnecting` after one was lost. */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting';

/** Runs `job` after `ms`; returns how to cancel it. */
export type Schedule = (ms: number, job: () => void) => () => void;

export const scheduleTimeout: Schedule = (ms, job) => {
  const timer = setTimeout(job, ms);
  return () => clearTimeout(timer);
};

export interface ConnectionOptions {
  /** '' in the browser: the page's own origin. */
  serverUrl: string;
  /** Instead of the session cookie. */
  apiToken?: string;
  schedule: Schedule;
  /** For Node: a cookie in `extraHeaders`, another transport, an agent for a proxy. */
  socketOptions?: Partial<ManagerOptions & SocketOptions>;
  /** The server refused for good: signed out, or not from this page. */
  onRefused: (error: ErrorReply) => void;
}

/** When a question that the server refused for the moment is asked again, if it named no time. */
export const RETRY_AFTER_MS = 2_000;

/** How long a reply may take when the person came back to a window whose network may have died meanwhile. */
const PROBE_TIMEOUT_MS = 5_000;

export class Connection {
  readonly state = signal<ConnectionState>('connecting');
  readonly #socket: Socket<AgentFacts, AgentRequests>;
  readonly #link: Link;

  constructor({ serverUrl, apiToken, schedule, socketOptions, onRefused }: ConnectionOptions) {
    this.#socket = io(`${serverUrl}/agent`, {
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      ...(apiToken !== undefined && { auth: { token: apiToken } }),
      ...socketOptions,
      autoConnect: false,
    });
    this.#socket.on('session:started', () => {
      this.state.value = 'live';
    });
    this.#link = new Link({
      socket: this.#socket,
      schedule,
      onRefused,
      onConnectedChange: (isConnected) => {
        if (!isConnected && this.state.value === 'live') this.state.value = 'reconnecting';
      },
    });
  }

  get isLive(): boolean {
    return this.state.value === 'live';
  }

  open(): void {
    this.#link.open();
  }

  close(): void {
    this.#link.close();
  }

  /** Dials again at once instead of waiting for the next attempt. */
  restart(): void {
    this.#link.restart();
  }

  on<Fact extends keyof AgentFacts>(fact: Fact, listener: AgentFacts[Fact]): () => void {
    // Socket.IO's own type of a listener does not resolve for an event that is still a type parameter.
    (this.#socket.on as (event: Fact, listener: AgentFacts[Fact]) => unknown).call(this.#socket, fact, listener);
    return () => (this.#socket.off as (event: Fact, listener: AgentFacts[Fact]) => unknown).call(this.#socket, fact, listener);
  }

  /** Never rejects; `unavailable` also stands for "no reply came". */
  request<Event extends AgentRequest>(event: Event, payload: RequestPayload<Event>): Promise<Reply<RequestData<Event>>> {
    return this.#link.request(event, payload);
  }

  /** A request whose silence after five seconds proves the connection dead, and makes it dial again. */
  probe<Event extends AgentRequest>(event: Event, payload: RequestPayload<Event>): Promise<Reply<RequestData<Event>>> {
    return this.#link.request(event, payload, PROBE_TIMEOUT_MS);
  }

  /** What may be lost: sent if there is a connection, forgotten otherwise. */
  tell(event: 'typing:set', payload: RequestPayload<'typing:set'>): void {
    if (this.#socket.connected) this.#socket.emit(event, payload);
  }
}
