/** A shop under simulated time: seeded visitors and agents who behave as they like, and the decision that is put to the test. */
import { type AgentAtWork, type Chat, type Floor, hasRoom, hasRoomOf, teamRoutingOf } from '../../server/routing/floor.ts';
import { type Move, planFloor } from '../../server/routing/routing-plan.ts';
import { firstRoutingRules, firstTeamRouting, type RoutingRules } from '../../shared/routing.ts';
import { Dice } from '../chaos/dice.ts';

/** It is slow on purpose. */
const INSPECTED_EVERY = 3;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const world: { teams: readonly string[]; rules: RoutingRules } = {
  teams: ['sales', 'service', 'repairs'],
  rules: {
    ...firstRoutingRules,
    waitingCounts: 1,
    teams: {
      sales: { ...firstTeamRouting, method: 'round-robin', answerSeconds: 45, overflow: { afterSeconds: 15, teamId: 'service' } },
      service: { ...firstTeamRouting, method: 'least-busy', answerSeconds: 90, agentMax: 3, lastAgentWaitSeconds: 20 },
      repairs: { ...firstTeamRouting, method: 'least-busy', isLanguageRequired: true, answerSeconds: null },
    },
  },
};

interface Person extends AgentAtWork {
  /** Of everything that came to it. */
  given: number;
  onlineMs: number;
  since: number;
}

interface Deed {
  at: number;
  run: () => void;
}

/** What happened, and whatever should not have. */
export interface Chronicle {
  chats: number;
  assigned: number;
  rerouted: number;
  returned: number;
  sticky: number;
  overflowed: number;
  waits: number[];
  agents: { teamIds: string[]; given: number; onlineHours: number }[];
  faults: string[];
}

export function simulateShop(
  seed: number,
  { visitors, agents: agentCount, hours }: { visitors: number; agents: number; hours: number },
): Chronicle {
  const shop = new Shop(seed, agentCount, hours * HOUR);
  return shop.live(visitors);
}

