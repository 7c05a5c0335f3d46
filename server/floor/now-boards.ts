/**
 * What is happening now, for those who lead. Read anew every second while somebody looks: one query that counts everybody who
 * waits, whoever looks; each sees of it what it may see, and hears only of what is another than before.
 */
import type { ConversationSummary } from '../../shared/conversation.ts';
import { NOW_ROWS_MAX, NOW_TICKETS_MAX, type NowBoard, type NowQuery } from '../../shared/now-board.ts';
import { maySee } from '../access/sight.ts';
import type { App } from '../app.ts';
import { listSummaries } from '../conversations/conversations.ts';
import type { Viewers } from '../conversations/viewers.ts';
import { listInboxes } from '../settings/inboxes.ts';
import { countBroken } from '../sla/sla-breaches.ts';
import { listTickets } from '../tickets/ticket-pages.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { type LateTicketGroup, listLateTicketGroups } from './late-ticket-store.ts';
import { countSubject, listFirstWaits, listSubject, listWaitingGroups, type WaitingGroup } from './now-store.ts';
import { median, tally, total } from './tally.ts';

const TICK_MS = 1_000;
/** After a word that took long nobody is told for so many times as long: the server has other things to do. */
const REST_TIMES = 4;
/** The day's figures are counted at most this often. */
const FIGURES_FOR_MS = 5_000;
/** Nobody's day began longer ago, whatever the time zone. */
const DAY_MAX_MS = 36 * 60 * 60 * 1_000;

interface Watcher {
  caller: Caller;
  since: number;
  tell: (board: NowBoard) => void;
  /** What it was told last, without the clock; null until it has its first board. */
  told: string | null;
}

/** Counted once, whoever looks. */
interface Everybody {
  waiting: WaitingGroup[];
  tickets: LateTicketGroup[];
}

/** What those with the same sight have in common. */
type Shared = Pick<Watcher, 'caller' | 'since'>;

export class NowBoards {
  readonly #app: App;
  readonly #viewers: Viewers;
  readonly #watchers = new Map<string, Watcher>();
  readonly #figures = new Map<string, { countedAt: number; today: Promise<NowBoard['today']> }>();
  readonly #timer: NodeJS.Timeout;
  #isTicking = false;
  #restsUntil = 0;

  constructor(app: App, viewers: Viewers) {
    this.#app = app;
    this.#viewers = viewers;
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#watchers.clear();
  }

