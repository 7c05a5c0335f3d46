import { batch, signal } from '@preact/signals-core';
import type { PendingFile } from '../shared/attachment.ts';
import type { VisitorConversation } from '../shared/conversation.ts';
import { isTemporary, type Reply } from '../shared/errors.ts';
import { MESSAGE_TEXT_MAX } from '../shared/limits.ts';
import type { Message, VisitorMessageDraft } from '../shared/message.ts';
import type { Outbox, PendingMessage } from '../shared/outbox.ts';
import type { Clock } from './clock.ts';

type PostReply = Reply<{ message: Message; conversation: VisitorConversation }>;

/** What goes with a message beside its text. */
export type MessageWish = Pick<PendingMessage, 'questionId' | 'invitationId' | 'replyTo' | 'files' | 'isAfterDetails'>;

export interface SendingOptions {
  outbox: Outbox;
  clock: Clock;
  makeId: () => string;
  isLive: () => boolean;
  /** Whether the visitor said something of itself that the server has not answered yet. */
  hasUnsentDetails: () => boolean;
  post: (draft: VisitorMessageDraft) => Promise<PostReply>;
  /** Gives the server's ids of a message's files when all of them are there. */
  upload: (files: readonly PendingFile[]) => Promise<Reply<string[]>>;
  /** Called before the message leaves the outbox, so that it is never nowhere. */
  onStored: (message: Message, conversation: VisitorConversation) => void;
  /** The server no longer knows this connection's visitor: dial again. */
  onUnauthenticated: () => void;
}

const BACKOFF_MAX_MS = 30_000;
/** A tab that sees another tab's message waits this long before it sends it in its place. */
const TAKE_OVER_MS = 3_000;

/**
 * From the composer to the server's ok. A message is in the outbox before it is sent and leaves it only for an ok;
 * messages go one at a time, in the order of writing, whichever tab sends them.
 */
export function createSending(options: SendingOptions) {
  const { outbox, clock } = options;
  const pending = signal<readonly PendingMessage[]>(outbox.list());
  let isFlushing = false;
  let attempts = 0;
  let isBackingOff = false;
  let cancelTimer = () => {};

  const refresh = () => {
    pending.value = outbox.list();
  };

  /** False if the browser could not keep the message: then nothing was sent, and the text must stay where it is. */
  function put(message: PendingMessage): boolean {
    try {
      outbox.put(message);
    } catch {
      return false;
    }
    refresh();
    if (!isBackingOff) void flush();
    return true;
  }

  function flushIn(ms: number): void {
    cancelTimer();
    cancelTimer = clock.schedule(ms, () => void flush());
  }

  async function flush(): Promise<void> {
    if (isFlushing) return;
    isFlushing = true;
    isBackingOff = false;
    cancelTimer();
    while (options.isLive()) {
      const next = outbox.list().find((message) => !message.failed);
      if (!next || (next.isAfterDetails && options.hasUnsentDetails()) || !(await deliver(next))) break;
    }
    isFlushing = false;
  }

  /** Whether the next message may go. */
  async function deliver({ conversationId, ...unaddressed }: PendingMessage): Promise<boolean> {
    const { id, text, questionId, invitationId, replyTo, files } = unaddressed;
    const uploaded = files && (await options.upload(files));
    // What is undefined does not go over the wire.
    const reply =
      uploaded && !uploaded.ok
        ? uploaded
        : await options.post({ id, text, conversationId, questionId, invitationId, replyTo, attachmentIds: uploaded?.data });
    if (reply.ok) {
      attempts = 0;
      batch(() => {
        options.onStored(reply.data.message, reply.data.conversation);
        outbox.remove(id);
        refresh();
      });
      return true;
    }
    const { code, retryAfterMs } = reply.error;
    if (isTemporary(code)) {
      attempts += 1;
      const backoffMs = Math.min(BACKOFF_MAX_MS, 500 * 2 ** attempts) * (0.5 + Math.random() / 2);
      // Without a connection the next session flushes.
      if (code === 'unauthenticated') options.onUnauthenticated();
      else if (options.isLive()) {
        isBackingOff = true;
        flushIn(retryAfterMs ?? backoffMs);
      }
      return false;
    }
    if (outbox.list().some((message) => message.id === id)) {
      // The conversation is gone (a database restored from a backup): the message belongs in the open one, or a new one.
      const isOrphan = code === 'not-found' && conversationId !== undefined;
      outbox.put(isOrphan ? unaddressed : { ...unaddressed, ...(conversationId && { conversationId }), failed: code });
      refresh();
    }
    return true;
  }

  const get = (id: string) => outbox.list().find((message) => message.id === id);
  /** Strictly after everything that waits, even if the clock was set back or two messages share a millisecond. */
  const nextTime = () => Math.max(clock.now(), ...outbox.list().map((message) => message.createdAt + 1));

  return {
    /** What is not confirmed yet, oldest first; entries with `failed` wait for `retry` or `discard`. */
    pending,
    flush,
    refresh,

    send(text: string, conversationId: string | undefined, more: MessageWish = {}): boolean {
      if ((text.trim() === '' && !more.files) || text.length > MESSAGE_TEXT_MAX) return false;
      return put({ ...more, id: options.makeId(), text, createdAt: nextTime(), ...(conversationId && { conversationId }) });
    },

    retry(id: string): void {
      const message = get(id);
      if (!message?.failed) return;
      const { failed, ...again } = message;
      // `conflict` means that the id is taken by something else: only then is it another message.
      const isTaken = failed === 'conflict';
      if (put({ ...again, id: isTaken ? options.makeId() : id, createdAt: nextTime() }) && isTaken) this.discard(id);
    },

    discard(id: string): void {
      outbox.remove(id);
      refresh();
    },

    /** Another tab wrote to the outbox. It normally sends by itself; if it is gone or cut off, this one does. */
    noticeOtherTab(): void {
      refresh();
      if (!isBackingOff && pending.value.some((message) => !message.failed)) flushIn(TAKE_OVER_MS * (1 + Math.random()));
    },

    forget(): void {
      cancelTimer();
      for (const message of outbox.list()) outbox.remove(message.id);
      refresh();
    },
  };
}
