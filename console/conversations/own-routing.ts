/** What routing has set for the agent at this desk: how much it takes at once, and in which inboxes it may take chats itself. */
import { batch, computed, signal } from '@preact/signals';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { CONVERSATION_LIST_MAX } from '../../shared/limits.ts';
import type { AgentRoutings, Handing, RoutingChange } from '../../shared/routing.ts';
import type { Http } from '../http.ts';

export class OwnRouting {
  readonly #own = signal<number | null>(null);
  readonly #usual = signal<number | null>(null);
  /** Null until it is known. */
  readonly capacity = computed(() => this.#own.value ?? this.#usual.value);
  readonly #handings = signal<Readonly<Record<string, Handing>>>({});
  readonly #http: Http;
  readonly #agentId: string;
  #changes = 0;

  constructor(http: Http, agentId: string) {
    this.#http = http;
    this.#agentId = agentId;
  }

  /** At the start of each session. */
  async load(): Promise<void> {
    const before = this.#changes;
    const reply = await this.#http.get<AgentRoutings>('/routing/agents');
    if (!reply.ok) return;
    // What was told meanwhile may be newer than what was read.
    if (this.#changes !== before) return this.load();
    const { items, capacity, inboxes } = reply.data;
    this.changed({ own: items.find(({ agentId }) => agentId === this.#agentId)?.capacity ?? null, capacity, inboxes });
  }

  changed({ own, capacity, inboxes }: RoutingChange): void {
    this.#changes += 1;
    batch(() => {
      if (own !== undefined) this.#own.value = own;
      if (capacity !== undefined) this.#usual.value = capacity;
      if (inboxes) this.#handings.value = inboxes;
    });
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
