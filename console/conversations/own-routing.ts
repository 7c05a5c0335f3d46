/** What routing has set for the agent at this desk: how much it takes at once, and in which inboxes it may take chats itself. */
import { signal } from '@preact/signals';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { CONVERSATION_LIST_MAX } from '../../shared/limits.ts';
import type { AgentRoutings, Handing } from '../../shared/routing.ts';
import type { Http } from '../http.ts';

export class OwnRouting {
  /** Null until it is known. */
  readonly capacity = signal<number | null>(null);
  readonly #handings = signal<Readonly<Record<string, Handing>>>({});
  readonly #http: Http;
  readonly #agentId: string;

  constructor(http: Http, agentId: string) {
    this.#http = http;
    this.#agentId = agentId;
  }

  /** At the start of each session, and whenever somebody has changed it. */
  async load(): Promise<void> {
    const reply = await this.#http.get<AgentRoutings>('/routing/agents');
    if (!reply.ok) return;
    const { items, capacity, inboxes } = reply.data;
    this.capacity.value = items.find(({ agentId }) => agentId === this.#agentId)?.capacity ?? capacity;
    this.#handings.value = inboxes;
  }

  /** Whether an agent may take it from the queue: it waits for anybody, and its inbox lets agents pick. */
  mayPick({ status, assigneeId, waitingSince, inboxId }: ConversationSummary): boolean {
    return status === 'open' && assigneeId === null && waitingSince !== null && this.#handings.value[inboxId] !== 'automatic';
  }
}

/** Those that were this agent's when it was last heard of, still go on, and are another's or nobody's now. */
export function leftMeanwhile(
  before: ReadonlyMap<string, ConversationSummary>,
  now: readonly ConversationSummary[],
  agentId: string,
): ConversationSummary[] {
  // Of more than are told at once, one that is missing may be somewhere behind them.
  if (now.length >= CONVERSATION_LIST_MAX) return [];
  return now.filter(
    ({ id, assigneeId }) => assigneeId !== agentId && before.get(id)?.assigneeId === agentId && before.get(id)?.status === 'open',
  );
}
