/**
 * Gives chats to agents. It looks at the floor when something has happened that may matter, and when a deadline comes; what it knows
 * is in the rows, so that a restart, or a second server beside it, goes on where it was. Where nothing is set, it does
 * nothing at all.
 */
import type { RoutingSettings } from '../../shared/routing.ts';
import { announceAgent } from '../agents/agents.ts';
import type { App, Standing } from '../app.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { announceDone } from '../conversations/messages.ts';
import { hasJoined } from '../conversations/notices.ts';
import { renewForeignClocks } from '../hours/hours-clocks.ts';
import { tellNotices } from '../notices/agent-notices.ts';
import { BEAT_EVERY_MS, type Reach } from './agent-states.ts';
import { noteDecision } from './decisions.ts';
import { teamRoutingOf } from './floor.ts';
import { isInUse, readFloor, readStaff, type Staff } from './floor-reading.ts';
import { carryOut } from './moves.ts';
import { RoutingNews } from './routing-news.ts';
import { type Move, planFloor } from './routing-plan.ts';
import { readRouting } from './routing-settings.ts';
import { touchAgents } from './routing-store.ts';

/** The clock is compared with the next deadline so often; nothing is read for that. */
const TICK_MS = 500;
/** After a look there is a pause of so many times as long as it took, so that a storm leaves the server to everybody else. */
const REST_TIMES = 4;
const REST_MIN_MS = 20;
const REST_MAX_MS = 400;
/** Nothing of what was decided still held: somebody else is at it. */
const REST_STALE_MS = 250;
/** Conversations in one transaction: on SQLite everybody else waits for it. */
const BATCH = 40;
/** People and settings are read anew after so long even if nobody said that they changed: another server may have changed them. */
const KNOWN_FOR_MS = 5_000;

