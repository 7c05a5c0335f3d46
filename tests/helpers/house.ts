/** A real house in this process: the whole server on a free port with a fresh database, and raw sockets that knock at it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { type RunningServer, startServer } from '../../server/server.ts';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { Reply } from '../../shared/errors.ts';
import type { AgentSessionStarted, VisitorSession } from '../../shared/events.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { moveIn, type Place, type Welcome } from './furnished-house.ts';
import { freshDatabaseUrl } from './postgres.ts';
import { checkReply } from './reply-check.ts';

const SETUP_CODE = 'the-code-of-the-tests';
export const PASSWORD = 'correct horse battery';

export interface HouseOptions {
  /** SQLite, in a file in a fresh folder, unless said; PostgreSQL is the one that all tests share. */
  database?: 'SQLite' | 'PostgreSQL';
  /** A PostgreSQL of the test's own. */
  databaseUrl?: string;
  environment?: Record<string, string>;
  manyQuestions?: number;
  assetsDir?: string;
}

/** Knows the way in: who is signed in, and the door's key. Closes itself when the test is over. */
export class House {
  /** Added to the real time wherever the server asks what time it is. */
  clockOffsetMs = 0;
  server!: RunningServer;
  inbox!: Inbox;
  /** The administrator's session cookie, as a request header. */
  cookie = '';
  readonly #options: HouseOptions;
  readonly #place: Place;
  readonly #sockets = new Set<Socket>();

  constructor(options: HouseOptions, place: Place) {
    this.#options = options;
    this.#place = place;
  }

  get url(): string {
    return this.server.url;
  }

  get dataDir(): string {
    return this.#place.dataDir;
  }

