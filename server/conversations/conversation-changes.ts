import { type Place, roomsOfPlace } from '../access/sight.ts';
import { announceAgent } from '../agents/agents.ts';
import type { App, Standing } from '../app.ts';
import { type ConversationListRow, type ConversationState, listRowsByIds } from './conversation-store.ts';
import { toSummary, toVisitorConversations } from './conversation-views.ts';
import type { QueueBoard } from './queue-board.ts';
import type { Viewers } from './viewers.ts';

/** A conversation that changes all the time is told of at most this often; the first change is told at once. */
const QUIET_MS = 500;
/** The more conversations change, the seldomer each is told of: nobody reads a list in which more rows a second change. */
const FACTS_PER_SECOND = 200;

/**
 * Tells agents (and visitors, where it concerns them) that a conversation changed, with its state at the time of
 * telling. Many changes of one conversation become one fact, and all conversations of a moment one query. Whoever
 * has a conversation open hears each message by itself; this is what lists show.
 */
export class ConversationChanges {
  readonly #app: App;
  readonly #queue: QueueBoard;
  readonly #viewers: Viewers;
  /** Whether the visitor is to be told, too. */
  #marked = new Map<string, boolean>();
  readonly #quietUntil = new Map<string, number>();
  /** Whose load each unresolved conversation was last told to be part of. */
  readonly #owners = new Map<string, string>();
  #isScheduled = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(app: App, queue: QueueBoard, viewers: Viewers) {
    this.#app = app;
    this.#queue = queue;
    this.#viewers = viewers;
  }

  /** It has gone to another agent or team: whoever may not see it any more is told at once, and looks at it no longer. */
  moved(conversationId: string, before: Place, after: Place): void {
    if (before.assigneeId === after.assigneeId && before.teamId === after.teamId) return;
    const agentId = after.assigneeId;
    if (agentId !== null && agentId !== before.assigneeId) this.#app.followers.assigned({ conversationId, agentId });
    const blind = this.#app.broadcast.takeAway(conversationId, { before: roomsOfPlace(before), after: roomsOfPlace(after) });
    for (const socketId of blind) this.#viewers.leave(conversationId, socketId);
    if (blind.length > 0) this.#app.broadcast.toViewers(conversationId, null, 'viewers:changed', this.#viewers.of(conversationId));
  }

  /** Somebody waits who did not, or no more, or for somebody else. What a message leaves as it was is told to nobody. */
  turned(before: Standing, after: ConversationState): void {
    const isSame =
      before.status === after.status &&
      before.assigneeId === after.assigneeId &&
      before.teamId === after.teamId &&
      before.waitingSince === after.waitingSince;
    if (!isSame) this.#app.followers.conversationTurned(before, after);
  }

  mark(conversationId: string, { isForVisitor }: { isForVisitor: boolean }): void {
    this.#marked.set(conversationId, isForVisitor || this.#marked.get(conversationId) === true);
    if (this.#isScheduled || this.#isStopped) return;
    this.#isScheduled = true;
    setImmediate(() => void this.#tell());
  }

  /** Nothing more is told: whoever comes back reads it anew. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #tell(): Promise<void> {
    if (this.#isStopped) return;
    const now = performance.now();
    const quietMs = Math.max(QUIET_MS, (this.#quietUntil.size * 1_000) / FACTS_PER_SECOND);
    const due = new Map<string, boolean>();
    for (const [id, isForVisitor] of this.#marked) {
      if ((this.#quietUntil.get(id) ?? 0) > now) continue;
      due.set(id, isForVisitor);
      this.#marked.delete(id);
      this.#quietUntil.set(id, now + quietMs);
    }
    try {
      if (due.size > 0) await this.#broadcast(due);
    } catch (error) {
      this.#app.log.error({ err: error }, 'a change could not be told yet');
      for (const [id, isForVisitor] of due) this.#marked.set(id, isForVisitor || this.#marked.get(id) === true);
    }
    this.#rest(now);
  }

  /** Comes back when the next marked conversation may be told of, and forgets those that have been quiet long enough. */
  #rest(now: number): void {
    for (const [id, until] of this.#quietUntil) if (until <= now && !this.#marked.has(id)) this.#quietUntil.delete(id);
    this.#isScheduled = this.#marked.size > 0 && !this.#isStopped;
    if (this.#isScheduled) this.#timer = setTimeout(() => void this.#tell(), QUIET_MS / 5);
  }

  async #broadcast(due: ReadonlyMap<string, boolean>): Promise<void> {
    const { storage, broadcast, followers } = this.#app;
    let rows = await listRowsByIds(storage.db, [...due.keys()]);
    if (await followers.conversationsChanged(rows)) rows = await listRowsByIds(storage.db, [...due.keys()]);
    this.#queue.notice(rows);
    const views = await toVisitorConversations(
      storage.db,
      rows.filter((row) => due.get(row.id)),
      this.#queue,
    );
    for (const row of rows) {
      broadcast.toRooms(roomsOfPlace(row), 'conversation:changed', toSummary(row));
      const view = views.get(row.id);
      if (view) broadcast.toVisitor(row, null, 'conversation:changed', view);
    }
    for (const agentId of this.#noticeOwners(rows)) await announceAgent(this.#app, agentId);
  }

  /** The agents who got a conversation or lost one since it was last told of: colleagues see their load. */
  #noticeOwners(rows: readonly ConversationListRow[]): Set<string> {
    const concerned = new Set<string>();
    for (const { id, assigneeId, status } of rows) {
      const before = this.#owners.get(id) ?? null;
      const owner = status === 'open' ? assigneeId : null;
      if (owner === null) this.#owners.delete(id);
      else this.#owners.set(id, owner);
      // One that was resolved before this server started is not known here: its assignee is told of once too often.
      for (const agentId of [before, assigneeId]) if (agentId !== null && before !== owner) concerned.add(agentId);
    }
    return concerned;
  }
}
