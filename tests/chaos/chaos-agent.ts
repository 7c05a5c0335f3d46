import { effect, untracked } from '@preact/signals';
import { createDesk, type Desk } from '../../console/conversations/desk.ts';
import { BrowserProfile } from './browser-profile.ts';
import type { Dice } from './dice.ts';
import { type Ledger, quote } from './ledger.ts';
import type { Line } from './line.ts';
import { type Birth, makeText, type Person, type Screen } from './person.ts';

/** Who signs in at the console. */
export interface Account {
  id: string;
  name: string;
  cookie: string;
}

interface Window {
  desk: Desk;
  close(): void;
}

/** An agent at the console's own desk, who has every conversation open and answers in all of them. */
export class ChaosAgent implements Person {
  onLost = () => {};
  readonly name: string;
  readonly lines: readonly Line[];
  readonly #account: Account;
  readonly #dice: Dice;
  readonly #ledger: Ledger;
  readonly #profile = new BrowserProfile({ isSecure: true });
  /** Held back because a colleague was faster, by id: a timer runs until the agent has decided. */
  readonly #undecided = new Map<string, NodeJS.Timeout>();
  #window: Window;
  #typed = 0;

  constructor({ name, dice, ledger, lines }: Birth, account: Account) {
    this.name = name;
    this.lines = lines;
    this.#account = account;
    this.#dice = dice;
    this.#ledger = ledger;
    this.#window = this.#openWindow();
  }

  get isLive(): boolean {
    return this.#desk.connection.state.value === 'live';
  }

  get isSettled(): boolean {
    return this.isLive && this.waiting === 0 && this.#ids().every((id) => this.#isOpen(id) || this.#isGone(id));
  }

  get waiting(): number {
    return this.#desk.courier.pending.value.length;
  }

  act(): void {
    const wish = this.#dice.roll();
    if (wish < 0.04) this.wake();
    else if (wish < 0.06) this.reload();
    else this.say();
    if (this.#dice.chance(0.02)) this.reload();
  }

  /** An answer or a note, in one of the conversations that lie open on the desk. */
  say(among: readonly string[] = this.#ids()): void {
    const open = among.filter((id) => this.#isOpen(id) && this.#messages(id).length > 0);
    if (open.length === 0) return;
    const conversationId = this.#dice.pick(open);
    const visibility = this.#dice.chance(0.2) ? 'internal' : 'public';
    this.#typed += 1;
    const text = makeText(this.name, this.#typed, this.#dice);
    this.#ledger.type(this.name, this.#typed, text, visibility);
    this.#desk.conversation(conversationId).typed(true, visibility);
    this.#desk.send(conversationId, text, visibility);
    if (this.#dice.chance(0.3)) this.#desk.conversation(conversationId).read(this.#messages(conversationId).at(-1)?.seq ?? 0);
  }

  reload(): void {
    this.#window.close();
    this.#window = this.#openWindow();
  }

  wake(): void {
    this.#desk.wake();
  }

  async loadEverything(): Promise<void> {
    for (const id of this.#ids()) {
      const { messages } = this.#desk.conversation(id);
      for (let before = -1; messages.transcript.value.hasEarlier && this.#messages(id).length > before; ) {
        before = this.#messages(id).length;
        await messages.loadEarlier();
      }
    }
  }

  screens(): Screen[] {
    const screen = { where: this.name, owner: this.name, isVisitor: false };
    return this.#ids().flatMap((id) => (this.#isGone(id) ? [] : [{ ...screen, conversationId: id, messages: this.#messages(id) }]));
  }

  explain(): string {
    const unopened = this.#ids().filter((id) => !this.#isOpen(id));
    return `${this.name} is ${this.#desk.connection.state.value}, ${this.waiting} unsent, ${unopened.length} conversations not open`;
  }

  leave(): void {
    for (const timer of this.#undecided.values()) clearTimeout(timer);
    this.#window.close();
  }

  get #desk(): Desk {
    return this.#window.desk;
  }

  #ids(): string[] {
    return [...this.#desk.list.summaries.value.keys()];
  }

  #isOpen(id: string): boolean {
    return this.#desk.conversation(id).phase.value === 'open';
  }

  /** The screen says that there is no such conversation. */
  #isGone(id: string): boolean {
    return this.#desk.conversation(id).failure.value === 'not-found';
  }

  #messages(id: string) {
    return this.#desk.conversation(id).messages.transcript.value.messages;
  }

  #openWindow(): Window {
    const { storage, tabs, close } = this.#profile.openTab();
    const desk = createDesk({
      agentId: this.#account.id,
      serverUrl: this.lines[0]?.url ?? '',
      socketOptions: { extraHeaders: { cookie: this.#account.cookie } },
      storage,
    });
    tabs.onChange((key) => desk.storageChanged(key));
    const stopWatching = this.#watch(desk);
    desk.open();
    return {
      desk,
      close: () => {
        stopWatching();
        desk.close();
        close();
      },
    };
  }

  #watch(desk: Desk): () => void {
    const watched = new Map<string, () => void>();
    const disposals = [
      effect(() => {
        for (const id of desk.list.summaries.value.keys()) {
          if (!watched.has(id))
            watched.set(
              id,
              untracked(() => this.#watchConversation(desk, id)),
            );
        }
      }),
      effect(() => {
        for (const { id, text, failed } of desk.courier.pending.value) {
          if (failed === 'stale') this.#decideLater(id, text);
          else if (failed) this.#ledger.accuse('failed', `${this.name} was shown ${quote(text)} as failed (${failed}).`);
        }
      }),
      effect(() => {
        if (desk.connection.state.value === 'reconnecting') this.onLost();
      }),
      effect(() => {
        if (desk.refusal.value) this.#ledger.accuse('failed', `${this.name} was refused (${desk.refusal.value.code}).`);
      }),
    ];
    return () => {
      for (const dispose of [...disposals, ...watched.values()]) dispose();
    };
  }

  #watchConversation(desk: Desk, id: string): () => void {
    const look = this.#ledger.watchScreen(this.name);
    const { messages } = desk.openConversation(id);
    return effect(() => look(messages.transcript.value.messages));
  }

  /** A colleague was faster: after reading that, the agent sends it all the same, or takes it back. */
  #decideLater(id: string, text: string): void {
    if (this.#undecided.has(id)) return;
    this.#ledger.holdBack(text);
    const isSent = this.#dice.chance(0.5);
    const decide = () => {
      this.#undecided.delete(id);
      if (isSent) {
        this.#desk.courier.retry(id, { isUnguarded: true });
      } else {
        this.#ledger.withdraw(text);
        this.#desk.courier.discard(id);
      }
    };
    this.#undecided.set(id, setTimeout(decide, this.#dice.between(20, 400)));
  }
}
