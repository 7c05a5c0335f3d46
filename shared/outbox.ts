import type { PendingFile } from './attachment.ts';
import type { ErrorCode } from './errors.ts';
import { toJson } from './json.ts';
import type { Mention } from './mention.ts';
import type { Visibility } from './message.ts';

/** The part of the Web Storage interface that the outbox needs; `localStorage` fits, and so does any map in its clothes. */
export interface KeyValueStore {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A message that a person has sent and the server has not yet confirmed, or not yet followed by what was wished with it. */
export interface PendingMessage {
  id: string;
  /** Absent for a visitor's first message, which opens the conversation. */
  conversationId?: string;
  text: string;
  /** The invitation that this message answers. */
  invitationId?: string;
  /** The message whose choice it is. */
  replyTo?: string;
  /** They are uploaded before it goes; their content lies elsewhere in the browser (upload-shelf.ts). */
  files?: readonly PendingFile[];
  visibility?: Visibility;
  /** The frequent question that a visitor chose. */
  questionId?: string;
  /** What the visitor says of itself goes first. Never goes over the wire. */
  isAfterDetails?: true;
  expectedSeq?: number;
  /** Of a note. */
  mentions?: readonly Mention[];
  isWhisper?: true;
  /** When it was sent by the person, milliseconds; the order of sending. */
  createdAt: number;
  /** Set only by a definite refusal; a lost connection leaves a message "sending". */
  failed?: ErrorCode;
  /** Its sender wants the conversation resolved behind it, unless the visitor has written after `seenSeq`. Never goes over the wire. */
  resolving?: { seenSeq: number };
  /** A macro of which it is the reply: everything else is done with it. */
  macro?: PendingMacro;
  /** The server has stored it; it is kept only until its conversation is resolved. */
  isPosted?: true;
}

/** `version` is the macro as it was seen; `note` and `until` are what it says and means at this moment. */
export interface PendingMacro {
  id: string;
  version: number;
  note?: string;
  until?: number;
}

/**
 * What a person typed and sent is kept here until the server has said ok. One storage key per message, so that
 * several tabs write side by side without overwriting one another; every tab of a scope sees and may send all of it,
 * and the server answers a second copy with the first.
 */
export class Outbox {
  readonly #store: KeyValueStore;
  readonly #prefix: string;

  /** `scope` keeps apart what must not mix: an inbox in the widget, an agent in the console. */
  constructor(store: KeyValueStore, scope: string) {
    this.#store = store;
    this.#prefix = `kesher:outbox:${scope}:`;
  }

  /** Whether a `storage` event's key belongs to this outbox. */
  owns(key: string | null): boolean {
    return key?.startsWith(this.#prefix) ?? false;
  }

  /** Oldest first. An entry that cannot be read (another version, a hand edit) is left alone. */
  list(): PendingMessage[] {
    const pending: PendingMessage[] = [];
    for (let index = 0; index < this.#store.length; index += 1) {
      const key = this.#store.key(index);
      if (!key?.startsWith(this.#prefix)) continue;
      const message = parsePending(this.#store.getItem(key));
      if (message) pending.push(message);
    }
    return pending.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** May throw where the browser's storage is full: the caller must then keep the text in the composer. */
  put(message: PendingMessage): void {
    this.#store.setItem(this.#prefix + message.id, toJson(message));
  }

  remove(id: string): void {
    this.#store.removeItem(this.#prefix + id);
  }
}

function parsePending(json: string | null): PendingMessage | null {
  try {
    const entry = JSON.parse(json ?? 'null');
    return typeof entry?.id === 'string' && typeof entry.text === 'string' && typeof entry.createdAt === 'number' ? entry : null;
  } catch {
    return null;
  }
}
