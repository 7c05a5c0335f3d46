/**
 * Who gets whom now: the whole queue and everybody at work in, moves out. No clock, no database. It walks the queue once, so that a
 * thousand who wait for two hundred who are full cost next to nothing.
 */
import type { Reason } from '../../shared/routing.ts';
import { AgentPool, keyOf } from './agent-pool.ts';
import { type AgentAtWork, type Chat, type Floor, inOrder, teamRoutingOf } from './floor.ts';
import { languageOf, tellsLanguages } from './language-reasons.ts';
import { findLastAgent } from './last-agent.ts';

/** One conversation goes to an agent, or (`to` is null) into the queue. `chat` is as it is known from then on, but for its assignee. */
export interface Move {
  chat: Chat;
  to: string | null;
  reasons: Reason[];
}

export interface Plan {
  moves: Move[];
  /** When the next deadline of somebody who waits comes; null: something must happen first. */
  nextAt: number | null;
  /** Somebody would be served if somebody else had room. */
  isWanting: boolean;
  /** Who stands in the queue when all this is done, in its order. */
  queue: Chat[];
}

/** Who has stood in the queue for so long beside nobody but those who missed it, or gave it back, is given to one of them after all. */
const REFUSALS_LAST_MS = 60_000;
/** Another server may give a chat to somebody who came to it a moment ago and is not known here yet. */
const JUST_GIVEN_MS = 10_000;

/** Reckons on in the floor's agents: what they get here counts as theirs for the rest of the queue. */
export function planFloor(floor: Floor, now: number): Plan {
  return new Planning(floor, now).run();
}

class Planning {
  readonly #floor: Floor;
  readonly #now: number;
  readonly #online: AgentAtWork[];
  readonly #hasLanguages: boolean;
  readonly #pools = new Map<string, AgentPool>();
  readonly #moves: Move[] = [];
  readonly #queue: Chat[] = [];
  #nextAt: number | null = null;
  #isWanting = false;
  #turns = 0;

  constructor(floor: Floor, now: number) {
    this.#floor = floor;
    this.#now = now;
    this.#online = [...floor.agents.values()].filter(({ state }) => state === 'online');
    this.#hasLanguages = tellsLanguages(floor);
  }

  run(): Plan {
    const waiting = this.#floor.chats.flatMap((chat) => this.#toSettle(chat) ?? []);
    for (const chat of waiting.sort(inOrder)) this.#settle(chat);
    return { moves: this.#moves, nextAt: this.#nextAt, isWanting: this.#isWanting, queue: this.#queue };
  }

  /** Null where all is well: somebody has it, and may go on having it. */
  #toSettle(chat: Chat): Chat | null {
    if (chat.assigneeId === null) return chat;
    if (!chat.isHanded || !chat.isOpen || chat.isPromised) return null;
    const agent = this.#floor.agents.get(chat.assigneeId);
    if (!chat.isTaken) {
      if (agent) count(agent, chat.teamId, -1);
      return chat;
    }
    const heldUntil = (chat.routedAt ?? 0) + JUST_GIVEN_MS;
    if (!agent && heldUntil > this.#now) {
      this.#wakeAt(heldUntil);
      return null;
    }
    if (!agent || agent.state === 'gone') {
      const gone: Reason[] = agent ? [{ code: 'agent-gone', name: agent.name }] : [];
      return { ...chat, isReturned: true, enteredAt: this.#now, reasons: [...chat.reasons, ...gone] };
    }
    const { answerSeconds } = teamRoutingOf(this.#floor.rules, chat.teamId);
    // Whoever has answered is asked again only where it goes away while its customer waits.
    const wentAt = agent.awaySince == null ? null : Math.max(agent.awaySince, chat.waitingSince);
    const askedAt = chat.routedAt ?? wentAt;
    if (answerSeconds === null || askedAt === null) return null;
    const answersUntil = askedAt + answerSeconds * 1_000;
    if (answersUntil > this.#now) {
      this.#wakeAt(answersUntil);
      return null;
    }
    return {
      ...chat,
      isReturned: true,
      enteredAt: this.#now,
      refusedIds: chat.routedAt === null ? chat.refusedIds : new Set([...chat.refusedIds, agent.id]),
      reasons: [...chat.reasons, { code: 'no-answer', name: agent.name, seconds: answerSeconds }],
    };
  }

  #settle(asked: Chat): void {
    const chat = asked.isHanded && asked.isOpen ? this.#withSecondChance(asked) : asked;
    const chosen = chat.isHanded && chat.isOpen ? this.#choose(chat) : null;
    const holder = chat.assigneeId !== null && chat.isTaken ? this.#floor.agents.get(chat.assigneeId) : undefined;
    if (chosen) {
      count(chosen.agent, chat.teamId, 1);
      this.#turns += 1;
      // A crumb of a millisecond apart, so that whoever was given something now has its turn after those who were not.
      chosen.agent.assignedAt = this.#now + this.#turns / 1_000;
      this.#moves.push({ chat: rememberHolder(chat, holder, this.#now), to: chosen.agent.id, reasons: chosen.reasons });
      return;
    }
    if (chat.isHanded && chat.isOpen) this.#isWanting = true;
    // Whoever does not answer, or has gone, keeps it until somebody else has room: better a slow answer than none.
    if (holder) return;
    this.#queue.push(chat);
    if (chat.isNew || chat.assigneeId !== null) this.#moves.push({ chat, to: null, reasons: [...chat.reasons, this.#nobody(chat)] });
  }

  /** Without those who refused it, where nobody else who fits is here. One that an agent leaves behind, gone or away, needs no patience first. */
  #withSecondChance(chat: Chat): Chat {
    const holder = chat.assigneeId !== null && chat.isTaken ? this.#floor.agents.get(chat.assigneeId) : undefined;
    if (chat.refusedIds.size === 0 || holder?.state === 'online') return chat;
    const { fit } = this.#poolFor(chat);
    if (fit.length === 0 || fit.some(({ id }) => !chat.refusedIds.has(id))) return chat;
    const forgottenAt = chat.assigneeId === null ? chat.enteredAt + REFUSALS_LAST_MS : this.#now;
    this.#wakeAt(forgottenAt);
    return forgottenAt <= this.#now ? { ...chat, refusedIds: new Set() } : chat;
  }

