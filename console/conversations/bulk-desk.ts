/** Many conversations at once: which are chosen, what is being done to them, and what could not be done. */
import { signal } from '@preact/signals';
import { nanoid } from 'nanoid';
import type { BulkChange, BulkReply, BulkUndoReply } from '../../shared/bulk.ts';
import type { ErrorCode, Reply } from '../../shared/errors.ts';
import { isTemporary } from '../../shared/errors.ts';
import type { Connection, Schedule } from '../connection.ts';
import type { ConversationListState } from './conversation-list-state.ts';
import type { AskedView } from './list-views.ts';

/** Small enough that the bar moves and others are served in between. */
const AT_ONCE = 50;
const AGAIN_MS = 1_500;

export interface BulkRun {
  kind: BulkChange['kind'] | 'undo' | 'choose';
  done: number;
  /** Null while nobody knows how many there are. */
  total: number | null;
}

export interface BulkResult {
  /** What it can be undone by. */
  id: string;
  changed: number;
  /** Why the others were not changed; they stay chosen. */
  refused: ReadonlyMap<string, ErrorCode>;
  isCancelled: boolean;
}

interface BulkDeskOptions {
  connection: Connection;
  list: ConversationListState;
  schedule: Schedule;
  listIds: (view: AskedView, cursor: string | null) => Promise<Reply<{ ids: string[]; next: string | null }>>;
}

export class BulkDesk {
  readonly chosen = signal<ReadonlySet<string>>(new Set());
  readonly refused = signal<ReadonlyMap<string, ErrorCode>>(new Map());
  /** Checkboxes are shown, whether anything is chosen or not. */
  readonly isChoosing = signal(false);
  readonly run = signal<BulkRun | null>(null);
  /** What the agent wants to be done with the chosen ones; the bar does it, or asks first. */
  readonly wished = signal<BulkChange | null>(null);
  readonly #options: BulkDeskOptions;
  /** Where a range begins. */
  #anchor: string | null = null;
  #isCancelled = false;
  #isClosed = false;

  constructor(options: BulkDeskOptions) {
    this.#options = options;
  }

  toggle(id: string): void {
    const next = new Set(this.chosen.value);
    if (!next.delete(id)) next.add(id);
    this.#anchor = id;
    this.choose(next);
  }

  /** From the one that was chosen last to this one, in the order on the screen. */
  chooseTo(id: string, ids: readonly string[]): void {
    const from = this.#anchor === null ? -1 : ids.indexOf(this.#anchor);
    const to = ids.indexOf(id);
    if (from === -1 || to === -1) return this.toggle(id);
    this.choose(new Set([...this.chosen.value, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]));
  }

  choose(ids: Iterable<string>): void {
    this.chosen.value = new Set(ids);
    this.refused.value = new Map();
  }

  clear(): void {
    this.isChoosing.value = false;
    this.#anchor = null;
    this.wished.value = null;
    this.choose([]);
  }

  wish(change: BulkChange | null): void {
    this.wished.value = change;
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  /** The agent has left: nothing more is done in their name, nor told to whoever comes next. */
  close(): void {
    this.#isClosed = true;
    this.cancel();
  }

  /** Everything in the view, known here or not. False if that was cancelled or the server did not answer. */
  async chooseAll(view: AskedView): Promise<boolean> {
    if (this.run.value) return false;
    this.#begin({ kind: 'choose', done: 0, total: null });
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const from = cursor;
      const reply: Reply<{ ids: string[]; next: string | null }> = await this.#options.listIds(view, from);
      if (!reply.ok || this.#isCancelled) {
        this.run.value = null;
        return false;
      }
      for (const id of reply.data.ids) ids.add(id);
      cursor = reply.data.next;
      this.run.value = { kind: 'choose', done: ids.size, total: null };
    } while (cursor !== null);
    this.run.value = null;
    this.choose(ids);
    return true;
  }

  /** Goes on in the background, waits for a lost network, and can be cancelled between two steps. Null while another is under way, or closed meanwhile. */
  async change(change: BulkChange, wanted: Iterable<string>): Promise<BulkResult | null> {
    if (this.run.value) return null;
    const id = nanoid();
    const ids = [...wanted];
    const refused = new Map<string, ErrorCode>();
    let changed = 0;
    this.#begin({ kind: change.kind, done: 0, total: ids.length });
    let at = 0;
    while (at < ids.length && !this.#isCancelled) {
      const conversationIds = ids.slice(at, at + AT_ONCE);
      const reply = (await this.#options.connection.request('conversation:bulk', { id, conversationIds, change })) as Reply<BulkReply>;
      if (!reply.ok && isTemporary(reply.error.code)) {
        await this.#pause();
        continue;
      }
      if (reply.ok) {
        this.#options.list.learnAll(reply.data.conversations);
        for (const one of reply.data.outcomes) if (one.outcome === 'refused') refused.set(one.id, one.code);
        changed += reply.data.outcomes.filter(({ outcome }) => outcome === 'done').length;
      } else for (const one of conversationIds) refused.set(one, reply.error.code);
      at += conversationIds.length;
      this.run.value = { kind: change.kind, done: at, total: ids.length };
    }
    const isCancelled = at < ids.length;
    this.run.value = null;
    if (this.#isClosed) return null;
    // What was chosen, or no more, while it ran stays so.
    const done = new Set(ids.slice(0, at).filter((one) => !refused.has(one)));
    this.chosen.value = new Set([...this.chosen.value].filter((one) => !done.has(one)));
    this.refused.value = refused;
    return { id, changed, refused, isCancelled };
  }

  /** How many are as they were before, and why the others are not. */
  async undo(id: string, total: number): Promise<{ undone: number; refused: ReadonlyMap<string, ErrorCode> } | null> {
    if (this.run.value) return null;
    const refused = new Map<string, ErrorCode>();
    let undone = 0;
    let hasMore = true;
    this.#begin({ kind: 'undo', done: 0, total });
    while (hasMore && !this.#isCancelled) {
      const reply = (await this.#options.connection.request('conversation:bulk-undo', { id })) as Reply<BulkUndoReply>;
      if (!reply.ok && isTemporary(reply.error.code)) {
        await this.#pause();
        continue;
      }
      if (!reply.ok) {
        this.run.value = null;
        return { undone, refused: new Map([...refused, [id, reply.error.code]]) };
      }
      this.#options.list.learnAll(reply.data.conversations);
      for (const one of reply.data.outcomes) if (one.outcome === 'refused') refused.set(one.id, one.code);
      undone += reply.data.outcomes.filter(({ outcome }) => outcome === 'done').length;
      hasMore = reply.data.more;
      this.run.value = { kind: 'undo', done: undone + refused.size, total };
    }
    this.run.value = null;
    return this.#isClosed ? null : { undone, refused };
  }

  #begin(run: BulkRun): void {
    this.#isCancelled = false;
    this.#isClosed = false;
    this.run.value = run;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#options.schedule(AGAIN_MS, resolve));
  }
}
