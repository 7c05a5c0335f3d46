import type { Namespace, Server, Socket } from 'socket.io';
import type { AgentFacts, VisitorFacts } from '../../shared/events.ts';
import type { Caller } from './wire.ts';

/** Socket.IO's packet type of an event. */
const EVENT = 2;

/** Tabs and devices of one visitor. */
const VISITOR_CONNECTIONS_MAX = 100;

/**
 * Facts, told after commit. Who hears them is a question of rooms: every agent is in `agents` (news of colleagues), and in
 * the rooms of what it may see; an agent who has a conversation open in that conversation's room, a visitor's tabs in the visitor's room, and the devices of one
 * verified person in the contact's room.
 */
export class Broadcast {
  readonly #agents: Namespace;
  readonly #visitors: Namespace;
  readonly #held = new Map<string, [event: string, ...fact: unknown[]][]>();

  constructor(io: Server) {
    this.#agents = io.of('/agent');
    this.#visitors = io.of('/visitor');
  }

  /** News of colleagues and of the house, for every agent. What is about visitors goes to the rooms of those who may see it. */
  toAgents<Event extends `${'agent' | 'agents' | 'teams' | 'views' | 'business' | 'tags' | 'routing' | 'answers'}:changed`>(
    event: Event,
    ...fact: Parameters<AgentFacts[Event]>
  ): void {
    this.#agents.to('agents').emit(event, ...fact);
  }