  #choose(chat: Chat): { agent: AgentAtWork; reasons: Reason[] } | null {
    const { rules, teamNames, agents } = this.#floor;
    const routing = teamRoutingOf(rules, chat.teamId);
    const pool = this.#poolFor(chat);
    const last = findLastAgent(chat, { agents, pool, routing, now: this.#now });
    if (last.waitsUntil !== null) {
      this.#wakeAt(last.waitsUntil);
      return null;
    }
    const agent = last.agent ?? pool.best(chat.refusedIds);
    if (!agent) return null;
    const overflowId = routing.overflow?.teamId;
    const isOverflow = chat.teamId !== null && !agent.teamIds.has(chat.teamId);
    const among = pool.countFree(chat.refusedIds);
    const reasons: Reason[] = [
      ...chat.reasons,
      ...languageOf(chat, agent, this.#hasLanguages),
      ...chat.skills.map((skill) => ({ code: 'skill' as const, skill, isHeld: true })),
      ...last.reasons,
      ...(isOverflow && overflowId !== undefined
        ? [{ code: 'overflow' as const, name: teamNames.get(overflowId) ?? '', waitedMs: this.#now - chat.waitingSince }]
        : []),
      { code: 'load', name: agent.name, load: agent.load, capacity: agent.capacity },
      ...(last.agent ? [] : [{ code: routing.method, among }]),
    ];
    return { agent, reasons };
  }

  #poolFor(chat: Chat): AgentPool {
    const { rules, teamNames } = this.#floor;
    const routing = teamRoutingOf(rules, chat.teamId);
    const { overflow } = routing;
    let overflowId: string | null = null;
    if (chat.teamId !== null && overflow && teamNames.has(overflow.teamId)) {
      const overflowsAt = chat.waitingSince + overflow.afterSeconds * 1_000;
      if (overflowsAt <= this.#now) overflowId = overflow.teamId;
      else this.#wakeAt(overflowsAt);
    }
    const need = { teamId: chat.teamId, overflowId, language: chat.language, skills: chat.skills.map((skill) => skill.toLowerCase()) };
    const key = keyOf(need);
    const known = this.#pools.get(key);
    if (known) return known;
    const pool = new AgentPool(this.#online, need, routing);
    this.#pools.set(key, pool);
    return pool;
  }

  #nobody(chat: Chat): Reason {
    if (!chat.isOpen) return { code: 'nobody', state: 'closed' };
    const { fit } = this.#poolFor(chat);
    if (fit.some(({ id }) => !chat.refusedIds.has(id))) return { code: 'nobody', state: 'full' };
    const isSomebodyHere = this.#online.some(({ teamIds }) => chat.teamId === null || teamIds.has(chat.teamId));
    return { code: 'nobody', state: isSomebodyHere && chat.skills.length > 0 && fit.length === 0 ? 'unskilled' : 'offline' };
  }

  #wakeAt(at: number): void {
    if (at > this.#now && (this.#nextAt === null || at < this.#nextAt)) this.#nextAt = at;
  }
}

/** Whom it is taken from is whom its customer knows, unless that one has never answered. */
function rememberHolder(chat: Chat, holder: AgentAtWork | undefined, now: number): Chat {
  return holder && chat.routedAt === null ? { ...chat, lastAgent: { id: holder.id, at: now } } : chat;
}

function count(agent: AgentAtWork, teamId: string | null, more: 1 | -1): void {
  agent.load += more;
  if (teamId !== null) agent.teamLoads.set(teamId, (agent.teamLoads.get(teamId) ?? 0) + more);
}
