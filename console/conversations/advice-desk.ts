/** Suggestions for the question that stands unanswered: whether they are wanted, and where they come from. */
import { computed, signal } from '@preact/signals';
import type { Advice } from '../../shared/advice.ts';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { Reply } from '../../shared/errors.ts';
import type { Message } from '../../shared/message.ts';
import type { Http } from '../http.ts';
import type { Desk } from './desk.ts';

export class AdviceDesk {
  /** The wish as it was said here a moment ago, before the server has answered. */
  readonly #wish = signal<boolean | null>(null);
  readonly #http: Http;
  readonly #me: Desk['me'];
  readonly isHidden = computed(() => this.#wish.value ?? this.#me.value?.profile.isAdviceHidden ?? true);

  constructor(http: Http, me: Desk['me']) {
    this.#http = http;
    this.#me = me;
  }

  ask(conversationId: string, ending: AbortSignal): Promise<Reply<Advice>> {
    return this.#http.get<Advice>(`/conversations/${conversationId}/advice`, {}, ending);
  }

  /** Remembered by the server, for every browser of this agent. */
  async hide(isAdviceHidden: boolean): Promise<Reply<SignedInAgent>> {
    this.#wish.value = isAdviceHidden;
    const reply = await this.#http.patch<SignedInAgent>('/profile', { isAdviceHidden });
    this.#wish.value = null;
    if (reply.ok && this.#me.value) this.#me.value = { ...this.#me.value, profile: reply.data.profile };
    return reply;
  }
}

/** The visitor's message that nobody has answered, and to which no answer is on its way; null where there is none. */
export function openQuestionOf(desk: Desk, conversationId: string): string | null {
  const summary = desk.list.summaries.value.get(conversationId);
  if (!summary || summary.waitingSince === null || summary.status === 'resolved') return null;
  const isAnswering = desk.courier.pending.value.some((one) => one.conversationId === conversationId && one.visibility === 'public');
  if (isAnswering) return null;
  const { messages } = desk.conversation(conversationId).messages.transcript.value;
  const last = messages.findLast(isSpoken);
  return last?.author.kind === 'visitor' ? last.id : null;
}

/** By the two who talk; what was said automatically in between is no person's answer. */
function isSpoken({ author, visibility }: Message): boolean {
  return visibility === 'public' && (author.kind === 'visitor' || author.kind === 'agent');
}
