import { batch, computed, signal } from '@preact/signals-core';
import type { VisitorConversation } from '../shared/conversation.ts';
import type { Reply } from '../shared/errors.ts';
import type { VisitorSession } from '../shared/events.ts';
import { MESSAGE_PAGE_FIRST } from '../shared/limits.ts';
import type { AnswerRateRequest, Message, MessageListRequest, MessagePage } from '../shared/message.ts';
import { emptyTranscript, resumeMark, type Transcript, withEarlier, withNewer, withPosted, withRated } from '../shared/transcript.ts';
import type { Clock } from './clock.ts';

/** What this tab's next page needs to show the conversation before a connection exists. */
export interface ConversationsSnapshot {
  epoch: string;
  conversation: VisitorConversation;
  transcript: Transcript;
}

export interface ConversationsOptions {
  clock: Clock;
  isLive: () => boolean;
  list: (request: MessageListRequest, timeoutMs?: number) => Promise<Reply<MessagePage>>;
  /** A message that somebody else wrote and that was not here before; never for history. */
  onIncoming: (message: Message) => void;
  /** Somebody speaks in a conversation that this tab has not heard of: `listed` is asked for. */
  onUnknown: () => void;
}

/** Messages of the snapshot: enough to scroll in, little enough for the tab's storage. */
const SNAPSHOT_MESSAGES = 200;

