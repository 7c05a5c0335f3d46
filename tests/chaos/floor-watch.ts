/** Looks at the rows all the time: nobody has more than one may, and nobody waits beside somebody who could help. */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { FloorAgent } from './floor-agent.ts';

/** Two servers that look every half second need one second; the rest is for a rush on a machine that has much else to do. */
const BESIDE_MAX_MS = 10_000;
const LOOK_EVERY_MS = 120;

interface OpenChat {
  id: string;
  assigneeId: string | null;
  teamId: string | null;
  /** Null: it waits for the customer. */
  waitingSince: string | null;
  /** The assignee was given it in this opening. */
  isTaken: boolean;
  /** To whom the house gave it last, or an agent itself. */
  routedId: string | null;
  /** Of this wait. */
  refusedIds: string[];
}

const openChats = `
  select c.id, c."assigneeId", c."teamId", c."waitingSince", r."agentId" as "routedId",
    coalesce(position(' ' || c."assigneeId" || ' ' in c."joinedIds") > 0, false) as "isTaken",
    case when r."waitingSince" = c."waitingSince" then r."refusedIds" end as refused
  from conversation c left join "conversationRoute" r on r."conversationId" = c.id
  where c.status = 'open'`;

export class FloorWatch {
  readonly faults = new Set<string>();
  /** Longest time that somebody waited beside one and the same agent with room. */
  longestMs = 0;
  looks = 0;
  mostInQueue = 0;
  readonly #client: pg.Client;
  readonly #agents: readonly FloorAgent[];
  readonly #capacity: number;
  /** Who waits beside whom, since when, and what that one had been given by then. */
  #beside = new Map<string, { since: number; given: number }>();
  #isStopped = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(databaseUrl: string, { agents, capacity }: { agents: readonly FloorAgent[]; capacity: number }) {
    this.#client = new pg.Client({ connectionString: databaseUrl });
    this.#agents = agents;
    this.#capacity = capacity;
  }

  async start(): Promise<void> {
    await this.#client.connect();
    this.#looking = this.#lookAgainAndAgain();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#looking;
    await this.#client.end();
  }

  /** How many could be served by somebody with room. */
  get besideCount(): number {
    return this.#beside.size;
  }

  async list(): Promise<OpenChat[]> {
    const { rows } = await this.#client.query(openChats);
    return rows.map(({ refused, ...row }) => ({ ...row, refusedIds: refused === null ? [] : JSON.parse(refused) }));
  }

  /** Of which team each conversation is, ended ones too. */
  async teams(): Promise<Map<string, string | null>> {
    const { rows } = await this.#client.query<{ id: string; teamId: string | null }>('select id, "teamId" from conversation');
    return new Map(rows.map(({ id, teamId }) => [id, teamId]));
  }

  /** The lines of every conversation, in order. */
  async lines(): Promise<{ conversationId: string; authorKind: string; authorName: string | null; notice: string | null }[]> {
    return (
      await this.#client.query('select "conversationId", "authorKind", "authorName", notice from message order by "conversationId", seq')
    ).rows;
  }

  async #lookAgainAndAgain(): Promise<void> {
    while (!this.#isStopped) {
      this.#judge(await this.list());
      this.looks += 1;
      await delay(LOOK_EVERY_MS);
    }
  }

  #judge(chats: readonly OpenChat[]): void {
    const now = performance.now();
    const waiting = chats.filter(isWaitingForAnybody);
    this.mostInQueue = Math.max(this.mostInQueue, waiting.length);
    const beside = new Map<string, { since: number; given: number }>();
    for (const agent of this.#agents) {
      const { id, name } = agent.account;
      const theirs = chats.filter(({ assigneeId }) => assigneeId === id);
      // What an agent takes by answering in the queue is its own affair.
      const handed = theirs.filter(({ isTaken, routedId }) => isTaken && routedId === id);
      if (handed.length > this.#capacity) this.faults.add(`${name} has ${handed.length} of ${this.#capacity}`);
      if (!agent.isOnline || theirs.length >= this.#capacity) continue;
      for (const chat of waiting) {
        if (!fits(agent, chat)) continue;
        const key = `${chat.id} ${chat.waitingSince} ${id}`;
        const known = this.#beside.get(key);
        const pair = known?.given === agent.given ? known : { since: now, given: agent.given };
        beside.set(key, pair);
        this.longestMs = Math.max(this.longestMs, now - pair.since);
        if (now - pair.since > BESIDE_MAX_MS) this.faults.add(`${chat.id} waits beside ${name}, who has ${theirs.length}`);
      }
    }
    this.#beside = beside;
  }
}

export function isWaitingForAnybody({ waitingSince, assigneeId, isTaken }: OpenChat): boolean {
  return waitingSince !== null && (assigneeId === null || !isTaken);
}

function fits({ account, teamIds }: FloorAgent, { teamId, assigneeId, routedId, refusedIds }: OpenChat): boolean {
  if (teamId !== null && !teamIds.has(teamId)) return false;
  // Whoever gave it back does not get it again, and neither does who has not answered.
  return !refusedIds.includes(account.id) && !(assigneeId === null && routedId === account.id);
}