  /** Starts the server; again on the same port after `stop`. */
  async start(): Promise<void> {
    const port = this.server ? new URL(this.url).port : '0';
    this.server = await startServer({
      config: readConfig({
        PORT: port,
        DATA_DIR: this.dataDir,
        SETUP_CODE,
        LOG_LEVEL: 'silent',
        DATABASE_URL: this.#place.databaseUrl,
        ...this.#options.environment,
      }),
      assetsDir: this.#options.assetsDir ?? path.resolve('dist'),
      log: pino({ level: 'silent' }),
      now: () => Date.now() + this.clockOffsetMs,
      ...(this.#options.manyQuestions !== undefined && { manyQuestions: this.#options.manyQuestions }),
      checkReply,
      onFatal: (error) => {
        throw error;
      },
    });
  }

  stop(): Promise<void> {
    return this.server.close();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.disconnect();
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** The first administrator, as the setup link makes one. */
  async setUp(): Promise<SignedInAgent> {
    const body = { code: SETUP_CODE, business: 'חנות העציצים', name: 'Dana', email: 'dana@shop.example', password: PASSWORD };
    const response = await this.call('POST', '/api/setup', body);
    this.cookie = cookieOf(response);
    const { items } = await this.json<{ items: Inbox[] }>('GET', '/api/inboxes');
    this.inbox = items[0] as Inbox;
    return (await response.json()) as SignedInAgent;
  }

  /** A colleague without an administrator's rights, signed in; returns the session cookie. */
  async hire(name: string, role = 'agent', teamIds: string[] = []): Promise<{ id: string; email: string; cookie: string }> {
    const email = `${name.toLowerCase()}@shop.example`;
    const { id } = await this.json<{ id: string }>('POST', '/api/agents', { name, email, password: PASSWORD, role, teamIds });
    const response = await this.call('POST', '/api/session', { email, password: PASSWORD }, { cookie: '' });
    return { id, email, cookie: cookieOf(response) };
  }

  /** A REST call as the administrator, unless the headers say otherwise. */
  call(method: string, route: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + route, {
      method,
      redirect: 'manual',
      headers: { 'X-Kesher': '1', cookie: this.cookie, ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async json<Data>(method: string, route: string, body?: unknown, headers?: Record<string, string>): Promise<Data> {
    const response = await this.call(method, route, body, headers);
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Data;
  }

  /** A raw visitor socket that has been told `session:started`. */
  async visitor(auth: Record<string, unknown> = {}, options: Partial<ManagerOptions & SocketOptions> = {}) {
    const socket = this.dial('/visitor', { auth: { inbox: this.inbox.key, ...auth }, ...options });
    return { socket, session: await firstFact<VisitorSession>(socket) };
  }

  /** A raw agent socket that has been told `session:started`. */
  async agent(cookie = this.cookie, options: Partial<ManagerOptions & SocketOptions> = {}) {
    const socket = this.dial('/agent', { extraHeaders: { cookie }, ...options });
    return { socket, session: await firstFact<AgentSessionStarted>(socket) };
  }

  /** The refusal that a handshake meets. */
  async refusal(
    namespace: '/visitor' | '/agent',
    options: Partial<ManagerOptions & SocketOptions>,
  ): Promise<{ code: string; message: string }> {
    const socket = this.dial(namespace, options);
    return new Promise((resolve, reject) => {
      socket.once('connect_error', (error) => resolve((error as Error & { data: { code: string; message: string } }).data));
      socket.once('connect', () => reject(new Error('was let in')));
    });
  }

  /** A socket about which nothing is known yet. */
  dial(namespace: string, options: Partial<ManagerOptions & SocketOptions>): Socket {
    const socket = io(this.url + namespace, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
    this.#sockets.add(socket);
    return socket;
  }
}

/** Opened, set up, and closed with the test that asked for it. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  // These decide about what the setup leaves behind: the cookie's name, and the key of secrets.
  const { PUBLIC_URL, SECRET_KEY } = options.environment ?? {};
  if (options.databaseUrl !== undefined || PUBLIC_URL !== undefined || SECRET_KEY !== undefined) {
    const house = await openEmptyHouse(options);
    await house.setUp();
    return house;
  }
  const { inbox, cookie, ...place } = await moveIn(await freshFolder(), options.database ?? 'SQLite', furnish);
  const house = await openDoor(new House(options, place));
  return Object.assign(house, { inbox, cookie });
}

/** A first start: nobody has set it up. */
export async function openEmptyHouse(options: HouseOptions = {}): Promise<House> {
  const databaseUrl = options.database === 'PostgreSQL' ? await freshDatabaseUrl() : options.databaseUrl;
  return openDoor(new House(options, { dataDir: await freshFolder(), databaseUrl }));
}

async function openDoor(house: House): Promise<House> {
  await house.start();
  onTestFinished(() => house.close());
  return house;
}

async function furnish(place: Place): Promise<Welcome> {
  const house = new House({}, place);
  await house.start();
  const agent = await house.setUp();
  await house.stop();
  return { agent, inbox: house.inbox, cookie: house.cookie };
}

function freshFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'kesher-house-'));
}

export function ask<Data>(socket: Socket, event: string, payload?: unknown): Promise<Reply<Data>> {
  return socket.timeout(10_000).emitWithAck(event, payload);
}

/** For a request that must succeed. */
export async function get<Data>(socket: Socket, event: string, payload?: unknown): Promise<Data> {
  const reply = await ask<Data>(socket, event, payload);
  if (!reply.ok) throw new Error(`${event}: ${reply.error.code} ${reply.error.message}`);
  return reply.data;
}

/** The next fact of this kind, or the next that fits. Ask before causing it. */
export function nextFact<Fact>(socket: Socket, event: string, fits: (fact: Fact) => boolean = () => true): Promise<Fact> {
  return new Promise((resolve) => {
    const listen = (fact: Fact) => {
      if (!fits(fact)) return;
      socket.off(event, listen);
      resolve(fact);
    };
    socket.on(event, listen);
  });
}

/** Everything of one kind that a socket hears from now on. */
export function hear<Fact>(socket: Socket, event: string): Fact[] {
  const heard: Fact[] = [];
  socket.on(event, (fact: Fact) => heard.push(fact));
  return heard;
}

export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function firstFact<Fact>(socket: Socket): Promise<Fact> {
  return new Promise((resolve, reject) => {
    socket.once('session:started', resolve);
    socket.once('connect_error', reject);
  });
}
