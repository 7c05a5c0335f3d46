import type { VisitorConversation } from '../../shared/conversation.ts';
import type { App } from '../app.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import { listInboxes } from '../settings/inboxes.ts';
import { type ConversationState, listRowsByIds } from './conversation-store.ts';
import { toVisitorConversations } from './conversation-views.ts';
import { expectWait, isNews, measurePace, type Pace, type QueuePlace } from './queue.ts';
import { listAnsweredWaits, listWaitingRows, type WaitingRow } from './queue-store.ts';

/** The queue is read anew at most this often while it moves, and this often while somebody stands in it. */
const MOVE_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 30_000;
/** Told in one go: ten thousand who all move up are told over several. */
const TOLD_AT_ONCE = 1_000;
const ANSWERS_MEASURED = 20;
const ANSWERS_NEWER_THAN_MS = 3 * 24 * 60 * 60 * 1_000;

type Queued = Pick<ConversationState, 'id' | 'status' | 'assigneeId' | 'waitingSince'>;

/** Whether somebody who waits is offered a call instead. Whoever hands conversations out knows. */
type CallOffer = (row: WaitingRow, standing: { place: number; waitedMs: number }) => boolean;

/**
 * Who waits at which place, as of a moment ago. One query for the whole queue whenever it has moved, however many wait, and
 * a word to those alone who would notice.
 */
export class QueueBoard {
  readonly #app: App;
  readonly #onMoved: () => void;
  #places = new Map<string, QueuePlace>();
  #lengths = new Map<string, number>();
  readonly #told = new Map<string, QueuePlace>();
  readonly #paces = new Map<string, { pace: Pace | null; readAt: number; asOf: number }>();
  #timer: NodeJS.Timeout | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #dueAt = Number.POSITIVE_INFINITY;
  #isStopped = false;
  #offersCall: CallOffer = () => false;

  /** `onMoved` hears that lengths or paces may be others now. */
  constructor(app: App, onMoved: () => void) {
    this.#app = app;
    this.#onMoved = onMoved;
    this.#lookIn(0);
  }

  /** From now on calls are offered by this rule. */
  offerCalls(offersCall: CallOffer): void {
    this.#offersCall = offersCall;
  }

  /** Something is another by now, though nobody came or went. */
  refresh(): void {
    this.#lookIn(MOVE_EVERY_MS);
  }

