/**
 * What `window.Kesher` can do, as `load-kesher.ts` promises it. Fetched when the site says its first word, so that sites
 * which say none do not pay for it.
 */
import { batch, effect } from '@preact/signals-core';
import type { PreChat, WidgetSettings } from '../shared/inbox.ts';
import { MESSAGE_TEXT_MAX } from '../shared/limits.ts';
import type { Chat } from './chat-state.ts';
import type { KesherQueue } from './handover.ts';
import type { KesherApi, KesherEvents } from './load-kesher.ts';
import type { PanelState, TakenInvitation } from './panel-state.ts';
import { fieldsToAsk } from './pre-chat-fields.ts';
import { createTracking } from './site-tracking.ts';
import { readDetails, readFields, readPrefill, readText } from './site-words.ts';
import { newId } from './url-safe-id.ts';
import { vouch } from './vouching.ts';

interface ApiParts {
  chat: Chat;
  panel: PanelState;
  preChat: () => PreChat;
  setLocale: (locale: string) => void;
  preview: (settings: WidgetSettings) => void;
  /** Takes the launcher away, or shows it again. */
  setHidden: (isHidden: boolean) => void;
}

/** What other parts of the widget say to the application; no site needs to know it. */
interface InnerCalls {
  accept(invitation: TakenInvitation): void;
  /** For the console, which shows settings before they are saved. */
  preview(settings: WidgetSettings): void;
  /** An agent speaks first. */
  connect(): void;
}

type Listener = (detail: never) => void;

const events: readonly (keyof KesherEvents)[] = ['ready', 'open', 'close', 'message', 'unread', 'conversation'];

/** Carries out what the site asked for so far, and from now on at once. */
export function takeOverQueue(queue: KesherQueue, parts: ApiParts): void {
  const api: Record<string, (...given: never[]) => void> = { ...createKesherApi(queue, parts) };
  const call = (one: unknown) => {
    // `push('open')` instead of `push(['open'])` leaves no doubt.
    const [name, ...parameters] = Array.isArray(one) ? one : [one];
    const method = Object.hasOwn(api, String(name)) ? api[String(name)] : undefined;
    if (!method) return console.warn(`Kesher has no "${String(name)}".`);
    try {
      method(...(parameters as never[]));
    } catch (error) {
      console.warn(`Kesher.${String(name)}: ${(error as Error).message}`);
    }
  };
  const waiting = queue.splice(0);
  queue.push = (...calls) => {
    for (const one of calls) call(one);
    return 0;
  };
  for (const one of waiting) call(one);
}

export function createKesherApi(
  queue: KesherQueue,
  { chat, panel, preChat, setLocale, preview, setHidden }: ApiParts,
): KesherApi & InnerCalls {
  const listeners = new Map<string, Set<Listener>>();
  const tracking = createTracking(chat);

  const hear = (listener: Listener, detail: unknown) => {
    try {
      listener(detail as never);
    } catch (error) {
      // A mistake of the site's is the site's: it shows in its console and breaks nothing here.
      reportError(error);
    }
  };
  const tell = <Name extends keyof KesherEvents>(event: Name, detail: KesherEvents[Name]) => {
    for (const listener of [...(listeners.get(event) ?? [])]) hear(listener, detail);
  };
  const listenersOf = (event: string, listener: unknown): Set<Listener> => {
    if (!events.includes(event as keyof KesherEvents)) throw new TypeError(`there is no event "${event}".`);
    if (typeof listener !== 'function') throw new TypeError('the listener must be a function.');
    const known = listeners.get(event) ?? new Set();
    listeners.set(event, known);
    return known;
  };

  watch(
    () => panel.isOpen.value,
    (isOpen) => tell(isOpen ? 'open' : 'close', undefined),
  );
  watch(
    () => chat.unread.value,
    (unread) => tell('unread', unread),
  );
  watch(
    () => chat.conversation.value?.id ?? null,
    (id) => tell('conversation', id),
  );
  chat.onForgotten(() => panel.forget());
  chat.onIncoming((message) => tell('message', { text: message.text, author: message.author.name ?? null }));

  return {
    open: () => panel.open(),
    close: () => panel.close(),
    toggle: () => panel.toggle(),
    show: () => setHidden(false),
    hide: () => setHidden(true),
    on(event, listener) {
      listenersOf(event, listener).add(listener);
      // Who asks late is told at once.
      if (event === 'ready') queueMicrotask(() => hear(listener, undefined));
    },
    off: (event, listener) => void listenersOf(event, listener).delete(listener),
    identify(given) {
      const { identity, ...details } = readDetails(given);
      if (identity) void vouch(chat.identities, identity, details);
      else chat.saveDetails(details);
    },
    reset() {
      tracking.forget();
      queue.fields = {};
      chat.reset();
    },
    setLocale: (locale) => setLocale(readText(locale, 'the locale', 35)),
    setFields(given) {
      const fields = readFields(given);
      queue.fields = { ...queue.fields, ...fields };
      chat.saveDetails({ fields });
    },
    track: (name, properties) =>
      tracking.track({ id: newId(), name: readText(name, 'the name', 60), properties: readFields(properties ?? {}, 10, 200) }),
    send(given) {
      const text = readText(given, 'the text', MESSAGE_TEXT_MAX);
      const typed = chat.draft.value;
      if (mustAskFirst(chat, preChat())) {
        const { text: waiting, isSent: _, ...held } = chat.held.value;
        chat.hold({ ...held, text: [waiting, text].filter(Boolean).join('\n') });
        panel.view.value = 'chat';
        panel.open();
        return;
      }
      // What the visitor is writing, and the files beside it, are not what is sent.
      const { tray } = chat;
      const files = tray.value;
      const isTaken = batch(() => {
        tray.value = [];
        const done = chat.send(text);
        tray.value = files;
        return done;
      });
      if (!isTaken) throw new Error('the browser could not keep the message.');
      if (typed) chat.write(typed);
    },
    prefill(given) {
      const { text, ...form } = readPrefill(given);
      const known = chat.visitor.value;
      const told = { name: known?.name, phone: known?.phone, email: known?.email };
      if (Object.keys(form).length > 0) {
        const kept = Object.entries({ ...told, ...chat.unsentDetails.value, ...form, ...panel.form.value }).filter(([, value]) => value);
        panel.form.value = Object.fromEntries(kept);
        chat.hold({ ...chat.held.value, values: { ...form, ...chat.held.value.values } });
      }
      if (text && chat.draft.value.trim() === '') chat.write(text);
    },
    preview,
    connect: () => chat.start(),
    accept(invitation) {
      panel.invitation.value = invitation;
      panel.view.value = 'chat';
      panel.open();
    },
  };
}

/** Whether the inbox must know something that it does not before a conversation begins. */
function mustAskFirst({ conversation, visitor, unsentDetails, held }: Chat, preChat: PreChat): boolean {
  if (conversation.value && conversation.value.status !== 'resolved') return false;
  const person = { visitor: visitor.value, unsent: unsentDetails.value, asked: held.value.asked ?? [] };
  return fieldsToAsk(preChat, person, []).some(({ isRequired }) => isRequired);
}

/** Calls `listener` on changes only. */
function watch<Value>(read: () => Value, listener: (value: Value) => void): void {
  let last = read();
  effect(() => {
    const value = read();
    if (value === last) return;
    last = value;
    queueMicrotask(() => listener(value));
  });
}
