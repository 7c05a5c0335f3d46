/**
 * The visitor's side of a chat: everything the widget knows and can do, without a line of DOM. It runs in the browser
 * under the panel, and in Node as the visitor of the integration tests:
 *
 *     const chat = createChat({ serverUrl: 'http://127.0.0.1:3000/', inboxKey, storage: memoryStorage() });
 *     chat.start();
 *     chat.send('Hello');        // shown in `chat.pending` until the server has it, then in `chat.messages`
 *     chat.stop();
 *
 * What a person sends is in `storage` before it is sent and stays there until the server has said ok, so a new chat over the
 * same storage (a reload, another tab, a restarted process) goes on with it. Delivery is by the rules of `protocol.md`.
 */
import { computed, effect, signal, untracked } from '@preact/signals-core';
import type { PendingFile } from '../shared/attachment.ts';
import type { Page } from '../shared/contact.ts';
import type { ConversationStatus, VisitorConversation } from '../shared/conversation.ts';
import type { Availability } from '../shared/inbox.ts';
import { toJson } from '../shared/json.ts';
import type { Message } from '../shared/message.ts';
import { type KeyValueStore, Outbox } from '../shared/outbox.ts';
import type { TrackedEventRequest } from '../shared/tracked-event.ts';
import { type Clock, systemClock } from './clock.ts';
import { createDraft } from './draft.ts';
import type { ErrandDesk } from './errands.ts';
import type { HeldMessage } from './held-message.ts';
import { createSending, type MessageWish } from './sending.ts';
import { storageKey } from './storage-keys.ts';
import { newId } from './url-safe-id.ts';
import { type ConversationsSnapshot, createConversations } from './visitor-conversations.ts';
import { createDetails, type VisitorDetails } from './visitor-details.ts';
import { createReading } from './visitor-reading.ts';
import { createSession, PROBE_TIMEOUT_MS } from './visitor-session.ts';
import { createVisitorToken, type Tabs } from './visitor-token.ts';
import { createTyping } from './visitor-typing.ts';
import type { VisitorUploads } from './visitor-uploads.ts';
import type { IdentityDesk } from './vouching.ts';

export interface ChatOptions {
  /** The address under which `widget.js` lies, with a closing slash. */
  serverUrl: string;
  inboxKey: string;
  /** Shared by the tabs of a site and kept: `localStorage`, or a map in its clothes. */
  storage: KeyValueStore;
  /** This tab's own, for the next page: `sessionStorage`. */
  tabStorage?: KeyValueStore;
  tabs?: Tabs;
  clock?: Clock;
  /** The language that the visitor is shown, as a BCP 47 tag. */
  locale?: () => string;
  page?: () => Page;
  /** The WebSocket to use; by default the browser's, and null where there is none. */
  webSocket?: typeof WebSocket | null;
}

export type Chat = ReturnType<typeof createChat>;

