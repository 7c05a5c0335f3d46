import { nanoid } from 'nanoid';
import { io, type Socket } from 'socket.io-client';
import type { AgentNotice } from '../../shared/agent-notice.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Reply } from '../../shared/errors.ts';
import type { AgentSessionStarted } from '../../shared/events.ts';
import type { Account } from './chaos-agent.ts';
import type { Dice } from './dice.ts';

interface Surroundings {
  /** Addresses of the servers that are up. */
  addresses: () => readonly string[];
  fault: (what: string) => void;
}

/** Works on what the house gives it: answers, ends, overlooks, gives back, picks, goes for a coffee, loses the connection. */
export class FloorAgent {
  readonly account: Account;
  readonly teamIds: ReadonlySet<string>;
  /** What it has been told is its own, ever. */
  readonly known = new Set<string>();
  /** How often it was given something. */
  given = 0;
  /** Does not come back. */
  hasGoneHome = false;
  /** Sees to everything, and goes nowhere any more. */
  isCalm = false;
  address: string;
  readonly #dice: Dice;
  readonly #around: Surroundings;
  readonly #held = new Set<string>();
  readonly #overlooked = new Set<string>();
  /** What lists have shown as its own, whoever gave it. */
  readonly #listed = new Set<string>();
  #socket: Socket | null = null;
  #hasSession = false;
  #isBack = true;
  #isAway = false;
  #isBusy = false;
  #returning: NodeJS.Timeout | undefined;

  constructor(
    account: Account,
    { address, teamIds, dice, around }: { address: string; teamIds: readonly string[]; dice: Dice; around: Surroundings },
  ) {
    this.account = account;
    this.address = address;
    this.teamIds = new Set(teamIds);
    this.#dice = dice;
    this.#around = around;
  }

  /** Connected, and has said that it takes chats. */
  get isOnline(): boolean {
    return this.#socket?.connected === true && this.#hasSession && this.#isBack;
  }

  come(address = this.address): void {
    this.address = address;
    const socket = io(`${address}/agent`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: this.account.cookie },
    });
    this.#socket = socket;
    this.#hasSession = false;
    socket.on('session:started', ({ conversations }: AgentSessionStarted) => {
      this.#hasSession = true;
      for (const { id, assigneeId } of conversations) if (assigneeId === this.account.id) this.#list(id);
    });
    socket.on('notice:posted', ({ kind, conversationId }: AgentNotice) => {
      if (kind === 'assignment' && conversationId !== null) this.#take(conversationId);
    });
    socket.on('conversation:gone', ({ conversationId }: { conversationId: string }) => this.#drop(conversationId));
    socket.on('conversation:changed', ({ id, assigneeId, status }: ConversationSummary) => {
      if (assigneeId === this.account.id && status === 'open') this.#list(id);
      else this.#drop(id);
    });
    const lost = () => {
      if (this.#socket === socket) this.#comeBack(this.#dice.between(100, 3_000));
    };
    socket.on('disconnect', lost).on('connect_error', lost);
  }

  act(): void {
    if (this.#isBusy || !this.#socket?.connected || !this.#hasSession) return;
    this.#isBusy = true;
    this.#actOnce()
      .catch((error: unknown) => this.#around.fault(`${this.account.name}: ${String(error)}`))
      .finally(() => {
        this.#isBusy = false;
      });
  }

  leave(): void {
    clearTimeout(this.#returning);
    const socket = this.#socket;
    this.#socket = null;
    socket?.disconnect();
  }

  async #actOnce(): Promise<void> {
    const dice = this.#dice;
    if (this.#isAway && (this.isCalm || dice.chance(0.5))) return this.#choose('online');
    if (!this.isCalm && dice.chance(0.03)) return this.#choose('away');
    if (!this.isCalm && dice.chance(0.03)) return this.#drift();
    if (!this.#isAway && dice.chance(0.08)) return this.#pick();
    // In the rush it does only what it was told to: whatever it took itself would be no matter of the house's.
    const seen = this.isCalm ? [...this.#held, ...this.#listed] : [...this.#held].filter((id) => !this.#overlooked.has(id));
    if (seen.length > 0) await this.#workOn(dice.pick(seen));
  }

  async #workOn(conversationId: string): Promise<void> {
    const opened = await this.#ask<{ conversation: ConversationSummary }>('conversation:open', { conversationId });
    if (!opened) return;
    const { assigneeId, status, waitingSince } = opened.conversation;
    if (assigneeId !== this.account.id || status !== 'open') return this.#drop(conversationId);
    if (waitingSince === null) {
      await this.#ask('conversation:resolve', { conversationId });
      this.#drop(conversationId);
    } else if (!this.isCalm && this.#dice.chance(0.04)) {
      await this.#ask('conversation:assign', { conversationId, agentId: null });
      this.#drop(conversationId);
    } else await this.#ask('message:post', { id: nanoid(), conversationId, text: 'Let me see.' });
  }

  async #pick(): Promise<void> {
    const reply = await this.#ask<{ conversation: ConversationSummary | null }>('conversation:pick', {});
    if (reply?.conversation) this.#take(reply.conversation.id);
  }

  async #choose(availability: 'online' | 'away'): Promise<void> {
    this.#isAway = availability === 'away';
    this.#isBack = false;
    await this.#ask('availability:set', { availability });
    this.#isBack = !this.#isAway;
  }

  /** The window falls silent, or says goodbye; it opens again elsewhere, sooner or later than the house waits. */
  #drift(): void {
    const socket = this.#socket;
    this.#comeBack(this.#dice.between(200, 8_000));
    if (this.#dice.chance(0.5)) socket?.io.engine.close();
    else socket?.disconnect();
  }

  #comeBack(inMs: number): void {
    this.#socket = null;
    clearTimeout(this.#returning);
    if (this.hasGoneHome) return;
    this.#returning = setTimeout(() => this.come(this.#dice.pick(this.#around.addresses())), this.isCalm ? 100 : inMs);
  }

  #take(conversationId: string): void {
    this.given += 1;
    this.known.add(conversationId);
    this.#held.add(conversationId);
    if (this.#dice.chance(0.12)) this.#overlooked.add(conversationId);
    else this.#overlooked.delete(conversationId);
  }

  #list(conversationId: string): void {
    this.known.add(conversationId);
    this.#listed.add(conversationId);
  }

  #drop(conversationId: string): void {
    this.#held.delete(conversationId);
    this.#listed.delete(conversationId);
  }

  /** Null where it was refused, or the connection was lost meanwhile. */
  async #ask<Data>(event: string, payload: unknown): Promise<Data | null> {
    const socket = this.#socket;
    if (!socket) return null;
    let reply: Reply<Data>;
    try {
      reply = await socket.timeout(15_000).emitWithAck(event, payload);
    } catch {
      return null;
    }
    if (reply.ok) return reply.data;
    if (reply.error.code === 'internal' || reply.error.code === 'invalid') this.#around.fault(`${event}: ${reply.error.message}`);
    return null;
  }
}
