import { effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { VisitorConversation } from '../shared/conversation.ts';
import type { Reply } from '../shared/errors.ts';
import type { Message } from '../shared/message.ts';

interface ReadMark {
  conversationId: string;
  seq: number;
}

export interface ReadingOptions {
  isLive: () => boolean;
  shown: ReadonlySignal<VisitorConversation | null>;
  messages: ReadonlySignal<readonly Message[]>;
  /** Takes effect here at once. */
  onRead: (mark: ReadMark) => void;
  tell: (mark: ReadMark) => Promise<Reply<unknown>>;
}

/** What the visitor has seen counts as read, and the agents are told, once for each step. */
export function createReading(options: ReadingOptions) {
  const isAttentive = signal(false);
  /** Read here and not yet acknowledged. */
  let owed: ReadMark | null = null;

  async function tell(mark: ReadMark): Promise<void> {
    owed = mark;
    const reply = await options.tell(mark);
    if (reply.ok && owed === mark) owed = null;
  }

  const stop = effect(() => {
    const { value: shown } = options.shown;
    const { value: messages } = options.messages;
    if (!isAttentive.value || !options.isLive() || !shown) return;
    const last = messages.findLast(({ author }) => author.kind !== 'visitor');
    if (!last || last.seq <= shown.visitorReadSeq) return;
    const mark = { conversationId: shown.id, seq: messages.at(-1)?.seq ?? last.seq };
    options.onRead(mark);
    void tell(mark);
  });

  return {
    attend(next: boolean): void {
      isAttentive.value = next;
    },
    /** A new session: what the last one did not acknowledge is told again. */
    resume(): void {
      if (owed) void tell(owed);
    },
    forget(): void {
      owed = null;
    },
    stop,
  };
}
