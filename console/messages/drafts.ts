/** What the agent has begun to write, per conversation, kept in the browser until it is sent. */
import { type Signal, signal } from '@preact/signals';
import type { AgentDraft } from '../../shared/agent-draft.ts';
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

/** How a draft stands to the server's: which version it is, and whether the server has yet to hear of it. */
export interface DraftMark {
  version: number;
  isUnsent: boolean;
}

interface DraftsOptions {
  store: KeyValueStore;
  agentId: string;
  now: () => number;
  /** Something that the server should know was written here. Files are not: they stay in this browser. */
  onWritten: (conversationId: string) => void;
}

const emptyDraft: Draft = { text: '', visibility: 'public' };
const unknown: DraftMark = { version: 0, isUnsent: false };

export class Drafts {
  readonly #options: DraftsOptions;
  readonly #prefix: string;
  readonly #drafts = new Map<string, Signal<Draft>>();
  readonly #marks = new Map<string, DraftMark>();

  constructor(options: DraftsOptions) {
    this.#options = options;
    this.#prefix = `kesher:draft:${options.agentId}:`;
  }

  of(conversationId: string): Signal<Draft> {
    const held = this.#drafts.get(conversationId);
    if (held) return held;
    const draft = signal(this.#load(conversationId));
    this.#drafts.set(conversationId, draft);
    return draft;
  }

  mark(conversationId: string): DraftMark {
    this.of(conversationId);
    return this.#marks.get(conversationId) ?? unknown;
  }

  /** Written here. A browser that cannot store keeps the draft in this page only. */
  set(conversationId: string, draft: Draft): void {
    const held = this.of(conversationId);
    const isNews = !isSameWriting(held.value, draft);
    held.value = draft;
    if (isNews) this.#outdo(conversationId, 0);
    this.#keep(conversationId);
    if (isNews) this.#options.onWritten(conversationId);
  }

  /** The server's, which takes the place of what is here. Files stay; so does a note when its text goes: nobody goes on in public unasked. */
  take({ conversationId, text, visibility, seenSeq, version }: AgentDraft): void {
    const held = this.of(conversationId);
    const { files, visibility: kept } = held.value;
    const kind = text === '' ? kept : visibility;
    held.value = { text, visibility: kind, ...(files && { files }), ...(seenSeq !== undefined && { seenSeq }) };
    this.#marks.set(conversationId, { version, isUnsent: false });
    this.#keep(conversationId);
  }

  /** The server's says the same as what is here, which knows more: whom it names, which macro it belongs to. */
  agree({ conversationId, version }: AgentDraft): void {
    this.of(conversationId);
    this.#marks.set(conversationId, { version, isUnsent: false });
    this.#keep(conversationId);
  }

  /** What is here stays, as a later version than the server's. */
  hold(conversationId: string, serverVersion: number): void {
    this.#outdo(conversationId, serverVersion);
    this.#keep(conversationId);
  }

  /** The server has it. */
  acknowledge(conversationId: string): void {
    this.#marks.set(conversationId, { ...this.mark(conversationId), isUnsent: false });
    this.#keep(conversationId);
  }

  /** The customer had the conversation erased: the server has cleared its own, under the version that follows. */
  erase(conversationId: string): void {
    this.#marks.set(conversationId, { version: this.mark(conversationId).version + 1, isUnsent: false });
    this.of(conversationId).value = emptyDraft;
    this.#keep(conversationId);
  }

  /** The conversations of which something is kept here, and be it only the news that it was sent. */
  ids(): string[] {
    const { store } = this.#options;
    const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
    return keys.flatMap((key) => (key?.startsWith(this.#prefix) ? [key.slice(this.#prefix.length)] : []));
  }

  /** Every file that some draft has. */
  files(): PendingFile[] {
    return this.ids().flatMap((id) => this.#read(id).draft.files ?? []);
  }

  /** Another tab wrote this key. */
  reload(key: string): void {
    if (!key.startsWith(this.#prefix)) return;
    const conversationId = key.slice(this.#prefix.length);
    const held = this.#drafts.get(conversationId);
    if (!held) return;
    const loaded = this.#load(conversationId);
    held.value = loaded === emptyDraft ? { ...emptyDraft, visibility: held.value.visibility } : loaded;
  }

  #outdo(conversationId: string, version: number): void {
    const known = Math.max(version, this.mark(conversationId).version);
    this.#marks.set(conversationId, { version: Math.max(this.#options.now(), known + 1), isUnsent: true });
  }

  #keep(conversationId: string): void {
    const { store } = this.#options;
    const draft = this.of(conversationId).value;
    const mark = this.mark(conversationId);
    try {
      if (draft.text === '' && !draft.files?.length && !mark.isUnsent) store.removeItem(this.#prefix + conversationId);
      else store.setItem(this.#prefix + conversationId, JSON.stringify({ ...draft, ...mark }));
    } catch {
      // Full or forbidden storage: the signal above still holds the text.
    }
  }

  #load(conversationId: string): Draft {
    const { draft, mark } = this.#read(conversationId);
    const known = this.#marks.get(conversationId)?.version ?? 0;
    this.#marks.set(conversationId, { ...mark, version: Math.max(mark.version, known) });
    return draft;
  }

  #read(conversationId: string): { draft: Draft; mark: DraftMark } {
    try {
      const stored = JSON.parse(this.#options.store.getItem(this.#prefix + conversationId) ?? '{}');
      const { text, visibility, seenSeq, files, named, isWhisper, macro, version, isUnsent } = stored;
      if (typeof text !== 'string') return { draft: emptyDraft, mark: unknown };
      const draft: Draft = {
        text,
        visibility: visibility === 'internal' ? 'internal' : 'public',
        ...(Array.isArray(files) && files.length > 0 && { files }),
        ...(typeof seenSeq === 'number' && { seenSeq }),
        ...(Array.isArray(named) && named.length > 0 && { named }),
        ...(isWhisper === true && { isWhisper }),
        ...(typeof macro?.id === 'string' && typeof macro.version === 'number' && { macro }),
      };
      // Written before drafts had versions: the server has yet to hear of it.
      if (typeof version !== 'number') return { draft, mark: { version: 1, isUnsent: text !== '' } };
      return { draft, mark: { version, isUnsent: isUnsent === true } };
    } catch {
      return { draft: emptyDraft, mark: unknown };
    }
  }
}

/** As far as the server is concerned. */
export function isSameWriting(
  one: Pick<Draft, 'text' | 'visibility' | 'seenSeq'>,
  other: Pick<Draft, 'text' | 'visibility' | 'seenSeq'>,
): boolean {
  if (one.text === '' || other.text === '') return one.text === other.text;
  return one.text === other.text && one.visibility === other.visibility && one.seenSeq === other.seenSeq;
}
