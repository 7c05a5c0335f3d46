/** The conversations that the desk holds messages of: those on screen, and the last ones that were. */
import { OpenConversation, type OpenConversationOptions } from './open-conversation.ts';

/** Left conversations whose messages stay in memory, so that coming back shows them at once. */
const KEPT_MAX = 20;

export class ConversationShelf {
  readonly #options: OpenConversationOptions;
  /** Least recently used first. */
  readonly #held = new Map<string, OpenConversation>();
  /** How many places on screen show a conversation; only those are kept in step with the server. */
  readonly #places = new Map<string, number>();

  constructor(options: OpenConversationOptions) {
    this.#options = options;
  }

  get shown(): OpenConversation[] {
    return [...this.#places.keys()].map((id) => this.take(id));
  }

  get all(): Iterable<OpenConversation> {
    return this.#held.values();
  }

  isShown(id: string): boolean {
    return this.#places.has(id);
  }

  find(id: string): OpenConversation | undefined {
    return this.#held.get(id);
  }

  /** Made empty where nothing is held. */
  take(id: string): OpenConversation {
    const conversation = this.#held.get(id) ?? new OpenConversation(id, this.#options);
    this.#held.delete(id);
    this.#held.set(id, conversation);
    this.#forgetOldest();
    return conversation;
  }

  /** One more place shows it. */
  show(id: string): void {
    this.#places.set(id, (this.#places.get(id) ?? 0) + 1);
  }

  /** One place less; true if that was the last one. */
  hide(id: string): boolean {
    const left = (this.#places.get(id) ?? 0) - 1;
    if (left > 0) this.#places.set(id, left);
    else this.#places.delete(id);
    return left === 0;
  }

  #forgetOldest(): void {
    const left = [...this.#held.keys()].filter((id) => !this.#places.has(id));
    for (const id of left.slice(0, Math.max(0, left.length - KEPT_MAX))) this.#held.delete(id);
  }
}