  /** Null for a conversation that waits for nobody, or whose place is not shown. */
  placeOf(row: Queued): VisitorConversation['queue'] {
    return isWaiting(row) ? (this.#places.get(row.id) ?? null) : null;
  }

  /** What a message written now would wait for. */
  async expectedWaitMs(inboxId: string): Promise<number | null> {
    return expectWait(await this.#getPace(inboxId, null), (this.#lengths.get(inboxId) ?? 0) + 1);
  }

  /** Conversations that changed: the queue is looked at if one of them came or went. */
  notice(rows: readonly (Queued & { inboxId: string; teamId: string | null; priority: number; firstResponseAt: number | null })[]): void {
    for (const { inboxId, teamId, firstResponseAt } of rows) {
      for (const key of [inboxId, teamId ?? inboxId]) {
        const held = this.#paces.get(key);
        // A pace that is known is good for a while. One that is not may be from this answer on.
        if (held?.pace === null && firstResponseAt !== null && firstResponseAt >= held.asOf) this.#paces.delete(key);
      }
    }
    if (rows.some((row) => (isWaiting(row) ? whereIn(row) : undefined) !== this.#standing.get(row.id))) this.#lookIn(MOVE_EVERY_MS);
  }

  /** Nothing more is read or told. */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Which queue each stands in, and how far in front. */
  #standing = new Map<string, string>();

  /** The first look after a pause comes at once. */
  #lookIn(ms: number): void {
    if (this.#isStopped) return;
    const dueAt = Math.max(this.#lookedAt + ms, performance.now());
    if (this.#timer && this.#dueAt <= dueAt) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => void this.#look(), dueAt - performance.now());
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    this.#timer = null;
    this.#lookedAt = performance.now();
    try {
      const rows = await listWaitingRows(this.#app.storage.db);
      await this.#lineUp(rows);
      const isMore = await this.#tell(rows);
      this.#onMoved();
      if (rows.length > 0) this.#lookIn(isMore ? MOVE_EVERY_MS : LOOK_EVERY_MS);
    } catch (error) {
      if (this.#isStopped) return;
      this.#app.log.warn({ err: error }, 'the queue could not be read');
      this.#lookIn(LOOK_EVERY_MS);
    }
  }

  /** A queue is a team's, whichever inbox its visitors come from; without a team it is the inbox's. */
  async #lineUp(rows: readonly WaitingRow[]): Promise<void> {
    const inboxes = new Map((await listInboxes(this.#app)).map(({ id, settings }) => [id, settings]));
    const paces = new Map<string, Pace | null>();
    const now = this.#app.now();
    const lengths = new Map<string, number>();
    const queues = new Map<string, number>();
    const places = new Map<string, QueuePlace>();
    for (const row of rows) {
      const { id, inboxId, teamId, waitingSince } = row;
      lengths.set(inboxId, (lengths.get(inboxId) ?? 0) + 1);
      const key = teamId ?? inboxId;
      const place = (queues.get(key) ?? 0) + 1;
      queues.set(key, place);
      const settings = inboxes.get(inboxId);
      if (!settings?.showsQueue) continue;
      if (!paces.has(key)) {
        // Behind a closed door nobody's turn comes at the measured pace.
        const isOpen = (await clockOf(this.#app, { inboxId, teamId })).isOpenAt(now);
        paces.set(key, isOpen ? await this.#getPace(inboxId, teamId) : null);
      }
      const waitedMs = now - waitingSince;
      const expectedWaitMs = expectWait(paces.get(key) ?? null, place, waitedMs);
      const offersCallback = settings.hasCallback && this.#offersCall(row, { place, waitedMs });
      places.set(id, { place, expectedWaitMs, ...(offersCallback && { offersCallback }) });
    }
    this.#standing = new Map(rows.map((row) => [row.id, whereIn(row)]));
    this.#places = places;
    this.#lengths = lengths;
    for (const id of this.#told.keys()) if (!places.has(id)) this.#told.delete(id);
  }

  /** Whether somebody is left to be told. Who is not here learns its place on arrival. */
  async #tell(rows: readonly WaitingRow[]): Promise<boolean> {
    const { storage, broadcast } = this.#app;
    const due = rows.filter((row) => {
      const place = this.#places.get(row.id);
      return place !== undefined && isNews(this.#told.get(row.id), place) && broadcast.isHeard(row);
    });
    const now = due.slice(0, TOLD_AT_ONCE);
    if (now.length > 0) {
      const states = await listRowsByIds(
        storage.db,
        now.map(({ id }) => id),
      );
      const views = await toVisitorConversations(storage.db, states, this);
      for (const state of states) {
        const view = views.get(state.id);
        const place = this.#places.get(state.id);
        if (place) this.#told.set(state.id, place);
        if (view) broadcast.toVisitor(state, null, 'conversation:changed', view);
      }
    }
    return due.length > now.length;
  }

  async #getPace(inboxId: string, teamId: string | null): Promise<Pace | null> {
    const key = teamId ?? inboxId;
    const held = this.#paces.get(key);
    if (held && performance.now() - held.readAt < LOOK_EVERY_MS) return held.pace;
    const asOf = this.#app.now();
    const since = asOf - ANSWERS_NEWER_THAN_MS;
    const of = teamId === null ? { inboxId } : { teamId };
    const pace = measurePace(await listAnsweredWaits(this.#app.storage.db, of, { since, limit: ANSWERS_MEASURED }));
    this.#paces.set(key, { pace, readAt: performance.now(), asOf });
    return pace;
  }
}

function whereIn({ teamId, priority }: { teamId: string | null; priority: number }): string {
  return `${teamId} ${priority}`;
}

function isWaiting({ status, assigneeId, waitingSince }: Queued): boolean {
  return status === 'open' && assigneeId === null && waitingSince !== null;
}
