import type { Namespace, Server } from 'socket.io';
import type { AgentFacts, VisitorFacts } from '../../shared/events.ts';

/** Tabs and devices of one visitor. */
const VISITOR_CONNECTIONS_MAX = 100;

/**
 * Facts, told after commit. Who hears them is a question of rooms: every agent is in `agents`, an agent who has a
 * conversation open in that conversation's room, a visitor's tabs in the visitor's room, and the devices of one
 * verified person in the contact's room.
 */
export class Broadcast {
  readonly #agents: Namespace;
  readonly #visitors: Namespace;

  constructor(io: Server) {
    this.#agents = io.of('/agent');
    this.#visitors = io.of('/visitor');
  }

  toAgents<Event extends keyof AgentFacts>(event: Event, ...fact: Parameters<AgentFacts[Event]>): void {
    this.#agents.to('agents').emit(event, ...fact);
  }

  /** To the agents who have the conversation open; `exceptSocketId` has the fact already, as its reply. */
  toViewers<Event extends keyof AgentFacts>(
    conversationId: string,
    exceptSocketId: string | null,
    event: Event,
    ...fact: Parameters<AgentFacts[Event]>
  ): void {
    tell(this.#agents, [conversationRoom(conversationId)], exceptSocketId, event, fact);
  }

  toVisitor<Event extends keyof VisitorFacts>(
    whose: { visitorId: string; contactId: string },
    exceptSocketId: string | null,
    event: Event,
    ...fact: Parameters<VisitorFacts[Event]>
  ): void {
    tell(this.#visitors, [visitorRoom(whose.visitorId), contactRoom(whose.contactId)], exceptSocketId, event, fact);
  }

  toAllVisitors<Event extends keyof VisitorFacts>(event: Event, ...fact: Parameters<VisitorFacts[Event]>): void {
    this.#visitors.emit(event, ...fact);
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

/** A fact is encoded even when nobody hears it, and mostly a message's only hearer on its own side is who sent it. */
function tell(namespace: Namespace, rooms: string[], exceptSocketId: string | null, event: string, fact: readonly unknown[]): void {
  const hasHearer = rooms.some((room) => {
    const socketIds = namespace.adapter.rooms.get(room);
    return socketIds !== undefined && (socketIds.size > 1 || exceptSocketId === null || !socketIds.has(exceptSocketId));
  });
  if (!hasHearer) return;
  const hearers = namespace.to(rooms);
  (exceptSocketId === null ? hearers : hearers.except(exceptSocketId)).emit(event, ...fact);
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

export function credentialRoom(credentialId: string): string {
  return `credential:${credentialId}`;
}
