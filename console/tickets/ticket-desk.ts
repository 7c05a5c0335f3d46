import type { ReadonlySignal } from '@preact/signals';
import type { Agent } from '../../shared/agent.ts';
import type { Team } from '../../shared/team.ts';
import type { Http } from '../http.ts';

/** What the pages of tickets need of the agent's desk. */
export interface TicketDesk {
  http: Http;
  agentId: string;
  colleagues: { agents: ReadonlySignal<ReadonlyMap<string, Agent>>; teams: ReadonlySignal<readonly Team[]> };
}

/** What this agent may do with tickets that it sees. */
export interface TicketRights {
  mayEdit: boolean;
  /** Looks for customers and companies. */
  mayFindPeople?: boolean;
  mayRemove?: boolean;
}