  /** To the agents in any of these rooms, each once. */
  toRooms<Event extends keyof AgentFacts>(rooms: string[], event: Event, ...fact: Parameters<AgentFacts[Event]>): void {
    if (rooms.some((room) => this.#agents.adapter.rooms.has(room))) this.#agents.to(rooms).emit(event, ...fact);
  }

  /** To every browser of one agent; `exceptSocketId` knows already. */
  toAgent<Event extends keyof AgentFacts>(
    agentId: string,
    exceptSocketId: string | null,
    event: Event,
    ...fact: Parameters<AgentFacts[Event]>
  ): void {
    this.#tell(this.#agents, [agentRoom(agentId)], exceptSocketId, event, fact);
  }

  /** To the agents in the room whom `isFor` picks, where seeing takes more than being in one of several rooms. */
  toAgentsWho<Event extends keyof AgentFacts>(
    { room, isFor }: { room: string; isFor: (caller: Caller) => boolean },
    event: Event,
    ...fact: Parameters<AgentFacts[Event]>
  ): void {
    for (const socketId of this.#agents.adapter.rooms.get(room) ?? []) {
      const socket = this.#agents.sockets.get(socketId);
      if (socket && isFor(socket.data.caller as Caller)) socket.emit(event, ...fact);
    }
  }

  /** The rooms of agents that begin so, and in which somebody is. */
  agentRooms(prefix: string): string[] {
    return [...this.#agents.adapter.rooms.keys()].filter((room) => room.startsWith(prefix));
  }

  /** Who is connected in this room, each once. */
  callersIn(room: string): Caller[] {
    const sockets = [...(this.#agents.adapter.rooms.get(room) ?? [])].map((id) => this.#agents.sockets.get(id));
    const callers = sockets.flatMap((socket) => (socket ? [socket.data.caller as Caller] : []));
    return [...new Map(callers.map((caller) => [caller.agentId, caller])).values()];
  }

  /** Tells those who saw the conversation in `before` and do not in `after`, and ends their looking at it. Returns whose sockets were. */
  takeAway(conversationId: string, { before, after }: { before: string[]; after: string[] }): string[] {
    const { rooms } = this.#agents.adapter;
    this.#agents.to(before).except(after).emit('conversation:gone', { conversationId });
    const viewing = [...(rooms.get(conversationRoom(conversationId)) ?? [])];
    const blind = viewing.filter((socketId) => !after.some((room) => rooms.get(room)?.has(socketId)));
    for (const socketId of blind) void this.#agents.sockets.get(socketId)?.leave(conversationRoom(conversationId));
    return blind;
  }

  /** To the agents who have the conversation open; `exceptSocketId` has the fact already, as its reply. */
  toViewers<Event extends keyof AgentFacts>(
    conversationId: string,
    exceptSocketId: string | null,
    event: Event,
    ...fact: Parameters<AgentFacts[Event]>
  ): void {
    this.#tell(this.#agents, [conversationRoom(conversationId)], exceptSocketId, event, fact);
  }

  toVisitor<Event extends keyof VisitorFacts>(
    whose: { visitorId: string; contactId: string },
    exceptSocketId: string | null,
    event: Event,
    ...fact: Parameters<VisitorFacts[Event]>
  ): void {
    this.#tell(this.#visitors, [visitorRoom(whose.visitorId), contactRoom(whose.contactId)], exceptSocketId, event, fact);
  }

  /** To every browser of a person whom a site vouches for, and to nobody who only claims to be it. */
  toPerson<Event extends keyof VisitorFacts>(contactId: string, event: Event, ...fact: Parameters<VisitorFacts[Event]>): void {
    this.#tell(this.#visitors, [contactRoom(contactId)], null, event, fact);
  }

  /** To every visitor of an inbox, whether it has ever said anything or not. */
  toInbox<Event extends keyof VisitorFacts>(inboxId: string, event: Event, ...fact: Parameters<VisitorFacts[Event]>): void {
    this.#visitors.to(inboxRoom(inboxId)).emit(event, ...fact);
  }

  /** The inboxes of which a widget is open somewhere. */
  inboxesHere(): string[] {
    const prefix = inboxRoom('');
    return [...this.#visitors.adapter.rooms.keys()].filter((room) => room.startsWith(prefix)).map((room) => room.slice(prefix.length));
  }

  /** Whether any tab of the visitor, or of the verified person, would hear of it. */
  isHeard(whose: { visitorId: string; contactId: string }): boolean {
    const { rooms } = this.#visitors.adapter;
    return rooms.has(visitorRoom(whose.visitorId)) || rooms.has(contactRoom(whose.contactId));
  }

  /** Ends every connection of these browsers: whoever they were, the next handshake is somebody new's. */
  disconnectVisitors(visitorIds: readonly string[]): void {
    if (visitorIds.length > 0) this.#visitors.in(visitorIds.map(visitorRoom)).disconnectSockets(true);
  }

  /**
   * Keeps back what the socket would hear, until `release`: a client that resumes is told what it misses before anything
   * newer. Ends by itself with the connection.
   */
  hold(socket: Socket): void {
    this.#held.set(socket.id, []);
    socket.once('disconnect', () => this.#held.delete(socket.id));
  }

  /** Tells what was kept back, without what the client knows by now. */
  release(socket: Socket, isKnown: (event: string, fact: unknown) => boolean): void {
    const facts = this.#held.get(socket.id) ?? [];
    this.#held.delete(socket.id);
    for (const [event, ...fact] of facts) if (!isKnown(event, fact[0])) socket.emit(event, ...fact);
  }

  /** A fact is encoded even when nobody hears it, and mostly a message's only hearer on its own side is who sent it. */
  #tell(namespace: Namespace, rooms: string[], exceptSocketId: string | null, event: string, fact: readonly unknown[]): void {
    const members = rooms.map((room) => namespace.adapter.rooms.get(room));
    const hasHearer = members.some((ids) => ids !== undefined && (ids.size > 1 || exceptSocketId === null || !ids.has(exceptSocketId)));
    if (!hasHearer) return;
    const absent = exceptSocketId === null ? [] : [exceptSocketId];
    for (const [socketId, facts] of this.#held) {
      if (socketId === exceptSocketId || !members.some((ids) => ids?.has(socketId))) continue;
      facts.push([event, ...fact]);
      absent.push(socketId);
    }
    // What `namespace.to(rooms).except(absent).emit()` comes to, without the half dozen sets that it makes on the way.
    const packet = { type: EVENT, data: [event, ...fact] };
    namespace.adapter.broadcast(packet, { rooms: new Set(rooms), except: new Set(absent), flags: {} });
  }

  /** Whether so many connections of this visitor, or of this verified person, are open that each message is multiplied. */
  isCrowded(visitorId: string, verifiedContactId: string | null): boolean {
    const { rooms } = this.#visitors.adapter;
    const room = verifiedContactId === null ? visitorRoom(visitorId) : contactRoom(verifiedContactId);
    return (rooms.get(room)?.size ?? 0) >= VISITOR_CONNECTIONS_MAX;
  }

  /** Ends the sockets that a revoked session or API token holds open. */
  disconnectCredential(credentialId: string): void {
    this.#agents.in(credentialRoom(credentialId)).disconnectSockets(true);
  }
}

export function agentRoom(agentId: string): string {
  return `agent:${agentId}`;
}

export function conversationRoom(conversationId: string): string {
  return `conversation:${conversationId}`;
}

export function visitorRoom(visitorId: string): string {
  return `visitor:${visitorId}`;
}

/** Joined by verified visitors only: an unverified claim never hears anything through the contact. */
export function contactRoom(contactId: string): string {
  return `contact:${contactId}`;
}

export function inboxRoom(inboxId: string): string {
  return `inbox:${inboxId}`;
}

export function credentialRoom(credentialId: string): string {
  return `credential:${credentialId}`;
}
