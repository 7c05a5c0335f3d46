/** A visitor's browser with the widget's own state in its tabs, on a house's server. */
import { effect } from '@preact/signals-core';
import { onTestFinished } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import type { KeyValueStore } from '../../shared/outbox.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { type Chat, type ChatOptions, createChat } from '../../widget/chat-state.ts';
import type { Clock } from '../../widget/clock.ts';
import { BrowserProfile } from '../chaos/browser-profile.ts';
import type { House } from '../helpers/house.ts';

/** The browser's WebSocket, as Node's `ws` has it. */
export const webSocket = NodeWebSocket as unknown as typeof WebSocket;

/** Waiting passes twenty times faster than time, so that nobody sits through a back-off. */
const hastyClock: Clock = {
  now: Date.now,
  schedule(ms, job) {
    const timer = setTimeout(job, ms / 20);
    return () => clearTimeout(timer);
  },
};

export class VisitorAtHome {
  readonly profile: BrowserProfile;
  readonly #house: House;

  constructor(house: House, { isSecure = true } = {}) {
    this.#house = house;
    this.profile = new BrowserProfile({ isSecure });
  }

  /** A tab that shows the widget. `tabStorage` is what an earlier page of the same tab has left. */
  open(options: Partial<ChatOptions> & { tabStorage?: KeyValueStore } = {}): Chat {
    const { storage, tabs, close } = this.profile.openTab();
    const chat = createChat({
      serverUrl: `${this.#house.url}/`,
      inboxKey: this.#house.inbox.key,
      storage,
      tabs,
      tabStorage: memoryStorage(),
      clock: hastyClock,
      webSocket,
      ...options,
    });
    onTestFinished(() => {
      chat.stop();
      close();
    });
    return chat;
  }

  /** The same, connected. */
  async arrive(options: Parameters<VisitorAtHome['open']>[0] = {}): Promise<Chat> {
    const chat = this.open(options);
    chat.start();
    await seen(() => chat.status.value === 'live');
    return chat;
  }
}

/** Resolves when what the signals hold fits. */
export function seen(fits: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    let dispose: (() => void) | undefined;
    let isSeen = false;
    dispose = effect(() => {
      if (isSeen || !fits()) return;
      isSeen = true;
      queueMicrotask(() => dispose?.());
      resolve();
    });
  });
}

/** What people said; the lines about who came and went stand aside. */
export const textsOf = (chat: Chat) => chat.messages.value.filter(({ author }) => author.kind !== 'system').map(({ text }) => text);
export const waitingOf = (chat: Chat) => chat.pending.value.map(({ text }) => text);
/** Everything on the screen, from top to bottom. */
export const screenOf = (chat: Chat) => [...textsOf(chat), ...waitingOf(chat)];
