/**
 * Who is on the site now. In memory: what is lost with the server comes back with the visitors' connections. Agents who watch
 * hear of it at most once a second, in one fact for all that changed.
 */
import type { Page } from '../../shared/contact.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { LIVE_VISITORS_SHOWN, type LiveVisitor, type WatchedVisitors } from '../../shared/live-visitor.ts';
import { describeDevice } from '../../shared/user-agent.ts';
import type { App } from '../app.ts';
import { isInDetail } from '../contacts/masking.ts';
import { currentSettings, listInboxes } from '../settings/inboxes.ts';
import type { Caller } from '../transport/wire.ts';
import { readAcquaintances } from './acquaintances.ts';
import { followPage, foreignReferrer, isFound, shownVisit, soughtWords, stranger, type Visit } from './visit-card.ts';

const TICK_MS = 1_000;
/** Somebody who goes to the next page is away for a moment; a dead line is noticed after 18 s, so all are gone within 30. */
const GONE_AFTER_MS = 8_000;
/** Asked of the database at once, and how many ticks what is shown may be old. */
const ASKED_AT_ONCE = 500;
const ASKED_EVERY = 3;

interface Arrival {
  /** Ends the connection; only for one that does nothing but look. */
  end: (() => void) | null;
  inbox: Inbox;
  visitorId: string;
  page: Page | null;
  locale: string | null;
  userAgent: string;
  country: string | null;
}

interface Watcher {
  caller: Caller;
  q: string;
  channel: string;
  /** Takes the connection out of the channel's room. */
  leave: (room: string) => void;
}

interface Rooms {
  /** Takes the connection into the channel's room, at once. */
  join: (room: string) => void;
}

/** What agents with the same sight who look for the same are told. */
interface Channel {
  sight: Caller;
  sought: readonly string[];
  /** Null until somebody was shown anything. */
  told: Map<string, number> | null;
  total: number;
  found: number;
}

export class OnSite {
  readonly #app: App;
  readonly #visits = new Map<string, Visit>();
  readonly #tabs = new Map<string, { visitorId: string; end: Arrival['end']; inbox: Inbox; arrival: Arrival }>();
  readonly #watchers = new Map<string, Watcher>();
  readonly #channels = new Map<string, Channel>();
  readonly #timer: NodeJS.Timeout;
  #ticks = 0;
  #isTicking = false;

