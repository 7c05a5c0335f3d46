import type { Namespace, Server } from 'socket.io';
import type { AgentFacts, VisitorFacts } from '../../shared/events.ts';

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
    const room = this.#agents.to(conversationRoom(conversationId));
    (exceptSocketId ? room.except(exceptSocketId) : room).emit(event, ...fact);
  }

  toVisitor<Event extends keyof VisitorFacts>(
    whose: { visitorId: string; contactId: string },
    exceptSocketId: string | null,
    event: Event,
    ...fact: Parameters<VisitorFacts[Event]>
  ): void {
    const rooms = this.#visitors.to([visitorRoom(whose.visitorId), contactRoom(whose.contactId)]);
    (exceptSocketId ? rooms.except(exceptSocketId) : rooms).emit(event, ...fact);
  }

  toAllVisitors<Event extends keyof VisitorFacts>(event: Event, ...fact: Parameters<VisitorFacts[Event]>): void {
    this.#visitors.emit(event, ...fact);
  }

  /** Ends the sockets that a revoked session or API token holds open. */
  disconnectCredential(credentialId: string): void {
    this.#agents.in(credentialRoom(credentialId)).disconnectSockets(true);
  }
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
