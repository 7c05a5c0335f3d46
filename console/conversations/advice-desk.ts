/** Suggestions for the question that stands unanswered: whether they are wanted, and where they come from. */
import { computed, type Signal, signal } from '@preact/signals';
import type { Advice } from '../../shared/advice.ts';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { Reply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';

export class AdviceDesk {
  /** The wish as it was said here a moment ago, before the server has answered. */
  readonly #wish = signal<boolean | null>(null);
  readonly #http: Http;
  readonly #me: Signal<SignedInAgent | null>;
  readonly isHidden = computed(() => this.#wish.value ?? this.#me.value?.profile.isAdviceHidden ?? true);

  constructor(http: Http, me: Signal<SignedInAgent | null>) {
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