  constructor(app: App) {
    this.#app = app;
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A connection of a visitor is here. It counts once the page is known, and where the inbox shows its visitors. */
  arrive(socketId: string, arrival: Arrival): void {
    this.#tabs.set(socketId, { visitorId: arrival.visitorId, end: arrival.end, inbox: arrival.inbox, arrival });
    if (arrival.page) this.viewed(socketId, arrival.page);
  }

  viewed(socketId: string, page: Page): void {
    const tab = this.#tabs.get(socketId);
    if (!tab || !currentSettings(this.#app, tab.inbox).hasLiveVisitors) return;
    const now = this.#app.now();
    const visit = this.#visits.get(tab.visitorId) ?? newVisit(tab.arrival, page, now);
    this.#visits.set(visit.id, visit);
    visit.leftAt = null;
    visit.locale = tab.arrival.locale ?? visit.locale;
    // Taken out first: the tab that is looked at stands at the end.
    visit.tabs.delete(socketId);
    visit.tabs.set(socketId, page);
    if (followPage(visit, now)) visit.pagesSeen += 1;
  }

  leave(socketId: string): void {
    const tab = this.#tabs.get(socketId);
    this.#tabs.delete(socketId);
    const visit = this.#visits.get(tab?.visitorId ?? '');
    if (!visit?.tabs.delete(socketId)) return;
    if (visit.tabs.size === 0) visit.leftAt = this.#app.now();
    else followPage(visit, this.#app.now());
  }

  /** Erased: gone from every screen with the next word. */
  forget(visitorIds: readonly string[]): void {
    for (const id of visitorIds) this.#visits.delete(id);
    const gone = new Set(visitorIds);
    for (const [socketId, { visitorId }] of this.#tabs) if (gone.has(visitorId)) this.#tabs.delete(socketId);
    void this.#tick();
  }

  find(visitorId: string): Visit | undefined {
    return this.#visits.get(visitorId);
  }

  /** Somebody has spoken with the visitor: who it is and what is open is another now. */
  touch(visitorId: string): void {
    const visit = this.#visits.get(visitorId);
    if (visit) visit.isStale = true;
  }

  /**
   * The newest visitors that fit; from now on the connection hears what changes, unless it has asked for something else, or
   * for nothing, before this was known.
   */
  async watch(socketId: string, caller: Caller, { q, join, leave }: Pick<Watcher, 'q' | 'leave'> & Rooms): Promise<WatchedVisitors> {
    this.unwatch(socketId);
    const key = keyOf(caller, q);
    const watcher = { caller, q, channel: key, leave };
    // A copy: the caller may become somebody who sees more, and the others who share the channel do not.
    const channel = this.#channels.get(key) ?? { sight: { ...caller }, sought: soughtWords(q), told: null, total: 0, found: 0 };
    this.#watchers.set(socketId, watcher);
    this.#channels.set(key, channel);
    await this.#learn();
    const inboxes = await listInboxes(this.#app);
    const isOn = inboxes.some(({ settings }) => settings.hasLiveVisitors);
    if (this.#watchers.get(socketId) === watcher) join(roomOf(key));
    const { visitors, total, found } = this.#look(channel);
    // What goes out with the first reply is what the next word builds on.
    if (channel.told === null) Object.assign(channel, { told: this.#versionsOf(visitors), total, found });
    return { visitors, total, found, now: this.#app.now(), isOn };
  }

  unwatch(socketId: string): void {
    const watcher = this.#watchers.get(socketId);
    if (!watcher) return;
    this.#watchers.delete(socketId);
    watcher.leave(roomOf(watcher.channel));
    if (![...this.#watchers.values()].some(({ channel }) => channel === watcher.channel)) this.#channels.delete(watcher.channel);
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    try {
      this.#dropGone();
      this.#dropSwitchedOff();
      this.#dropBlind();
      if (this.#channels.size === 0) return;
      this.#ticks += 1;
      if (this.#ticks % ASKED_EVERY === 0) for (const visit of this.#newest().slice(0, LIVE_VISITORS_SHOWN)) visit.isStale = true;
      await this.#learn();
      for (const [key, channel] of this.#channels) this.#tell(key, channel);
    } catch (error) {
      this.#app.log.warn({ err: error }, 'who is on the site could not be told');
    } finally {
      this.#isTicking = false;
    }
  }

  #dropGone(): void {
    const before = this.#app.now() - GONE_AFTER_MS;
    for (const [id, { leftAt }] of this.#visits) if (leftAt !== null && leftAt <= before) this.#visits.delete(id);
  }

  /** Who only looks costs a connection, which ends with the switch. */
  #dropSwitchedOff(): void {
    const isOff = new Map<string, boolean>();
    for (const { inbox, end, visitorId } of this.#tabs.values()) {
      if (!isOff.has(inbox.id)) isOff.set(inbox.id, !currentSettings(this.#app, inbox).hasLiveVisitors);
      if (!isOff.get(inbox.id)) continue;
      this.#visits.delete(visitorId);
      end?.();
    }
    for (const [id, { inboxId }] of this.#visits) if (isOff.get(inboxId)) this.#visits.delete(id);
  }

  /** The role of somebody who watches may be another by now. */
  #dropBlind(): void {
    for (const [socketId, { caller, q, channel }] of [...this.#watchers]) {
      if (!caller.permissions.includes('visitors:view') || keyOf(caller, q) !== channel) this.unwatch(socketId);
    }
  }

  async #learn(): Promise<void> {
    const stale = this.#newest().filter(({ isStale }) => isStale);
    const asked = stale.slice(0, ASKED_AT_ONCE);
    if (asked.length === 0) return;
    for (const visit of asked) visit.isStale = false;
    const known = await readAcquaintances(this.#app.storage.db, asked);
    for (const visit of asked) {
      const next = known.get(visit.id) ?? stranger;
      if (JSON.stringify(next) === JSON.stringify(visit.known)) continue;
      visit.known = next;
      visit.version += 1;
    }
  }

  /** A map keeps the order in which they came. */
  #newest(): Visit[] {
    return [...this.#visits.values()].reverse();
  }

  #look({ sight, sought }: Channel): { visitors: LiveVisitor[]; total: number; found: number } {
    const all = this.#newest();
    const visitors: LiveVisitor[] = [];
    let found = 0;
    for (const visit of all) {
      // Of the rest nobody needs more than the number.
      if (sought.length === 0 && found >= LIVE_VISITORS_SHOWN) break;
      if (!isFound(visit, sight, sought)) continue;
      found += 1;
      if (visitors.length < LIVE_VISITORS_SHOWN) visitors.push(shownVisit(visit, sight));
    }
    return { visitors, total: all.length, found: sought.length === 0 ? all.length : found };
  }

  #versionsOf(visitors: readonly LiveVisitor[]): Map<string, number> {
    return new Map(visitors.map(({ id }) => [id, this.#visits.get(id)?.version ?? 0]));
  }

  #tell(key: string, channel: Channel): void {
    const { told } = channel;
    if (told === null) return;
    const { visitors, total, found } = this.#look(channel);
    const now = this.#versionsOf(visitors);
    const changed = visitors.filter(({ id }) => told.get(id) !== now.get(id));
    const ids = [...told.keys()].filter((id) => !now.has(id));
    const isOtherCount = channel.total !== total || channel.found !== found;
    Object.assign(channel, { told: now, total, found });
    const room = [roomOf(key)];
    if (ids.length > 0) this.#app.broadcast.toRooms(room, 'visitor:left', { ids, total, found });
    if (changed.length > 0 || (isOtherCount && ids.length === 0)) {
      this.#app.broadcast.toRooms(room, 'visitor:changed', { visitors: changed, total, found });
    }
  }
}

function newVisit({ inbox, visitorId, locale, userAgent, country }: Arrival, page: Page, now: number): Visit {
  return {
    id: visitorId,
    inboxId: inbox.id,
    tabs: new Map(),
    page: { url: page.url, title: page.title },
    pageSince: now,
    arrivedAt: now,
    pagesSeen: 1,
    referrer: foreignReferrer(page),
    locale,
    device: describeDevice(userAgent),
    country,
    cartValue: page.cartValue ?? null,
    known: stranger,
    isStale: true,
    leftAt: null,
    version: 1,
    words: new Map(),
  };
}

/** Those who see the same and look for the same share what they are told. */
function keyOf({ agentId, permissions, teamIds, mateIds }: Caller, q: string): string {
  const isAll = permissions.includes('conversations:view-all');
  const whose = isAll ? 'all' : [agentId, ...teamIds, ...mateIds, ...permissions].join();
  return `${isInDetail({ permissions }) ? 'whole' : 'masked'} ${whose} ${q}`;
}

function roomOf(key: string): string {
  return `visitors:${key}`;
}