/** The visitor's conversations and their messages, kept in step with the server by `seq`. */
export function createConversations(options: ConversationsOptions) {
  const known = signal<Readonly<Record<string, VisitorConversation>>>({});
  const transcripts = signal<Readonly<Record<string, Transcript>>>({});
  /** The conversation that a message without an address goes to; null before the first one. */
  const currentId = signal<string | null>(null);
  const shownId = signal<string | null>(null);
  const isLoadingEarlier = signal(false);
  let epoch: string | undefined;
  const catchingUp = new Map<string, { isAgain: boolean }>();

  const shown = computed(() => (shownId.value === null ? null : (known.value[shownId.value] ?? null)));
  const transcript = computed(() => (shownId.value === null ? emptyTranscript : (transcripts.value[shownId.value] ?? emptyTranscript)));
  const unread = computed(() => {
    let count = 0;
    for (const [id, { messages }] of Object.entries(transcripts.value)) {
      const readSeq = known.value[id]?.visitorReadSeq ?? 0;
      for (const message of messages) if (message.seq > readSeq && isFromOthers(message)) count += 1;
    }
    return count;
  });

  function put(conversation: VisitorConversation): void {
    const held = known.value[conversation.id];
    // Reading marks only ever advance; a fact that was on its way meanwhile must not take them back.
    const next = held ? { ...held, ...conversation, ...furthestMarks(held, conversation) } : conversation;
    known.value = { ...known.value, [conversation.id]: next };
  }

  function hold(id: string, next: Transcript): void {
    const heldIds = new Set(transcripts.value[id]?.messages.map((message) => message.id));
    transcripts.value = { ...transcripts.value, [id]: next };
    for (const message of next.messages) if (!heldIds.has(message.id) && isFromOthers(message)) options.onIncoming(message);
  }

  /** Replaces what was held without calling any of it new. */
  function holdFresh(id: string, page: MessagePage): void {
    transcripts.value = { ...transcripts.value, [id]: withNewer(emptyTranscript, { ...page, isFresh: true }) };
  }

  /** The conversation under way is this one now; the eye goes with it, unless it rests on an earlier one. */
  function follow(id: string | null): void {
    const isFollowing = shownId.value === null || shownId.value === currentId.value;
    // In this order, so that what waits for a first conversation is at no moment elsewhere.
    currentId.value = id;
    if (isFollowing) shownId.value = id;
  }

  function takeNewer(id: string, page: MessagePage, mark: { after?: number }): void {
    const held = transcripts.value[id];
    if (held && mark.after !== undefined && !page.isFresh) hold(id, withNewer(held, page));
    else holdFresh(id, page);
  }

  /** Asks for what is after the last message known to be in place, until there is no more. */
  async function catchUp(id: string, timeoutMs?: number): Promise<void> {
    const running = catchingUp.get(id);
    if (running) {
      running.isAgain = true;
      return;
    }
    const run = { isAgain: false };
    catchingUp.set(id, run);
    for (let hasMore = true; hasMore && options.isLive(); ) {
      run.isAgain = false;
      const mark = resumeMark(transcripts.value[id] ?? emptyTranscript);
      const reply = await options.list({ conversationId: id, ...mark }, timeoutMs);
      if (!reply.ok) {
        // Without a connection the next session resumes; a server that is busy is asked again.
        if (options.isLive() && reply.error.code !== 'not-found')
          options.clock.schedule(reply.error.retryAfterMs ?? 2_000, () => void catchUp(id));
        break;
      }
      const page = publicPage(reply.data);
      takeNewer(id, page, mark);
      hasMore = run.isAgain || (mark.after !== undefined && !page.isFresh && page.more && page.messages.length > 0);
    }
    catchingUp.delete(id);
  }

  return {
    known,
    currentId,
    shownId,
    shown,
    transcript,
    unread,
    isLoadingEarlier,
    catchUp,

    /** What the next handshake says of the conversation under way. */
    resume(): { conversationId?: string; after?: number; afterId?: string; epoch?: string } {
      const id = currentId.value;
      return {
        ...(id !== null && { conversationId: id, ...resumeMark(transcripts.value[id] ?? emptyTranscript) }),
        ...(epoch && { epoch }),
      };
    },

    start(session: VisitorSession, asked: { conversationId?: string | undefined; after?: number | undefined }): void {
      const { conversation } = session;
      const isResumed = !session.isFresh && asked.after !== undefined && asked.conversationId === conversation?.id;
      batch(() => {
        epoch = session.epoch;
        if (session.isFresh) {
          known.value = {};
          transcripts.value = {};
        }
        if (conversation) {
          put(conversation);
          takeNewer(conversation.id, publicPage(session), isResumed ? asked : {});
        }
        follow(conversation?.id ?? null);
        if (shownId.value !== null && !known.value[shownId.value]) shownId.value = currentId.value;
      });
      if (conversation && isResumed && session.more) void catchUp(conversation.id);
      if (shownId.value !== null && shownId.value !== currentId.value) void catchUp(shownId.value);
    },

    posted(message: Message): void {
      if (message.visibility === 'internal') return;
      const id = message.conversationId;
      if (!known.value[id]) {
        options.onUnknown();
        if (currentId.value === null) follow(id);
      }
      // A conversation that nobody looks at is loaded when it is shown.
      if (!transcripts.value[id] && id !== currentId.value && id !== shownId.value) return;
      const { transcript: next, hasGap } = withPosted(transcripts.value[id] ?? emptyTranscript, message);
      hold(id, next);
      // A page that is on its way may have been read before this message was written.
      if (hasGap || catchingUp.has(id)) void catchUp(id);
    },

    /** The reply to a message of our own, which may have opened the conversation. */
    stored(message: Message, conversation: VisitorConversation): void {
      batch(() => {
        put(conversation);
        follow(conversation.id);
        this.posted(message);
      });
    },

    changed(conversation: VisitorConversation): void {
      batch(() => {
        put(conversation);
        const current = currentId.value === null ? undefined : known.value[currentId.value];
        if (conversation.status !== 'resolved' && (!current || current.status === 'resolved')) follow(conversation.id);
      });
      const held = transcripts.value[conversation.id];
      // Another tab opened it, or a message got lost on the way here.
      const isBehind = conversation.lastSeq > (held?.messages.at(-1)?.seq ?? 0);
      if (isBehind && (held || conversation.id === shownId.value)) void catchUp(conversation.id);
    },

    read(mark: { conversationId: string; reader: 'agent' | 'visitor'; seq: number }): void {
      const held = known.value[mark.conversationId];
      if (held) put({ ...held, [mark.reader === 'agent' ? 'agentReadSeq' : 'visitorReadSeq']: mark.seq });
    },

    /** Here, or in another tab. */
    rated({ conversationId, ...rating }: AnswerRateRequest & { conversationId: string }): void {
      const held = transcripts.value[conversationId];
      if (held) transcripts.value = { ...transcripts.value, [conversationId]: withRated(held, rating) };
    },

    listed(conversations: readonly VisitorConversation[]): void {
      batch(() => {
        for (const conversation of conversations) this.changed(conversation);
      });
    },

    show(id: string): void {
      shownId.value = id;
      if (!transcripts.value[id]) void catchUp(id);
    },

    async loadEarlier(): Promise<void> {
      const id = shownId.value;
      const first = transcript.value.messages[0];
      if (id === null || !first || !transcript.value.hasEarlier || isLoadingEarlier.value) return;
      isLoadingEarlier.value = true;
      const reply = await options.list({ conversationId: id, before: first.seq, limit: MESSAGE_PAGE_FIRST });
      batch(() => {
        isLoadingEarlier.value = false;
        const held = transcripts.value[id];
        if (!reply.ok || held?.messages[0]?.id !== first.id) return;
        transcripts.value = { ...transcripts.value, [id]: withEarlier(held, publicPage(reply.data)) };
      });
    },

    snapshot(): ConversationsSnapshot | null {
      const conversation = currentId.value === null ? undefined : known.value[currentId.value];
      const held = conversation && transcripts.value[conversation.id];
      if (!held || !epoch) return null;
      const messages = held.messages.slice(-SNAPSHOT_MESSAGES);
      return {
        epoch,
        conversation,
        transcript: { ...held, messages, hasEarlier: held.hasEarlier || messages.length < held.messages.length },
      };
    },

    restore(snapshot: ConversationsSnapshot): void {
      const { id } = snapshot.conversation;
      batch(() => {
        epoch = snapshot.epoch;
        known.value = { [id]: snapshot.conversation };
        transcripts.value = { [id]: snapshot.transcript };
        currentId.value = id;
        shownId.value = id;
      });
    },

    forget(): void {
      batch(() => {
        epoch = undefined;
        known.value = {};
        transcripts.value = {};
        currentId.value = null;
        shownId.value = null;
      });
    },
  };
}

function isFromOthers(message: Message): boolean {
  return message.author.kind === 'agent' || message.author.kind === 'bot';
}

/** Notes are never sent to a visitor; should one arrive all the same, it is not taken in. */
function publicPage(page: MessagePage): MessagePage {
  return { ...page, messages: page.messages.filter((message) => message.visibility !== 'internal') };
}

function furthestMarks(a: VisitorConversation, b: VisitorConversation) {
  return {
    lastSeq: Math.max(a.lastSeq, b.lastSeq),
    agentReadSeq: Math.max(a.agentReadSeq, b.agentReadSeq),
    visitorReadSeq: Math.max(a.visitorReadSeq, b.visitorReadSeq),
  };
}
