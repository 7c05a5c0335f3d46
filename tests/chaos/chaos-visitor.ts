import { effect } from '@preact/signals';
import { WebSocket as NodeWebSocket } from 'ws';
import { Outbox } from '../../shared/outbox.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { type Chat, createChat } from '../../widget/chat-state.ts';
import { BrowserProfile } from './browser-profile.ts';
import type { Dice } from './dice.ts';
import { type Ledger, quote } from './ledger.ts';
import type { Line } from './line.ts';
import { type Birth, makeText, type Person, type Screen } from './person.ts';

interface Tab {
  chat: Chat;
  close(): void;
}

/** A visitor in one browser: the widget's own state, in as many tabs as there are lines. */
export class ChaosVisitor implements Person {
  onLost = () => {};
  readonly name: string;
  readonly lines: readonly Line[];
  readonly #inboxKey: string;
  readonly #dice: Dice;
  readonly #ledger: Ledger;
  readonly #profile: BrowserProfile;
  /** Some live behind a proxy that lets no WebSocket through, and chat by plain requests. */
  readonly #webSocket: typeof WebSocket | null;
  readonly #outbox: Outbox;
  readonly #tabStorages: ReturnType<typeof memoryStorage>[];
  readonly #tabs: Tab[];
  #typed = 0;

  constructor({ name, dice, ledger, lines }: Birth, inboxKey: string) {
    this.name = name;
    this.lines = lines;
    this.#inboxKey = inboxKey;
    this.#dice = dice;
    this.#ledger = ledger;
    this.#profile = new BrowserProfile({ isSecure: dice.chance(0.5) });
    this.#webSocket = dice.chance(0.8) ? (NodeWebSocket as unknown as typeof WebSocket) : null;
    this.#outbox = new Outbox(this.#profile.openTab().storage, inboxKey);
    this.#tabStorages = lines.map(() => memoryStorage());
    this.#tabs = lines.map((_, index) => this.#openTab(index));
  }

  get isLive(): boolean {
    return this.#tabs.every(({ chat }) => chat.status.value === 'live');
  }

  get isSettled(): boolean {
    return this.isLive && this.waiting === 0;
  }

  get waiting(): number {
    return this.#outbox.list().length;
  }

  act(): void {
    const index = this.#dice.pick([...this.#tabs.keys()]);
    const wish = this.#dice.roll();
    if (wish < 0.05) this.#tabs[index]?.chat.wake();
    else if (wish < 0.1) this.#tabs[index]?.chat.attend(this.#dice.chance(0.5));
    else if (wish < 0.13) this.#tabs[index]?.chat.write('an unfinished thou');
    else if (wish < 0.16) this.reload(index);
    else this.say(index);
    // In the same breath: what was just sent has not even left the browser.
    if (this.#dice.chance(0.02)) this.reload(index);
  }

  say(index = 0): void {
    this.#typed += 1;
    const text = makeText(this.name, this.#typed, this.#dice);
    this.#ledger.type(this.name, this.#typed, text, 'public');
    if (!this.#tabs[index]?.chat.send(text)) this.#ledger.accuse('failed', `The widget did not take ${quote(text)}.`);
  }

  /** The next page, or the same again: a new widget over what the browser kept. A crashed tab leaves nothing of its own. */
  reload(index = 0): void {
    if (this.#dice.chance(0.7)) this.#tabs[index]?.chat.save();
    this.#tabs[index]?.close();
    this.#tabs[index] = this.#openTab(index);
  }

  wake(): void {
    for (const { chat } of this.#tabs) chat.wake();
  }

  async loadEverything(): Promise<void> {
    for (const { chat } of this.#tabs) {
      for (let before = -1; chat.hasEarlier.value && chat.messages.value.length > before; ) {
        before = chat.messages.value.length;
        await chat.loadEarlier();
      }
    }
  }

  screens(): Screen[] {
    return this.#tabs.map(({ chat }, index) => ({
      where: this.#nameOf(index),
      owner: this.name,
      isVisitor: true,
      conversationId: chat.conversation.value?.id ?? '',
      messages: chat.messages.value,
    }));
  }

  explain(): string {
    return `${this.name} is ${this.#tabs.map(({ chat }) => chat.status.value).join(' and ')}, ${this.waiting} unsent`;
  }

  leave(): void {
    for (const tab of this.#tabs) tab.close();
  }

  #nameOf(index: number): string {
    return this.lines.length === 1 ? this.name : `${this.name}, tab ${index + 1},`;
  }

  #openTab(index: number): Tab {
    const { storage, tabs, close } = this.#profile.openTab();
    const chat = createChat({
      serverUrl: `${this.lines[index]?.url}/`,
      inboxKey: this.#inboxKey,
      storage,
      tabs,
      webSocket: this.#webSocket,
      ...(this.#tabStorages[index] && { tabStorage: this.#tabStorages[index] }),
    });
    const stopWatching = this.#watch(chat, this.#nameOf(index));
    chat.start();
    return {
      chat,
      close: () => {
        stopWatching();
        chat.stop();
        close();
      },
    };
  }

  #watch(chat: Chat, where: string): () => void {
    const look = this.#ledger.watchScreen(where);
    const disposals = [
      effect(() => look(chat.messages.value)),
      effect(() => {
        for (const { text, failed } of chat.pending.value) {
          if (failed) this.#ledger.accuse('failed', `${where} was shown ${quote(text)} as failed (${failed}).`);
        }
      }),
      effect(() => {
        if (chat.status.value === 'lost') this.onLost();
      }),
      effect(() => {
        if (chat.refusal.value) this.#ledger.accuse('failed', `${where} was refused (${chat.refusal.value.code}).`);
      }),
    ];
    return () => {
      for (const dispose of disposals) dispose();
    };
  }
}