export function createChat(options: ChatOptions) {
  const { storage, tabStorage, clock = systemClock, inboxKey } = options;
  const key = (name: Parameters<typeof storageKey>[1]) => storageKey(inboxKey, name);
  const outbox = new Outbox(storage, inboxKey);

  const availability = signal<Availability | null>(null);
  const incoming = new Set<(message: Message) => void>();
  /** Messages that came before their session did; they are applied after it. */
  let early: Message[] = [];
  let toldPage = '';
  const forgotten = new Set<() => void>();
  /** What the site told along with the signed identity. */
  let introduction: VisitorDetails = {};

  const token = createVisitorToken({ store: storage, key: key('token'), clock, tabs: options.tabs });
  const draft = createDraft(storage, key('draft'));
  const holding = createDraft(storage, key('held'));
  const held = computed((): HeldMessage => {
    try {
      return JSON.parse(holding.text.value);
    } catch {
      return {};
    }
  });
  const hold = (next: HeldMessage) => holding.write(JSON.stringify(next));

  const session = createSession({
    serverUrl: options.serverUrl,
    inboxKey,
    token,
    clock,
    webSocket: options.webSocket,
    describe(isKnown) {
      const page = options.page?.();
      toldPage = page?.url ?? '';
      return { ...(isKnown && conversations.resume()), ...(options.locale && { locale: options.locale() }), ...(page && { page }) };
    },
    onStarted(started, asked) {
      if (started.isOtherPerson) {
        forgetWords();
        forgetPerson();
        details.save(introduction);
      }
      conversations.start(started, asked);
      details.visitor.value = started.visitor;
      availability.value = started.availability;
    },
    onLive() {
      for (const message of early.splice(0)) conversations.posted(message);
      void sending.flush();
      void details.flush();
      if (storage.getItem(errands.key) !== null) {
        import('./errands.ts').then(
          ({ runErrands }) => runErrands(errands),
          () => {}, // The next connection tries again.
        );
      }
      reading.resume();
      viewPage();
    },
    onLost() {
      early = [];
      typing.stop();
    },
    // Who shook hands as nobody yet has nothing to forget, and is still whom its page says.
    onOvertaken(asked) {
      if (asked.token !== undefined) signOut();
    },
  });
  const { isLive, request } = session;

  const conversations = createConversations({
    clock,
    isLive,
    list: (wish, timeoutMs) => request('message:list', wish, timeoutMs),
    onIncoming(message) {
      typing.arrived();
      for (const listener of incoming) listener(message);
    },
    onUnknown: () => void listConversations(),
  });

  const sending = createSending({
    outbox,
    clock,
    makeId: newId,
    isLive,
    hasUnsentDetails: () => details.unsent.value !== null,
    post: (message) => request('message:post', message),
    upload: (files) =>
      uploads().then(
        (all) => all.finish(files),
        () => ({ ok: false, error: { code: 'unavailable', message: '' } }),
      ),
    onStored: (message, conversation) => conversations.stored(message, conversation),
    onUnauthenticated: session.redialLater,
  });

  /** What is chosen goes with the next message. */
  const tray = signal<readonly PendingFile[]>([]);
  let uploading: Promise<VisitorUploads> | undefined;
  /** Fetched when somebody could use it. */
  const uploads = () => {
    uploading ??= import('./visitor-uploads.ts').then(({ createVisitorUploads }) =>
      createVisitorUploads({ ...options, clock, token, tray, pending: sending.pending, trayKey: key('files'), status: session.status }),
    );
    uploading.catch(() => {
      uploading = undefined;
    });
    return uploading;
  };

  const details = createDetails({
    store: storage,
    key: key('details'),
    clock,
    // What the site tells of one person must not reach the file of another: who it is is settled first.
    isLive: () => isLive() && identities.unanswered === 0,
    identify: (said) => request('visitor:identify', said),
  });

  const errands: ErrandDesk = { store: storage, key: key('errands'), clock, isLive, request };

  const identities: IdentityDesk = {
    store: storage,
    key: key('person'),
    unanswered: 0,
    isLive,
    request,
    noticeOtherPerson,
    startAfresh,
    listConversations,
    redialLater: session.redialLater,
    details,
    introduce(identity, said) {
      session.setIdentity(identity);
      introduction = said;
      details.save(said);
    },
  };

  const messages = computed(() => conversations.transcript.value.messages);
  const reading = createReading({
    isLive,
    shown: conversations.shown,
    messages,
    onRead: (mark) => conversations.read({ ...mark, reader: 'visitor' }),
    tell: (mark) => request('conversation:read', mark),
  });

  const typing = createTyping({ clock, tell: (conversationId, text) => session.tell('typing:set', { conversationId, text }) });

  session.hear('message:posted', (message) => {
    if (isLive()) conversations.posted(message);
    else early.push(message);
  });
  session.hear('conversation:changed', (conversation) => {
    if (isLive()) conversations.changed(conversation);
  });
  session.hear('conversation:read', (mark) => conversations.read(mark));
  session.hear('answer:rated', (rated) => conversations.rated(rated));
  session.hear('typing:changed', (change) => typing.changed(change));
  session.hear('availability:changed', (next) => {
    availability.value = next;
  });

  /** Asks for all conversations of the visitor. */
  async function listConversations(): Promise<void> {
    const reply = await request<{ conversations: VisitorConversation[] }>('conversation:list', {});
    if (reply.ok) conversations.listed(reply.data.conversations);
  }

  function viewPage(): void {
    const page = options.page?.();
    if (!page || !isLive() || page.url === toldPage) return;
    toldPage = page.url;
    session.tell('page:view', page);
  }

  /** What was written here and may not have been sent. */
  function forgetWords(): void {
    sending.forget();
    details.forget();
    storage.removeItem(errands.key);
    draft.write('');
    holding.write('');
    tray.value = [];
    storage.removeItem(key('files'));
  }

  /** What belongs to the person, in memory and in this tab; the shared storage is the business of whoever calls. */
  function forgetPerson(): void {
    early = [];
    reading.forget();
    conversations.forget();
    typing.stop();
    details.visitor.value = null;
    availability.value = null;
    tabStorage?.removeItem(key('snapshot'));
    for (const listener of forgotten) listener();
  }

  function signOut(): void {
    session.setIdentity(undefined);
    introduction = {};
    forgetPerson();
  }

  /** Another person uses this browser now: nothing of the last one stays behind, here or in the shared storage. */
  function startAfresh(): void {
    forgetWords();
    signOut();
    storage.removeItem(key('active'));
    storage.removeItem(key('person'));
    token.forget();
    session.redial();
  }

  function noticeOtherPerson(): void {
    if (!token.hasChanged()) return;
    signOut();
    session.redial();
  }

  function noticeOtherTab(changed: string | null): void {
    if (changed === null || outbox.owns(changed)) sending.noticeOtherTab();
    if (changed === null || changed === key('draft')) draft.noticeOtherTab();
    if (changed === null || changed === key('held')) holding.noticeOtherTab();
    if (changed === null || changed === key('details')) details.noticeOtherTab();
    if (changed === null || changed === key('token')) noticeOtherPerson();
  }

  function restore(): void {
    try {
      const snapshot = JSON.parse(tabStorage?.getItem(key('snapshot')) ?? 'null');
      if (!Array.isArray(snapshot?.conversations.transcript.messages) || snapshot.token !== token.current()) return;
      conversations.restore(snapshot.conversations);
      details.visitor.value = snapshot.visitor;
      availability.value = snapshot.availability;
    } catch {
      // Written by another version, or by hand: the session brings everything anyway.
    }
  }

  restore();

  const disposals = [
    options.tabs?.onChange(noticeOtherTab),

    // Once the details are settled, what waits behind them goes, or stands with them in the form again.
    effect(() => {
      const isRefused = details.refusal.value !== null;
      if (!isRefused && details.unsent.value !== null) return;
      untracked(() => {
        if (!held.value.isSent) return;
        if (isRefused) {
          const waiting = sending.pending.value.filter((message) => message.isAfterDetails);
          hold({ ...held.value, text: waiting.map(({ text }) => text).join('\n'), isSent: false });
          for (const { id } of waiting) sending.discard(id);
        } else {
          hold({ asked: held.value.asked });
          void sending.flush();
        }
      });
    }),

    // The next page of this site connects without being asked while there is something to wait for.
    effect(() => {
      const current = conversations.currentId.value === null ? null : conversations.known.value[conversations.currentId.value];
      const isOver = (state: ConversationStatus | undefined) => state === undefined || state === 'resolved';
      const isUnderWay = sending.pending.value.length > 0 || !isOver(current?.status) || conversations.unread.value > 0;
      if (isUnderWay) storage.setItem(key('active'), '1');
      else if (isLive()) storage.removeItem(key('active'));
    }),
  ];

  return {
    status: session.status,
    refusal: session.refusal,
    availability,
    /** The conversation on the screen, or null while there is none. */
    conversation: conversations.shown,
    messages,
    hasEarlier: computed(() => conversations.transcript.value.hasEarlier),
    isLoadingEarlier: conversations.isLoadingEarlier,
    /** What was sent on this screen and is not confirmed yet, oldest first; an entry with `failed` waits for a decision. */
    pending: computed(() => {
      const { currentId, shownId, transcript } = conversations;
      const stored = new Set(transcript.value.messages.map((message) => message.id));
      const isHere = (id: string | undefined) => (id ?? currentId.value) === shownId.value || shownId.value === null;
      return sending.pending.value.filter((message) => !stored.has(message.id) && isHere(message.conversationId));
    }),
    /** Messages from the agents' side that the visitor has not seen. */
    unread: conversations.unread,
    /** Every conversation of the visitor that is known here; `listConversations` brings them all. */
    conversations: computed((): VisitorConversation[] => Object.values(conversations.known.value)),
    /** The name of the agent who is writing in the shown conversation. */
    typingName: computed(() =>
      typing.typist.value?.conversationId === conversations.shownId.value ? (typing.typist.value?.name ?? null) : null,
    ),
    serverUrl: options.serverUrl,
    draft: draft.text,
    /** A first message that waits for what the inbox asks before it. */
    held,
    hold,
    tray,
    uploads,
    visitor: details.visitor,
    unsentDetails: details.unsent,
    detailsRefusal: details.refusal,

    /** Connects, or tries again after a refusal. */
    start: session.start,

    /** Disconnects for good and lets go of everything outside; what is unsent stays in the storage. */
    stop(): void {
      session.stop();
      typing.stop();
      reading.stop();
      for (const dispose of disposals) dispose?.();
    },

    /** The page is looked at again, or the network is back: is the connection alive, and is anything missing? */
    wake(): void {
      if (!session.wake()) return;
      const { value: id } = conversations.currentId;
      if (id === null) void request('conversation:list', {}, PROBE_TIMEOUT_MS);
      else void conversations.catchUp(id, PROBE_TIMEOUT_MS);
      void sending.flush();
    },

    /** False if nothing was taken (blank, too long, or the browser could not keep it): the text stays in the composer. */
    send(text: string, more?: MessageWish): boolean {
      const { shownId, currentId } = conversations;
      const files = more?.questionId || more?.replyTo ? [] : tray.value;
      const wish = { ...more, ...(held.value.isSent && { isAfterDetails: true as const }), ...(files[0] && { files }) };
      if (!sending.send(text, shownId.value ?? currentId.value ?? undefined, wish)) return false;
      // A frequent question goes beside what is being written.
      if (draft.text.value === text && !more?.replyTo) draft.write('');
      if (files[0]) tray.value = [];
      typing.typed(shownId.value, '');
      session.start();
      return true;
    },
    retry: (id: string) => sending.retry(id),
    discard: (id: string) => sending.discard(id),

    write(text: string): void {
      draft.write(text);
      if (isLive()) typing.typed(conversations.shownId.value, text.trim() === '' ? '' : text);
    },
    /** Whether the keyboard is in this tab's composer. */
    setTyping: (isTyping: boolean) => draft.setTyping(isTyping),

    /** Whether the visitor can see the newest message now: then it counts as read. */
    attend: reading.attend,

    loadEarlier: () => conversations.loadEarlier(),
    show: (conversationId: string) => conversations.show(conversationId),

    listConversations,

    /** What can be said again without harm; never rejects. */
    ask: <Data>(event: string, payload: unknown) => request<Data>(event, payload),
    /** For as long as the chat lives. */
    hear: session.hear,
    /** For what goes on being asked until the server has answered: errands.ts. */
    errands,

    /** What the visitor, or its site, says of itself; kept and repeated until the server has taken it. */
    saveDetails: details.save,

    /** What signed-identity.ts vouches for the visitor with. */
    identities,

    /** Shown at once; `answer:rate` is an errand. */
    rated: conversations.rated,

    reset: startAfresh,

    viewPage,

    /** Something that the visitor did on the site. */
    track: (event: TrackedEventRequest) => request('event:track', event),

    onIncoming(listener: (message: Message) => void): () => void {
      incoming.add(listener);
      return () => void incoming.delete(listener);
    },

    /** Called when the person before is taken off the screen. */
    onForgotten(listener: () => void): () => void {
      forgotten.add(listener);
      return () => void forgotten.delete(listener);
    },

    /** Leaves this tab's next page what it needs to show the conversation at once. */
    save(): void {
      const snapshot: ConversationsSnapshot | null = conversations.snapshot();
      if (!snapshot) return;
      const person = { token: token.current(), visitor: details.visitor.value, availability: availability.value };
      tabStorage?.setItem(key('snapshot'), toJson({ ...person, conversations: snapshot }));
    },
  };
}
