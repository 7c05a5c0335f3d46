/** In which conversations a mention of this agent has not been seen: told by the server, and kept up as notices come and are seen. */
import { computed, signal } from '@preact/signals';
import { UNSEEN_MENTIONS_MAX } from '../../shared/limits.ts';
import type { UnseenMentionsReply } from '../../shared/mention.ts';
import type { Schedule } from '../connection.ts';
import type { Http } from '../http.ts';

/** What may have changed is asked about this often at most. */
const ASK_EVERY_MS = 5_000;

export class UnseenMentions {
  readonly ids = signal<ReadonlySet<string>>(new Set());
  /** There may be more than are known. */
  readonly isMore = computed(() => this.ids.value.size >= UNSEEN_MENTIONS_MAX);
  readonly #http: Http;
  readonly #schedule: Schedule;
  #cancelAsking: (() => void) | null = null;
  #isAsking = false;
  /** Something happened while the server was answering. */
  #isOvertaken = false;

  constructor(http: Http, schedule: Schedule) {
    this.#http = http;
    this.#schedule = schedule;
  }

  async load(): Promise<void> {
    this.#isOvertaken = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    let told: readonly string[] | null = null;
    while (this.#isOvertaken) {
      this.#isOvertaken = false;
      const reply = await this.#http.get<UnseenMentionsReply>('/mentions/unseen');
      told = reply.ok ? reply.data.conversationIds : null;
    }
    this.#isAsking = false;
    if (told) this.#become(told);
  }

  /** A conversation has come into sight, and mentions with it perhaps. */
  loadSoon(): void {
    this.#cancelAsking ??= this.#schedule(ASK_EVERY_MS, () => {
      this.#cancelAsking = null;
      void this.load();
    });
  }

  add(conversationId: string): void {
    this.#isOvertaken = true;
    this.#become([...this.ids.value, conversationId]);
  }

  /** Seen, or out of sight. False where there was none. */
  drop(conversationId: string): boolean {
    if (!this.ids.value.has(conversationId)) return false;
    this.#isOvertaken = true;
    this.#become([...this.ids.value].filter((id) => id !== conversationId));
    return true;
  }

  close(): void {
    this.#cancelAsking?.();
  }

  #become(ids: readonly string[]): void {
    const next = new Set(ids);
    const before = this.ids.value;
    if (next.size !== before.size || ids.some((id) => !before.has(id))) this.ids.value = next;
  }
}
