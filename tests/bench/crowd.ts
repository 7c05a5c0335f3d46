import { setTimeout as sleep } from 'node:timers/promises';
import { nanoid } from 'nanoid';
import type { WireClient } from './wire-client.ts';

const DRAIN_WITHIN_MS = 10_000;

/** What people write: half of it Hebrew, which strings hold in two bytes a character. */
const sentences = [
  'שלום, ההזמנה שלי מאתמול עוד לא הגיעה. אפשר לבדוק?',
  'Hello, my order of yesterday has not arrived yet. Could you check?',
];

interface Visitor {
  client: WireClient;
  conversationId: string;
  sentence: string;
  sent: number;
  delivered: number;
}

/** What a stretch of time was like from outside. Latencies are from the visitor's send to the agent's screen, sorted. */
export interface Stretch {
  acknowledged: number;
  seconds: number;
  latenciesMs: number[];
}

/**
 * Visitors and their agents in a closed loop: every visitor has one message on its way and sends the next when it is
 * acknowledged. Each message carries its number and its time, so that the agents' side notices one that is missing,
 * doubled or out of order, at any server.
 */
export class Crowd {
  readonly #visitors: Visitor[] = [];
  readonly #byConversation = new Map<string, Visitor>();
  #isSending = false;
  #onTheWay = 0;
  #acknowledged = 0;
  #latenciesMs: number[] | null = null;

  addAgent(client: WireClient): void {
    client.on('message:posted', (message) => this.#deliver(message as { conversationId: string; text: string }));
  }

  /** `conversationId` is open at one of the agents. */
  addVisitor(client: WireClient, conversationId: string): void {
    const sentence = sentences[this.#visitors.length % sentences.length] ?? '';
    const visitor = { client, conversationId, sentence, sent: 0, delivered: 0 };
    this.#visitors.push(visitor);
    this.#byConversation.set(conversationId, visitor);
  }

  get size(): number {
    return this.#visitors.length;
  }

  /** Messages acknowledged since the beginning. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  get delivered(): number {
    return this.#visitors.reduce((sum, visitor) => sum + visitor.delivered, 0);
  }

  /** Gets going for `warmUpMs`, is then watched while `watch` runs, and comes to rest. */
  async chat(warmUpMs: number, watch: () => Promise<void>): Promise<Stretch> {
    this.#isSending = true;
    for (const visitor of this.#visitors) this.#send(visitor);
    await sleep(warmUpMs);
    const before = this.#acknowledged;
    const startedAt = performance.now();
    const latenciesMs: number[] = [];
    this.#latenciesMs = latenciesMs;
    await watch();
    this.#latenciesMs = null;
    const acknowledged = this.#acknowledged - before;
    const seconds = (performance.now() - startedAt) / 1_000;
    await this.#rest();
    return { acknowledged, seconds, latenciesMs: latenciesMs.sort((one, other) => one - other) };
  }

  close(): void {
    for (const { client } of this.#visitors) client.close();
  }

  #send(visitor: Visitor): void {
    visitor.sent += 1;
    this.#onTheWay += 1;
    const text = `${visitor.sent} ${performance.now()} ${visitor.sentence}`;
    visitor.client.send('message:post', { id: nanoid(), conversationId: visitor.conversationId, text }, (reply) => {
      if (!reply.startsWith('{"ok":true')) throw new Error(`A message was refused: ${reply}`);
      this.#acknowledged += 1;
      this.#onTheWay -= 1;
      if (this.#isSending) this.#send(visitor);
    });
  }

  #deliver({ conversationId, text }: { conversationId: string; text: string }): void {
    const now = performance.now();
    const visitor = this.#byConversation.get(conversationId);
    if (!visitor) throw new Error(`An agent was sent a message of ${conversationId}, which nobody opened.`);
    const [number, sentAt] = text.split(' ', 2).map(Number);
    if (number !== visitor.delivered + 1) throw new Error(`Message ${visitor.delivered + 1} was due at the agent's; ${number} came.`);
    visitor.delivered += 1;
    this.#latenciesMs?.push(now - (sentAt ?? Number.NaN));
  }

  async #rest(): Promise<void> {
    this.#isSending = false;
    const givesUpAt = performance.now() + DRAIN_WITHIN_MS;
    while (this.#onTheWay > 0 || this.delivered < this.#acknowledged) {
      if (performance.now() > givesUpAt) throw new Error(`${this.#onTheWay} messages were not acknowledged, ${this.delivered} delivered.`);
      await sleep(20);
    }
  }
}