class Shop {
  readonly #dice: Dice;
  readonly #agents = new Map<string, Person>();
  readonly #chats = new Map<string, Chat>();
  readonly #goneAt = new Map<string, number>();
  /** Where an agent has answered: waits for the customer. */
  readonly #idle = new Map<string, Chat>();
  readonly #deeds: Deed[] = [];
  readonly #endsAt: number;
  readonly #chronicle: Chronicle = {
    chats: 0,
    assigned: 0,
    rerouted: 0,
    returned: 0,
    sticky: 0,
    overflowed: 0,
    waits: [],
    agents: [],
    faults: [],
  };
  #now = 0;
  #nextAt: number | null = null;
  #decisions = 0;

  constructor(seed: number, agentCount: number, endsAt: number) {
    this.#dice = new Dice(seed);
    this.#endsAt = endsAt;
    for (let at = 0; at < agentCount; at += 1) {
      const dice = this.#dice;
      const team = world.teams[at % world.teams.length] as string;
      const teamIds = dice.chance(0.2) ? [team, dice.pick(world.teams)] : [team];
      this.#agents.set(`agent-${at}`, {
        id: `agent-${at}`,
        name: `agent ${at}`,
        teamIds: new Set(teamIds),
        languages: new Set(dice.chance(0.7) ? ['he', 'en'] : [dice.pick(['he', 'en', 'ru'])]),
        skills: new Set(dice.chance(0.3) ? ['refunds'] : []),
        capacity: 1 + Math.floor(dice.roll() * 5),
        state: 'online',
        isReachable: true,
        goneAt: null,
        load: 0,
        teamLoads: new Map(),
        assignedAt: 0,
        given: 0,
        onlineMs: 0,
        since: 0,
      });
    }
  }

  live(visitors: number): Chronicle {
    const dice = this.#dice;
    for (let at = 0; at < visitors; at += 1) this.#later(dice.roll() * this.#endsAt, () => this.#arrive(`chat-${at}`));
    for (const agent of this.#agents.values()) this.#later(dice.between(0, HOUR), () => this.#wander(agent));
    this.#deeds.sort((one, other) => other.at - one.at);
    for (let deed = this.#deeds.pop(); deed !== undefined; deed = this.#deeds.pop()) {
      while (this.#nextAt !== null && this.#nextAt <= deed.at) {
        this.#now = this.#nextAt;
        this.#decide();
      }
      this.#now = deed.at;
      deed.run();
      this.#decide();
    }
    for (const agent of this.#agents.values()) {
      if (agent.state === 'online') agent.onlineMs += this.#now - agent.since;
      this.#chronicle.agents.push({ teamIds: [...agent.teamIds], given: agent.given, onlineHours: agent.onlineMs / HOUR });
    }
    return this.#chronicle;
  }

  #later(inMs: number, run: () => void): void {
    const at = this.#now + inMs;
    // The list stands with the soonest last.
    let low = 0;
    let high = this.#deeds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#deeds[middle] as Deed).at > at) low = middle + 1;
      else high = middle;
    }
    this.#deeds.splice(low, 0, { at, run });
  }

  #arrive(id: string): void {
    const dice = this.#dice;
    this.#chronicle.chats += 1;
    const last = dice.chance(0.4) ? dice.pick([...this.#agents.keys()]) : null;
    this.#chats.set(id, {
      id,
      inboxId: 'shop',
      teamId: dice.chance(0.9) ? dice.pick([...world.teams, 'sales']) : null,
      teamIdBefore: null,
      priority: dice.chance(0.1) ? 2 : 1,
      waitingSince: this.#now,
      enteredAt: this.#now,
      isReturned: false,
      language: dice.pick(['he', 'en', 'ru', null]),
      skills: dice.chance(0.1) ? ['Refunds'] : [],
      refusedIds: new Set(),
      lastAgent: last === null ? null : { id: last, at: this.#now - dice.between(0, 100) * HOUR },
      assigneeId: null,
      isTaken: false,
      isPromised: false,
      routedAt: null,
      reasons: [],
      isNew: true,
      isHanded: true,
      isOpen: true,
    });
    // Some lose their patience.
    if (dice.chance(0.05)) this.#later(dice.between(10, 600) * SECOND, () => this.#end(id));
  }

  /** An agent goes for a break, closes the lid, or comes back. */
  #wander(agent: Person): void {
    const dice = this.#dice;
    if (agent.state === 'online') {
      agent.onlineMs += this.#now - agent.since;
      agent.state = 'away';
      this.#goneAt.delete(agent.id);
      if (dice.chance(0.5)) {
        const goneAt = this.#now + world.rules.graceSeconds * SECOND;
        this.#goneAt.set(agent.id, goneAt);
        this.#later(world.rules.graceSeconds * SECOND, () => {
          if (this.#goneAt.get(agent.id) === goneAt && agent.state === 'away') agent.state = 'gone';
        });
      }
      this.#later(dice.between(10, 30 * 60) * SECOND, () => this.#wander(agent));
      return;
    }
    agent.state = 'online';
    agent.since = this.#now;
    this.#goneAt.delete(agent.id);
    if (this.#now < this.#endsAt) this.#later(dice.between(5, 180) * MINUTE, () => this.#wander(agent));
  }

  #answer(id: string, agentId: string): void {
    const chat = this.#chats.get(id);
    const agent = this.#agents.get(agentId);
    if (!chat || !agent || chat.assigneeId !== agentId) return;
    if (agent.state === 'gone') return;
    this.#chats.delete(id);
    this.#idle.set(id, chat);
    const dice = this.#dice;
    if (dice.chance(0.6)) this.#later(dice.between(5, 200) * SECOND, () => this.#writeAgain(id));
    else this.#later(dice.between(5, 400) * SECOND, () => this.#end(id));
  }

  #writeAgain(id: string): void {
    const chat = this.#idle.get(id);
    if (!chat?.assigneeId) return;
    this.#idle.delete(id);
    this.#chats.set(id, {
      ...chat,
      waitingSince: this.#now,
      routedAt: null,
      isReturned: false,
      isNew: false,
      refusedIds: new Set(),
      reasons: [],
    });
    const { assigneeId } = chat;
    this.#later(this.#dice.between(5, 120) * SECOND, () => this.#answer(id, assigneeId));
  }

  #end(id: string): void {
    const chat = this.#chats.get(id) ?? this.#idle.get(id);
    if (!chat) return;
    this.#chats.delete(id);
    this.#idle.delete(id);
  }

  #count(): void {
    for (const agent of this.#agents.values()) {
      agent.load = 0;
      agent.teamLoads.clear();
    }
    for (const { assigneeId, teamId } of [...this.#chats.values(), ...this.#idle.values()]) {
      const agent = assigneeId === null ? undefined : this.#agents.get(assigneeId);
      if (!agent) continue;
      agent.load += 1;
      if (teamId !== null) agent.teamLoads.set(teamId, (agent.teamLoads.get(teamId) ?? 0) + 1);
    }
  }

  #decide(): void {
    for (let round = 0; ; round += 1) {
      this.#count();
      const floor: Floor = {
        rules: world.rules,
        teamNames: new Map(world.teams.map((id) => [id, id])),
        agents: this.#agents,
        chats: [...this.#chats.values()],
      };
      const plan = planFloor(floor, this.#now);
      this.#nextAt = plan.nextAt;
      this.#count();
      for (const move of plan.moves) this.#carry(move);
      if (plan.moves.length === 0) break;
      if (round > 50) {
        this.#fault('the decision comes to no rest');
        break;
      }
    }
    this.#count();
    this.#decisions += 1;
    if (this.#decisions % INSPECTED_EVERY === 0) this.#inspect();
  }

  #carry({ chat, to, reasons }: Move): void {
    const before = this.#chats.get(chat.id);
    if (!before || before.assigneeId !== chat.assigneeId) return this.#fault(`${chat.id} was moved from somebody who did not have it`);
    const isNoAnswer = reasons.some(({ code }) => code === 'no-answer');
    this.#chats.set(chat.id, { ...chat, assigneeId: to, isTaken: to !== null, isNew: false, routedAt: to === null ? null : this.#now });
    if (before.assigneeId !== null && reasons.some(({ code }) => code === 'agent-gone')) this.#chronicle.returned += 1;
    if (to === null) return;
    const agent = this.#agents.get(to) as Person;
    const routing = teamRoutingOf(world.rules, chat.teamId);
    const waitedMs = this.#now - chat.waitingSince;
    if (before.assigneeId === to) this.#fault(`${chat.id} went back to the same agent`);
    if (chat.refusedIds.has(to)) this.#fault(`${chat.id} came back to ${to}, who had not answered`);
    if (agent.state !== 'online') this.#fault(`${chat.id} was given to ${to}, who is ${agent.state}`);
    if (isNoAnswer && waitedMs < (routing.answerSeconds ?? Number.POSITIVE_INFINITY) * SECOND)
      this.#fault(`${chat.id} was taken away too soon`);
    if (chat.teamId !== null && !agent.teamIds.has(chat.teamId)) {
      this.#chronicle.overflowed += 1;
      const { overflow } = routing;
      if (!overflow || !agent.teamIds.has(overflow.teamId) || waitedMs < overflow.afterSeconds * SECOND)
        this.#fault(`${chat.id} went to strangers`);
    }
    const last = this.#stickyOf(chat);
    if (last && hasRoom(last) && hasRoomOf(last, chat.teamId, routing.agentMax)) {
      this.#chronicle.sticky += 1;
      if (last.id !== to) this.#fault(`${chat.id} was not given to ${last.id}, who knows the customer and has room`);
    }
    agent.load += 1;
    if (chat.teamId !== null) agent.teamLoads.set(chat.teamId, (agent.teamLoads.get(chat.teamId) ?? 0) + 1);
    agent.assignedAt = this.#now + this.#chronicle.assigned / 1e6;
    agent.given += 1;
    this.#chronicle.assigned += 1;
    if (isNoAnswer) this.#chronicle.rerouted += 1;
    this.#chronicle.waits.push(waitedMs);
    const dice = this.#dice;
    // Now and then somebody does not look.
    if (!dice.chance(0.07)) this.#later(dice.between(2, 40) * SECOND, () => this.#answer(chat.id, to));
    else if (dice.chance(0.5)) this.#later(dice.between(100, 900) * SECOND, () => this.#answer(chat.id, to));
    else this.#later(dice.between(20, 60) * MINUTE, () => this.#end(chat.id));
  }

  #stickyOf(chat: Chat): Person | null {
    const { lastAgentHours } = teamRoutingOf(world.rules, chat.teamId);
    const agent = chat.lastAgent && this.#agents.get(chat.lastAgent.id);
    if (!chat.lastAgent || !agent || agent.state !== 'online' || chat.refusedIds.has(agent.id)) return null;
    if (lastAgentHours === null || chat.waitingSince - chat.lastAgent.at > lastAgentHours * HOUR) return null;
    return this.#fits(agent, chat) ? agent : null;
  }

  /** By the words of the settings, one by one and slowly. */
  #fits(agent: Person, chat: Chat): boolean {
    const { overflow, isLanguageRequired } = teamRoutingOf(world.rules, chat.teamId);
    const isOverflow = overflow !== null && this.#now - chat.waitingSince >= overflow.afterSeconds * SECOND;
    const isOfTeam = (one: Person) =>
      chat.teamId === null || one.teamIds.has(chat.teamId) || (isOverflow && overflow !== null && one.teamIds.has(overflow.teamId));
    const isAble = (one: Person) => isOfTeam(one) && chat.skills.every((skill) => one.skills.has(skill.toLowerCase()));
    if (!isAble(agent)) return false;
    if (!isLanguageRequired || chat.language === null || agent.languages.has(chat.language)) return true;
    const { language } = chat;
    return ![...this.#agents.values()].some((one) => one.state === 'online' && isAble(one) && one.languages.has(language));
  }

  /** Nobody has more than one may, and nobody waits beside somebody who could help. */
  #inspect(): void {
    for (const agent of this.#agents.values()) {
      if (agent.load > agent.capacity) this.#fault(`${agent.id} has ${agent.load} of ${agent.capacity}`);
      if ((agent.teamLoads.get('service') ?? 0) > 3) this.#fault(`${agent.id} has more of service than one may`);
    }
    for (const chat of this.#chats.values()) {
      if (chat.assigneeId !== null) continue;
      const routing = teamRoutingOf(world.rules, chat.teamId);
      const last = this.#stickyOf(chat);
      const isPatient = last !== null && this.#now - chat.enteredAt < routing.lastAgentWaitSeconds * SECOND;
      if (isPatient && !(hasRoom(last) && hasRoomOf(last, chat.teamId, routing.agentMax))) continue;
      const idler = [...this.#agents.values()].find(
        (agent) =>
          agent.state === 'online' &&
          hasRoom(agent) &&
          hasRoomOf(agent, chat.teamId, routing.agentMax) &&
          (!chat.refusedIds.has(agent.id) || this.#isForgiven(chat)) &&
          this.#fits(agent, chat),
      );
      if (idler) this.#fault(`${chat.id} waits beside ${idler.id}`);
    }
  }

  /** It has stood beside nobody but those who refused it for a minute. */
  #isForgiven(chat: Chat): boolean {
    if (this.#now - chat.enteredAt < MINUTE) return false;
    return [...this.#agents.values()].every(
      (agent) => agent.state !== 'online' || chat.refusedIds.has(agent.id) || !this.#fits(agent, chat),
    );
  }

  #fault(what: string): void {
    if (this.#chronicle.faults.length < 20) this.#chronicle.faults.push(`${Math.round(this.#now / SECOND)} s: ${what}`);
  }
}
