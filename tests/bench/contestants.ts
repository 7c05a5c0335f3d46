/** The servers that are compared, each ready to be talked to by the same crowd. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { nanoid } from 'nanoid';
import pg from 'pg';
import { Crowd } from './crowd.ts';
import { ServerProcess } from './server-process.ts';
import { WireClient } from './wire-client.ts';

export const VISITORS = 280;
export const AGENTS = 20;

const SETUP_CODE = 'the-code-of-the-bench';
const PASSWORD = 'correct horse battery';

export interface Contestant {
  name: string;
  server: ServerProcess;
  crowd: Crowd;
  /** Stops the server, and throws unless everything acknowledged was delivered and, where there is a database, stored once. */
  finish: () => Promise<void>;
}

/** The built server as an operator runs it, with a folder of its own. */
interface KesherStart {
  dist: string;
  databaseUrl?: string;
  /** What a visitor may send in a second is far less than the load does. */
  hasLimits: boolean;
  flags?: string[];
}

export function startRelay(flags: string[] = []): Promise<ServerProcess> {
  return ServerProcess.start(fileURLToPath(new URL('./bare-relay.mjs', import.meta.url)), { flags });
}

export async function startKesher({ dist, databaseUrl, hasLimits, flags = [] }: KesherStart) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-bench-'));
  const env = {
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    SETUP_CODE,
    LIMITS: hasLimits ? 'on' : 'off',
    LOG_LEVEL: 'error',
  };
  const server = await ServerProcess.start(path.join(dist, 'server', 'main.js'), { env, flags });
  const api = new Api(server.url);
  await api.setUp();
  return { server, api, dataDir };
}

export async function openRelay(): Promise<Contestant> {
  const server = await startRelay();
  const crowd = new Crowd();
  const agents = await Promise.all(Array.from({ length: AGENTS }, () => WireClient.connect(server.url, '/agent')));
  for (let index = 0; index < VISITORS; index += 1) {
    const conversationId = nanoid();
    await seat(crowd, agents, await WireClient.connect(server.url, '/visitor'), conversationId);
  }
  for (const agent of agents) crowd.addAgent(agent);
  const finish = async () => {
    leave(crowd, agents);
    await server.stop();
    requireEqual('the relay', { acknowledged: crowd.acknowledged, delivered: crowd.delivered });
  };
  return { name: 'bare Socket.IO relay', server, crowd, finish };
}

export async function openKesher(name: string, options: Omit<KesherStart, 'hasLimits'>): Promise<Contestant> {
  const { server, api, dataDir } = await startKesher({ ...options, hasLimits: false });
  const crowd = new Crowd();
  const agents: WireClient[] = [];
  for (let index = 0; index < AGENTS; index += 1) {
    agents.push(await WireClient.connect(server.url, '/agent', { headers: { cookie: await api.hire(index), origin: server.url } }));
  }
  for (let index = 0; index < VISITORS; index += 1) {
    const client = await WireClient.connect(server.url, '/visitor', { auth: { inbox: api.inboxKey } });
    const { conversation } = await client.ask<{ conversation: { id: string } }>('message:post', { id: nanoid(), text: 'Hello?' });
    const agent = await seat(crowd, agents, client, conversation.id);
    // With the answer the agent takes the conversation, as all but the first moments of one are.
    await agent.ask('message:post', { id: nanoid(), conversationId: conversation.id, text: 'Hello! How can I help?' });
  }
  for (const agent of agents) crowd.addAgent(agent);
  const finish = async () => {
    leave(crowd, agents);
    await server.stop();
    const stored = await countMessages(dataDir, options.databaseUrl);
    await rm(dataDir, { recursive: true, force: true });
    const greetings = 2 * VISITORS;
    requireEqual(name, { acknowledged: crowd.acknowledged, delivered: crowd.delivered, stored: stored - greetings });
  };
  return { name, server, crowd, finish };
}

/** Gives the agent who has the visitor's conversation open. */
async function seat(crowd: Crowd, agents: readonly WireClient[], visitor: WireClient, conversationId: string): Promise<WireClient> {
  const agent = agents[crowd.size % agents.length] as WireClient;
  await agent.ask('conversation:open', { conversationId });
  crowd.addVisitor(visitor, conversationId);
  return agent;
}

function leave(crowd: Crowd, agents: readonly WireClient[]): void {
  crowd.close();
  for (const agent of agents) agent.close();
}

function requireEqual(name: string, counts: Record<string, number>): void {
  if (new Set(Object.values(counts)).size > 1) throw new Error(`${name} lost or doubled messages: ${JSON.stringify(counts)}`);
}

async function countMessages(dataDir: string, databaseUrl: string | undefined): Promise<number> {
  // Who joined is said by the house, not by people.
  const sql = `select count(distinct id) as "count" from message where "authorKind" <> 'system'`;
  if (databaseUrl === undefined) {
    const database = new Database(path.join(dataDir, 'kesher.db'), { readonly: true });
    const row = database.prepare(sql).get() as { count: number };
    database.close();
    return row.count;
  }
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return Number(rows[0].count);
}

/** The first administrator, as far as the bench needs one. */
class Api {
  inboxKey = '';
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  async setUp(): Promise<void> {
    const body = { code: SETUP_CODE, business: 'Bench', name: 'Dana', email: 'dana@shop.example', password: PASSWORD };
    this.#cookie = cookieOf(await this.call('POST', '/api/setup', body));
    const { items } = (await (await this.call('GET', '/api/inboxes')).json()) as { items: { key: string }[] };
    this.inboxKey = items[0]?.key ?? '';
  }

  /** Answers the session cookie of a new agent. */
  async hire(index: number): Promise<string> {
    const email = `agent${index}@shop.example`;
    await this.call('POST', '/api/agents', { name: `Agent ${index}`, email, password: PASSWORD, role: 'agent' });
    return cookieOf(await this.call('POST', '/api/session', { email, password: PASSWORD }));
  }

  /** A file, as it is. */
  async send(route: string, file: string): Promise<Response> {
    const headers = { 'X-Kesher': '1', cookie: this.#cookie, 'Content-Type': 'text/csv' };
    const response = await fetch(this.#url + route, { method: 'POST', headers, body: file });
    if (!response.ok) throw new Error(`POST ${route}: ${response.status} ${await response.text()}`);
    return response;
  }

  async call(method: string, route: string, body?: unknown): Promise<Response> {
    const response = await fetch(this.#url + route, {
      method,
      headers: { 'X-Kesher': '1', cookie: this.#cookie, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return response;
  }
}

function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}
