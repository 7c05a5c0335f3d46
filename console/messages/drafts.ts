/** What the agent has begun to write, per conversation, kept in the browser until it is sent. */
import { type Signal, signal } from '@preact/signals';
import type { PendingFile } from '../../shared/attachment.ts';
import type { Visibility } from '../../shared/message.ts';
import type { KeyValueStore } from '../../shared/outbox.ts';
import type { Mentionable } from './mention-text.ts';

export interface Draft {
  text: string;
  visibility: Visibility;
  /** Chosen and not sent; their content lies on the shelf of uploads. */
  files?: readonly PendingFile[];
  /** The last message that was in sight when the first character was typed: what the agent did not know of came after it. */
  seenSeq?: number;
  /** Who was chosen after an @; only those whose names still stand in a note are mentioned. */
  named?: readonly Mentionable[];
  /** A note to whoever has the conversation. */
  isWhisper?: boolean;
  /** The macro whose reply this is: the rest of it is done when this is sent. */
  macro?: { id: string; version: number };
}

const emptyDraft: Draft = { text: '', visibility: 'public' };

export class Drafts {
  readonly #store: KeyValueStore;
  readonly #prefix: string;
  readonly #drafts = new Map<string, Signal<Draft>>();

  constructor(store: KeyValueStore, agentId: string) {
    this.#store = store;
    this.#prefix = `kesher:draft:${agentId}:`;
  }

  of(conversationId: string): Signal<Draft> {
    const held = this.#drafts.get(conversationId);
    if (held) return held;
    const draft = signal(this.#load(conversationId));
    this.#drafts.set(conversationId, draft);
    return draft;
  }

  /** A browser that cannot store keeps the draft in this page only. */
  set(conversationId: string, draft: Draft): void {
    this.of(conversationId).value = draft;
    try {
      if (draft.text === '' && !draft.files?.length) this.#store.removeItem(this.#prefix + conversationId);
      else this.#store.setItem(this.#prefix + conversationId, JSON.stringify(draft));
    } catch {
      // Full or forbidden storage: the signal above still holds the text.
    }
  }

  /** Every file that some draft has. */
  files(): PendingFile[] {
    const files: PendingFile[] = [];
    for (let index = 0; index < this.#store.length; index += 1) {
      const key = this.#store.key(index);
      if (key?.startsWith(this.#prefix)) files.push(...(this.#load(key.slice(this.#prefix.length)).files ?? []));
    }
    return files;
  }

  /** Another tab wrote this key. */
  reload(key: string): void {
    if (!key.startsWith(this.#prefix)) return;
    const conversationId = key.slice(this.#prefix.length);
    const held = this.#drafts.get(conversationId);
    if (held) held.value = this.#load(conversationId);
  }

  #load(conversationId: string): Draft {
    try {
      const stored = JSON.parse(this.#store.getItem(this.#prefix + conversationId) ?? '{}');
      const { text, visibility, seenSeq, files, named, isWhisper, macro } = stored;
      if (typeof text !== 'string') return emptyDraft;
      return {
        text,
        visibility: visibility === 'internal' ? 'internal' : 'public',
        ...(Array.isArray(files) && files.length > 0 && { files }),
        ...(typeof seenSeq === 'number' && { seenSeq }),
        ...(Array.isArray(named) && named.length > 0 && { named }),
        ...(isWhisper === true && { isWhisper }),
        ...(typeof macro?.id === 'string' && typeof macro.version === 'number' && { macro }),
      };
    } catch {
      return emptyDraft;
    }
  }
}
