import { nanoid } from 'nanoid';
import { io, type Socket } from 'socket.io-client';
import type { Reply } from '../../shared/errors.ts';
import type { Message } from '../../shared/message.ts';
import type { Dice } from './dice.ts';

interface Way {
  /** Addresses of the servers that are up. */
  addresses: () => readonly string[];
  inboxKey: string;
  fault: (what: string) => void;
}

/** Writes, waits, writes again, loses the connection and comes back through whichever server there is. */
export class FloorVisitor {
  readonly #dice: Dice;
  readonly #way: Way;
  readonly #language: string;
  #socket: Socket | null = null;
  #token: string | undefined;
  #conversationId: string | undefined;
  #left: number;
  /** Kept until the server has said ok, as the widget's outbox does. */
  #unsent: { id: string; text: string } | null = null;
  #isSending = false;

  constructor(dice: Dice, way: Way) {
    this.#dice = dice;
    this.#way = way;
    this.#language = dice.pick(['he', 'he', 'en', 'en', 'fr']);
    this.#left = 1 + Math.floor(dice.between(0, 2.5));
  }

  get isDone(): boolean {
    return this.#left === 0 && this.#unsent === null;
  }

  act(): void {
    if (this.isDone) return;
    if (!this.#socket) return this.#dice.chance(0.3) ? this.#come() : undefined;
    if (this.#dice.chance(0.12)) return this.#go();
    if (this.#unsent === null && (this.#conversationId === undefined || this.#dice.chance(0.4))) {
      this.#left -= 1;
      this.#unsent = { id: nanoid(), text: `${this.#left} more to come` };
    }
    void this.#send();
  }

  leave(): void {
    this.#go();
  }

  #come(): void {
    const auth = { inbox: this.#way.inboxKey, locale: this.#language, ...(this.#token !== undefined && { token: this.#token }) };
    const socket = io(`${this.#dice.pick(this.#way.addresses())}/visitor`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth,
    });
    this.#socket = socket;
    socket.on('session:started', ({ token }: { token: string }) => {
      this.#token = token;
      void this.#send();
    });
    const lost = () => {
      if (this.#socket === socket) this.#socket = null;
    };
    socket.on('disconnect', lost).on('connect_error', lost);
  }

  #go(): void {
    this.#socket?.disconnect();
    this.#socket = null;
  }

  async #send(): Promise<void> {
    const message = this.#unsent;
    if (!message || !this.#socket?.connected || this.#token === undefined || this.#isSending) return;
    this.#isSending = true;
    try {
      const where = this.#conversationId === undefined ? {} : { conversationId: this.#conversationId };
      const reply: Reply<{ message: Message }> = await this.#socket.timeout(15_000).emitWithAck('message:post', { ...message, ...where });
      if (!reply.ok) return this.#way.fault(`message:post: ${reply.error.code} ${reply.error.message}`);
      this.#conversationId = reply.data.message.conversationId;
      this.#unsent = null;
    } catch {
      // Written once more when the connection is there again.
    } finally {
      this.#isSending = false;
    }
  }
}
