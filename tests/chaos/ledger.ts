import type { Message, Visibility } from '../../shared/message.ts';

/** What the server's ok to a post says on the wire. */
const ACKNOWLEDGED = /\{"ok":true,"data":\{"message":\{"id":"([\w-]{21})","conversationId":"([\w-]{21})","seq":(\d+)/g;

interface Acknowledgement {
  conversationId: string;
  seq: number;
  times: number;
}

/** What a promise that was not kept is called. */
export type ViolationKind =
  | 'lost'
  | 'doubled'
  | 'phantom'
  | 'moved'
  | 'gap'
  | 'unequal'
  | 'out of order'
  | 'failed'
  | 'leaked'
  | 'vanished'
  | 'unfinished'
  | 'unnoticed'
  | 'damaged'
  | 'complained';

export interface Violation {
  kind: ViolationKind;
  sentence: string;
}

/** What one person typed and sent. The text is unique, and by it a message is known before it has been anywhere. */
export interface Typed {
  text: string;
  author: string;
  /** The author's own count. */
  number: number;
  visibility: Visibility;
  /** A colleague had answered before: held back, and its place among the author's other words is lost. */
  wasHeldBack: boolean;
  /** Held back and then taken back by its author: it must be nowhere. */
  isWithdrawn: boolean;
  /** Written after the backup that was restored: it may be gone. */
  mayBeGone: boolean;
}

/** A message as some screen showed it, as sent. */
export interface Shown {
  message: Message;
  where: string;
}

/** Everything that people typed and saw during a run, written down at the moment it happened. */
export class Ledger {
  readonly typed = new Map<string, Typed>();
  readonly shown = new Map<string, Shown>();
  /** What left the server as acknowledged, by id, and how often: more than once is a retry that found its first copy. */
  readonly acknowledged = new Map<string, Acknowledgement>();
  readonly violations: Violation[] = [];
  onTyped: () => void = () => {};
  onAcknowledged: () => void = () => {};
  #isRestored = false;

  /** The violations in words; not all of them, where one fault has caused hundreds. */
  get verdict(): string[] {
    const sentences = this.violations.map(({ kind, sentence }) => `${kind}: ${sentence}`);
    return sentences.length > 25 ? [...sentences.slice(0, 25), `… and ${sentences.length - 25} more`] : sentences;
  }

  accuse(kind: ViolationKind, sentence: string): void {
    if (this.violations.some((violation) => violation.sentence === sentence)) return;
    this.violations.push({ kind, sentence });
  }

  type(author: string, number: number, text: string, visibility: Visibility): void {
    this.typed.set(text, { text, author, number, visibility, wasHeldBack: false, isWithdrawn: false, mayBeGone: false });
    this.onTyped();
  }

  holdBack(text: string): void {
    const typed = this.typed.get(text);
    if (typed) typed.wasHeldBack = true;
  }

  withdraw(text: string): void {
    const typed = this.typed.get(text);
    if (typed) typed.isWithdrawn = true;
  }

  /** Reads the acknowledgements in what a server said. */
  hearServer(words: string): void {
    for (const [, id = '', conversationId = '', seq] of words.matchAll(ACKNOWLEDGED)) this.#acknowledge(id, conversationId, Number(seq));
  }

  /** An older database is put back: what these texts said may be gone, and from now on screens may show less than they did. */
  restore(writtenSince: Iterable<string>): void {
    for (const text of writtenSince) {
      const typed = this.typed.get(text);
      if (typed) typed.mayBeGone = true;
    }
    this.shown.clear();
    this.acknowledged.clear();
    this.#isRestored = true;
  }

  /**
   * A new screen; the returned function is told everything that it shows as sent, at every change. What a screen has once
   * shown it goes on showing.
   */
  watchScreen(where: string): (messages: readonly Message[]) => void {
    let before: readonly Message[] = [];
    return (messages) => {
      if (!this.#isRestored) {
        for (const message of messages) this.#show(where, message);
        const ids = new Set(messages.map((message) => message.id));
        const gone = before.filter((message) => !ids.has(message.id));
        if (gone.length > 0)
          this.accuse('vanished', `${where} showed ${quote(gone[0]?.text)} and ${gone.length - 1} more, and then no longer.`);
      }
      before = messages;
    };
  }

  #acknowledge(id: string, conversationId: string, seq: number): void {
    const before = this.acknowledged.get(id);
    if (before && (before.seq !== seq || before.conversationId !== conversationId)) {
      this.accuse('moved', `Message ${id} was acknowledged with seq ${before.seq}, and then with ${seq}.`);
    }
    this.acknowledged.set(id, { conversationId, seq, times: (before?.times ?? 0) + 1 });
    this.onAcknowledged();
  }

  #show(where: string, message: Message): void {
    const before = this.shown.get(message.id)?.message;
    if (!before) {
      this.shown.set(message.id, { message, where });
      return;
    }
    if (before.seq === message.seq && before.conversationId === message.conversationId && before.text === message.text) return;
    this.accuse(
      'moved',
      `${where} shows ${quote(message.text)} with seq ${message.seq}; before it was ${quote(before.text)} with seq ${before.seq}.`,
    );
  }
}

export function quote(text: string | undefined): string {
  return `“${text?.split(':')[0]}”`;
}
