import type { ReadonlySignal } from '@preact/signals';
import type { Agent, Permission } from '../../shared/agent.ts';
import type { AgentFacts } from '../../shared/events.ts';
import type { Http } from '../http.ts';

/** What the page of customers needs of the house around it. */
export interface CustomerHouse {
  http: Http;
  agentId: string;
  agents: ReadonlySignal<ReadonlyMap<string, Agent>>;
  may: (permission: Permission) => boolean;
  /** Facts of the live session; returns how to stop listening. */
  listen: <Event extends 'segments:changed' | 'customers:job'>(event: Event, hear: AgentFacts[Event]) => () => void;
  /** Whether the session is live. */
  isLive: ReadonlySignal<boolean>;
}