export class RoutingEngine {
  readonly #room: ConversationRoom;
  readonly #app: App;
  readonly #startedAt: number;
  /** Other servers may work on the same database: nobody says what they do. */
  readonly #isShared: boolean;
  readonly #news: RoutingNews;
  #settings: RoutingSettings | null = null;
  #staff: Staff | null = null;
  #readAt = 0;
  #staffAt = 0;
  #beatAt = 0;
  #nextAt: number | null = null;
  #isWanting = true;
  #isMarked = false;
  #isLooking = false;
  #restsUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(room: ConversationRoom) {
    this.#room = room;
    this.#app = room.app;
    this.#news = new RoutingNews(room.app.broadcast);
    this.#startedAt = room.app.now();
    this.#isShared = room.app.config.databaseUrl !== undefined;
  }

  start(): void {
    const { followers, presence } = this.#app;
    this.#room.queue.offerCalls((row, standing) => this.#offersCall(row.teamId, standing));
    followers.routingChanged = () => this.forget();
    followers.conversationTurning = async (trx, before, after) => {
      if (this.#settings === null || isInUse(this.#settings)) await noteDecision(this.#app, trx, { before, after });
    };
    followers.conversationTurned = (before, after) => {
      this.#tellLoad(before, after);
      this.#turned(after);
    };
    presence.onChange(() => this.wake());
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#ticking.unref();
    this.wake();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#ticking);
    clearTimeout(this.#timer);
  }

  /** What is at hand to judge who is here. */
  async reach(): Promise<Reach> {
    const { graceSeconds } = await this.getSettings();
    return { now: this.#app.now(), startedAt: this.#startedAt, graceMs: graceSeconds * 1_000 };
  }

  async getSettings(): Promise<RoutingSettings> {
    this.#settings ??= await readRouting(this.#app.storage.db);
    return this.#settings;
  }

  /** People or settings are others now. */
  forget(): void {
    this.#settings = null;
    this.#staff = null;
    this.wake();
  }

  wake(): void {
    this.#isMarked = true;
    if (this.#isLooking || this.#isStopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#begin(), Math.max(0, this.#restsUntil - performance.now()));
  }

  async #begin(): Promise<void> {
    this.#timer = undefined;
    this.#isMarked = false;
    this.#isLooking = true;
    const began = performance.now();
    let isStale = false;
    try {
      isStale = await this.#look();
    } catch (error) {
      if (this.#isStopped) return;
      this.#app.log.warn({ err: error }, 'the floor could not be looked at');
      isStale = true;
      this.#isMarked = true;
    }
    const tookMs = performance.now() - began;
    this.#restsUntil = performance.now() + (isStale ? REST_STALE_MS : Math.min(REST_MAX_MS, Math.max(REST_MIN_MS, tookMs * REST_TIMES)));
    this.#isLooking = false;
    if (this.#isMarked) this.wake();
  }

  #tick(): void {
    for (const agentId of this.#app.presence.lapse()) {
      announceAgent(this.#app, agentId).catch((error: unknown) => this.#app.log.error({ err: error }, 'a leave could not be told'));
    }
    const now = this.#app.now();
    const isDue = this.#nextAt !== null && now >= this.#nextAt;
    const isOn = this.#settings !== null && isInUse(this.#settings);
    // What another server did is seen within a second, and that it was switched on there a little later.
    const isToPoll = this.#isShared && (isOn ? now - this.#beatAt >= TICK_MS : Math.abs(now - this.#readAt) >= KNOWN_FOR_MS);
    if (isDue || isToPoll) this.wake();
  }

  #turned(after: Standing & { id: string; joinedIds: string }): void {
    if (this.#settings !== null && !isInUse(this.#settings)) return;
    const { assigneeId } = after;
    const isWaiting = after.status === 'open' && after.waitingSince !== null;
    const isNobodys = assigneeId === null || !hasJoined(after, assigneeId) || this.#app.presence.availabilityOf(assigneeId) === 'offline';
    // Somebody has room again, or less to do; which matters only while somebody waits.
    if ((isWaiting && isNobodys) || this.#isWanting || this.#nextAt !== null) this.wake();
  }

  /** Whoever has answered has less to do, where such a chat counts for less: colleagues see it. */
  #tellLoad(before: Standing, { assigneeId, waitingSince }: Standing): void {
    const isTurn = before.assigneeId === assigneeId && (before.waitingSince === null) !== (waitingSince === null);
    if (assigneeId === null || !isTurn || (this.#settings?.waitingCounts ?? 1) === 1) return;
    announceAgent(this.#app, assigneeId).catch((error: unknown) => this.#app.log.error({ err: error }, 'a load could not be told'));
  }

  /** After a while in the queue, or behind too many. */
  #offersCall(teamId: string | null, { place, waitedMs }: { place: number; waitedMs: number }): boolean {
    if (!this.#settings) return false;
    const { callbackAfterSeconds, callbackBehind } = teamRoutingOf(this.#settings, teamId);
    const hasWaited = callbackAfterSeconds !== null && waitedMs >= callbackAfterSeconds * 1_000;
    return hasWaited || (callbackBehind !== null && place > callbackBehind);
  }

  /** True if nothing of what was decided could be done. */
  async #look(): Promise<boolean> {
    const { storage } = this.#app;
    const now = this.#app.now();
    if (Math.abs(now - this.#readAt) >= KNOWN_FOR_MS) {
      this.#staff = null;
      this.#readAt = now;
      if (this.#isShared) {
        this.#settings = null;
        await renewForeignClocks(this.#app);
      }
    }
    // Who is with another server is known by its beat, which must not look older than it is.
    if (this.#isShared && Math.abs(now - this.#staffAt) >= BEAT_EVERY_MS) this.#staff = null;
    const rules = await this.getSettings();
    const reach = await this.reach();
    this.#app.presence.setGrace(reach.graceMs);
    this.#nextAt = null;
    this.#isWanting = false;
    // Whether a call is told to its owner, or to others, depends on it as well.
    if (this.#isShared) await this.#beat(now);
    if (this.#staff === null) this.#staffAt = now;
    const staff = this.#staff ?? (await readStaff(storage.db));
    this.#staff = staff;
    this.#news.tell(rules, staff.roster);
    if (!isInUse(rules)) return false;
    const floor = await readFloor(this.#app, { rules, staff, reach });
    const plan = planFloor(floor, now);
    this.#isWanting = plan.isWanting;
    this.#nextAt = [plan.nextAt, floor.opensAt, floor.goneAt].reduce(
      (soonest, at) => (at === null || (soonest !== null && soonest <= at) ? soonest : at),
      null,
    );
    let carried = 0;
    for (let at = 0; at < plan.moves.length && !this.#isStopped; at += BATCH)
      carried += await this.#carry(plan.moves.slice(at, at + BATCH), { rules, agents: floor.agents, now: this.#app.now() });
    // What was given back may be the room that somebody else waits for.
    if (plan.moves.length > 0) this.#isMarked = true;
    // What agents got is among what is known of them.
    if (carried > 0) this.#staff = null;
    return plan.moves.length > 0 && carried === 0;
  }

  async #carry(moves: readonly Move[], circumstances: Parameters<typeof carryOut>[2]): Promise<number> {
    const { done, told } = await this.#app.storage.write((trx) => carryOut(trx, moves, circumstances));
    for (const one of done) announceDone(this.#room, one);
    if (done.some(({ conversation }) => conversation.assigneeId === null)) this.#room.queue.refresh();
    tellNotices(this.#app, told);
    return done.length;
  }

  /** Says to the other servers who is with this one. */
  async #beat(now: number): Promise<void> {
    if (Math.abs(now - this.#beatAt) < BEAT_EVERY_MS) return;
    this.#beatAt = now;
    const here = this.#app.presence.hereIds();
    if (here.length > 0) await this.#app.storage.write((trx) => touchAgents(trx, here, { hereAt: now }));
  }
}
