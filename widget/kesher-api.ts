import { effect } from '@preact/signals-core';
import type { Chat } from './chat-state.ts';
import type { KesherGlobal, QueuedCall } from './handover.ts';
import type { PanelState } from './panel-state.ts';
import type { VisitorDetails } from './visitor-details.ts';

/** What the site may tell of its visitor. `identity`: a short-lived JWT made by the site's server; without it all is a claim. */
export interface KesherIdentity extends VisitorDetails {
  identity?: string | null;
}

export interface KesherEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  /** Somebody has answered. */
  message: { text: string; author: string | null };
  /** The number of unread messages, whenever it changes. */
  unread: number;
  /** The id of the conversation on the screen, whenever it changes. */
  conversation: string | null;
}

/** `window.Kesher`: what a site can do with the widget. Calls made before the widget is here are queued. */
export interface KesherApi {
  open(): void;
  close(): void;
  toggle(): void;
  identify(identity: KesherIdentity): void;
  /** Call it when a person signs out: nothing of the conversation stays in this browser. */
  reset(): void;
  /** A BCP 47 tag; the widget takes the nearest language that it speaks. */
  setLocale(locale: string): void;
  on<Name extends keyof KesherEvents>(event: Name, listener: (detail: KesherEvents[Name]) => void): void;
  off<Name extends keyof KesherEvents>(event: Name, listener: (detail: KesherEvents[Name]) => void): void;
}

interface ApiParts {
  chat: Chat;
  panel: PanelState;
  setLocale: (locale: string) => void;
}

type Listener = (detail: never) => void;

export function createKesherApi({ chat, panel, setLocale }: ApiParts): KesherApi {
  const listeners = new Map<string, Set<Listener>>();
  const tell = <Name extends keyof KesherEvents>(event: Name, detail: KesherEvents[Name]) => {
    for (const listener of [...(listeners.get(event) ?? [])]) {
      try {
        listener(detail as never);
      } catch (error) {
        // A mistake of the site's is the site's: it shows in its console and breaks nothing here.
        reportError(error);
      }
    }
  };
  watch(panel.isOpen, (isOpen) => tell(isOpen ? 'open' : 'close', undefined));
  watch(chat.unread, (unread) => tell('unread', unread));
  watch(
    {
      get value() {
        return chat.conversation.value?.id ?? null;
      },
    },
    (id) => tell('conversation', id),
  );
  chat.onForgotten(() => panel.forget());
  chat.onIncoming((message) => tell('message', { text: message.text, author: message.author.name ?? null }));

  return {
    open: () => panel.open(),
    close: () => panel.close(),
    toggle: () => panel.toggle(),
    identify({ identity, ...details }) {
      if (identity) void chat.vouch(identity, details);
      else chat.saveDetails(details);
    },
    reset: () => chat.reset(),
    setLocale,
    on(event, listener) {
      // Who asks late is told at once.
      if (event === 'ready') queueMicrotask(() => listener(undefined as never));
      else listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    off(event, listener) {
      listeners.get(event)?.delete(listener);
    },
  };
}

/** Carries out what the site asked for so far, and from now on at once. */
export function takeOverQueue(queue: QueuedCall[], api: KesherApi, host: HTMLElement): void {
  const call = ([name, ...parameters]: QueuedCall) => {
    const method = (api as unknown as Record<string, ((...given: unknown[]) => void) | undefined>)[name];
    if (!method) return console.warn(`Kesher has no "${name}".`);
    try {
      method(...parameters);
    } catch (error) {
      reportError(error);
    }
  };
  const waiting = queue.splice(0);
  queue.push = (...calls) => {
    for (const one of calls) call(one);
    return 0;
  };
  const kesher: KesherGlobal = { host, push: queue.push, ...api };
  (window as Window & { Kesher?: KesherGlobal }).Kesher = kesher;
  for (const one of waiting) call(one);
}

/** Calls `listener` on changes only. */
function watch<Value>(source: { readonly value: Value }, listener: (value: Value) => void): void {
  let last = source.value;
  effect(() => {
    const { value } = source;
    if (value === last) return;
    last = value;
    queueMicrotask(() => listener(value));
  });
}