  /** The board as it is; from now on `tell` hears it whenever it is another. */
  async watch(socketId: string, { caller, since, tell }: Omit<Watcher, 'told'>): Promise<NowBoard> {
    const watcher: Watcher = { caller, since: Math.max(since, this.#app.now() - DAY_MAX_MS), tell, told: null };
    // Before anything is awaited: a look away, or another watch, that comes meanwhile ends this one.
    this.#watchers.set(socketId, watcher);
    const board = await this.#draw(await this.#countWaiting(), watcher);
    watcher.told = withoutClock(board);
    return board;
  }

  unwatch(socketId: string): void {
    this.#watchers.delete(socketId);
  }

  async #tick(): Promise<void> {
    const began = performance.now();
    if (this.#isTicking || this.#watchers.size === 0 || began < this.#restsUntil) return;
    this.#isTicking = true;
    try {
      const waiting = await this.#countWaiting();
      const boards = new Map<string, Promise<NowBoard>>();
      for (const [socketId, watcher] of [...this.#watchers]) {
        if (!watcher.caller.permissions.includes('reports:view')) {
          this.#watchers.delete(socketId);
          continue;
        }
        if (watcher.told === null) continue;
        const key = keyOf(watcher);
        const drawn = boards.get(key) ?? this.#draw(waiting, watcher);
        boards.set(key, drawn);
        const board = await drawn;
        const said = withoutClock(board);
        if (said === watcher.told || this.#watchers.get(socketId) !== watcher) continue;
        watcher.told = said;
        watcher.tell(board);
      }
      for (const [key, { countedAt }] of this.#figures) if (countedAt < performance.now() - FIGURES_FOR_MS) this.#figures.delete(key);
    } catch (error) {
      this.#app.log.warn({ err: error }, 'the board could not be drawn');
    } finally {
      this.#isTicking = false;
      const now = performance.now();
      this.#restsUntil = now + (now - began) * REST_TIMES;
    }
  }

  async #countWaiting(): Promise<Everybody> {
    const { db } = this.#app.storage;
    const now = this.#app.now();
    const [waiting, tickets] = await Promise.all([listWaitingGroups(db, now), listLateTicketGroups(db, now)]);
    return { waiting, tickets };
  }

  async #draw(everybody: Everybody, shared: Shared): Promise<NowBoard> {
    const { caller } = shared;
    const now = this.#app.now();
    const waiting = everybody.waiting.filter((group) => maySee(caller, group));
    const isAnyLate = waiting.some(({ breached, soon }) => breached + soon > 0);
    const [rows, late, tickets, inboxes, today] = await Promise.all([
      this.#listRows(shared, 'waiting'),
      isAnyLate ? this.#listRows(shared, 'late') : [],
      this.#listTickets(everybody.tickets, caller),
      listInboxes(this.#app),
      this.#countToday(shared),
    ]);
    const byAgent = tally(waiting, ({ assigneeId }) => assigneeId);
    const replying = await this.#replying(caller);
    const agentIds = new Set([...byAgent.keys(), ...replying.keys()]);
    return {
      at: now,
      waiting: {
        count: total(waiting, ({ count }) => count),
        oldestSince: waiting[0]?.oldestSince ?? null,
        unassigned: total(waiting, ({ assigneeId, count }) => (assigneeId === null ? count : 0)),
        breached: total(waiting, ({ breached }) => breached),
        soon: total(waiting, ({ soon }) => soon),
      },
      byInbox: [...tally(waiting, ({ inboxId }) => inboxId)].map(([id, counted]) => ({
        id,
        name: inboxes.find((inbox) => inbox.id === id)?.name ?? '',
        ...counted,
      })),
      byTeam: [...tally(waiting, ({ teamId }) => teamId ?? '')].map(([id, counted]) => ({ id: id || null, ...counted })),
      rows,
      late,
      tickets,
      byAgent: [...agentIds].map((agentId) => ({
        agentId,
        ...(byAgent.get(agentId) ?? { count: 0, oldestSince: null }),
        replyingIn: replying.get(agentId) ?? [],
      })),
      today,
    };
  }

  async #listRows({ caller, since }: Shared, what: 'waiting' | 'late'): Promise<ConversationSummary[]> {
    const subject = { what, since, now: this.#app.now(), sight: caller };
    const first = await listSubject(this.#app.storage.db, subject, { after: null, limit: NOW_ROWS_MAX });
    return listSummaries(
      this.#app,
      caller,
      first.map(({ id }) => id),
    );
  }

  async #listTickets(everybody: readonly LateTicketGroup[], caller: Caller): Promise<NowBoard['tickets']> {
    const groups = caller.permissions.includes('tickets:view') ? everybody.filter((group) => maySee(caller, group)) : [];
    const breached = total(groups, (group) => group.breached);
    const soon = total(groups, (group) => group.soon);
    if (breached + soon === 0) return { breached, soon, rows: [] };
    const { items } = await listTickets(this.#app, caller, { view: 'breaching', limit: NOW_TICKETS_MAX });
    return { breached, soon, rows: items };
  }

  /** Who is writing, in conversations that this agent may see. */
  async #replying(caller: Caller): Promise<Map<string, string[]>> {
    const writing = this.#viewers.replying();
    const seen = new Set(
      (
        await listSummaries(
          this.#app,
          caller,
          writing.map(({ conversationId }) => conversationId),
        )
      ).map(({ id }) => id),
    );
    const byAgent = new Map<string, string[]>();
    for (const { conversationId, agentId } of writing) {
      const held = byAgent.get(agentId) ?? [];
      if (seen.has(conversationId) && !held.includes(conversationId)) byAgent.set(agentId, [...held, conversationId]);
    }
    return byAgent;
  }

  #countToday(shared: Shared): Promise<NowBoard['today']> {
    const key = keyOf(shared);
    const held = this.#figures.get(key);
    if (held && performance.now() - held.countedAt < FIGURES_FOR_MS) return held.today;
    const today = countToday(this.#app, shared);
    this.#figures.set(key, { countedAt: performance.now(), today });
    today.catch(() => this.#figures.delete(key));
    return today;
  }
}

async function countToday(app: App, { caller, since }: Shared): Promise<NowBoard['today']> {
  const { db } = app.storage;
  const subject = { since, now: app.now(), sight: caller };
  const [started, answered, resolved, waits, broken] = await Promise.all([
    countSubject(db, { ...subject, what: 'started' }),
    countSubject(db, { ...subject, what: 'answered' }),
    countSubject(db, { ...subject, what: 'resolved' }),
    listFirstWaits(db, { ...subject, what: 'answered' }),
    countBroken(app, caller, since),
  ]);
  return { started, answered, resolved, medianFirstResponseMs: median(waits), broken };
}

/** The rows behind a number of the board, as they are when they are asked for. */
export async function listNowRows(
  app: App,
  caller: Caller,
  { cursor, limit, ...query }: NowQuery,
): Promise<{ items: ConversationSummary[]; next: string | null }> {
  const now = app.now();
  const since = Math.max(query.since ?? 0, now - DAY_MAX_MS);
  const subject = { ...query, since, now, sight: caller };
  const rows = await listSubject(app.storage.db, subject, { after: parseCursor(cursor), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await listSummaries(
      app,
      caller,
      shown.map(({ id }) => id),
    ),
    next: rows.length > limit && last ? formatCursor(last) : null,
  };
}

function withoutClock({ at: _, ...board }: NowBoard): string {
  return JSON.stringify(board);
}

function keyOf({ caller, since }: Shared): string {
  const { agentId, permissions, teamIds } = caller;
  const tickets = permissions.includes('tickets:view') ? ' tickets' : '';
  return `${since} ${permissions.includes('conversations:view-all') ? 'all' : `${agentId} ${teamIds.join()} ${permissions.length}`}${tickets}`;
}
