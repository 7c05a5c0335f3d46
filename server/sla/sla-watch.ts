/** Keeps the clocks of promises while the server runs: after each change, when a moment comes, and anew when rules or hours change. */
import type { App } from '../app.ts';
import type { ConversationChanges } from '../conversations/conversation-changes.ts';
import type { ConversationRow } from '../storage/tables.ts';
import { looksAtCustomer } from './promised-clocks.ts';
import { seenOf, settle } from './settling.ts';
import { hasRunningClocks, listDueClocks, listOutlived, listUnended, listUnendedOfContact } from './sla-clock-store.ts';
import { listPolicies } from './sla-policy-store.ts';

const TICK_MS = 1_000;
const BATCH = 100;
/** Of the time at most a third is spent on reckoning anew, so that nobody's message waits for it. */
const REST_SHARE = 2;
/** So often what another server, or a crash, has left is looked for, and that far back. */
const CATCH_UP_MS = 60_000;
const CATCH_UP_SINCE_MS = 5 * CATCH_UP_MS;
/** Another server may have made a policy meanwhile. */
const POLICIES_GOOD_MS = 2_000;

type Changed = ConversationRow & { slaSeen: string | null };

export class SlaWatch {
  readonly #app: App;
  readonly #changes: ConversationChanges;
  readonly #timer: NodeJS.Timeout;
  #promises: { hasAny: boolean; looksAtCustomer: boolean; readAt: number } | null = null;
  #isTicking = false;
  #isSweeping = false;
  #mustSweep = false;
  #isStopped = false;
  #caughtUpAt = performance.now();

  constructor(app: App, changes: ConversationChanges) {
    this.#app = app;
    this.#changes = changes;
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
    this.#timer.unref();
    this.reckonAnew();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  /** Of these conversations, before they are told of: true if their clocks are others now. */
  async follow(rows: readonly Changed[]): Promise<boolean> {
    if (!(await this.#hasPromises())) return false;
    const news = rows.filter(isNews).map(({ id }) => id);
    try {
      return (await settle(this.#app, news)).length > 0;
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'clocks of promises could not be set yet');
      return false;
    }
  }

  /** Rules or hours have changed, or the server has started: everything that has not ended is looked at again. */
  reckonAnew(): void {
    this.#mustSweep = true;
    if (!this.#isSweeping && !this.#isStopped) void this.#sweep();
  }

  policiesChanged(): void {
    this.#promises = null;
    this.reckonAnew();
  }

  contactChanged(contactId: string): void {
    this.#followContact(contactId).catch((error: unknown) => {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'clocks of a customer could not be set');
    });
  }

  async #followContact(contactId: string): Promise<void> {
    if (!(await this.#hasPromises()) || !this.#promises?.looksAtCustomer) return;
    this.#tell(await settle(this.#app, await listUnendedOfContact(this.#app.storage.db, contactId, BATCH)));
  }

  /** Without any policy nothing is kept, and nothing costs anything. */
  async #hasPromises(): Promise<boolean> {
    const held = this.#promises;
    if (held && performance.now() - held.readAt < POLICIES_GOOD_MS) return held.hasAny;
    try {
      const policies = await listPolicies(this.#app.storage.db);
      const promises = { hasAny: policies.length > 0, looksAtCustomer: policies.some(looksAtCustomer), readAt: performance.now() };
      this.#promises = promises;
      // Another server has made the first policy: what came here meanwhile was not followed.
      if (held && !held.hasAny && promises.hasAny) this.reckonAnew();
      return promises.hasAny;
    } catch {
      return held?.hasAny ?? false;
    }
  }

  async #tick(): Promise<void> {
    if (this.#isTicking || this.#isStopped) return;
    this.#isTicking = true;
    try {
      if (!(await this.#hasPromises())) return;
      let due: string[];
      do {
        due = await listDueClocks(this.#app.storage.db, this.#app.now(), BATCH);
        this.#tell(await settle(this.#app, due));
      } while (due.length === BATCH && !this.#isStopped);
      if (performance.now() - this.#caughtUpAt < CATCH_UP_MS) return;
      this.#caughtUpAt = performance.now();
      await this.#walk(this.#app.now() - CATCH_UP_SINCE_MS, isNews);
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'due promises could not be looked at');
    } finally {
      this.#isTicking = false;
    }
  }

  async #sweep(): Promise<void> {
    this.#isSweeping = true;
    try {
      while (this.#mustSweep && !this.#isStopped) {
        this.#mustSweep = false;
        if (!(await this.#hasPromises()) && !(await hasRunningClocks(this.#app.storage.db))) continue;
        await this.#walk(0, () => true);
      }
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'clocks of promises could not be reckoned anew');
      setTimeout(() => this.reckonAnew(), CATCH_UP_MS / 12).unref();
    } finally {
      this.#isSweeping = false;
    }
  }

  /** Whatever changes while this goes back through time is followed by itself. */
  async #walk(since: number, isWanted: (row: Pick<Changed, keyof Parameters<typeof seenOf>[0] | 'slaSeen'>) => boolean): Promise<void> {
    const { db } = this.#app.storage;
    let before: { at: number; id: string } | null = null;
    while (!this.#isStopped) {
      const rows = await listUnended(db, { before, since, limit: BATCH });
      const last = rows.at(-1);
      if (!last) break;
      before = { at: last.updatedAt, id: last.id };
      // Without policies there may still be clocks, of those that were taken away.
      const hasPolicies = await this.#hasPromises();
      await this.#settleGently(rows.filter((row) => (hasPolicies || row.slaSeen !== null) && isWanted(row)).map(({ id }) => id));
    }
    let outlived: string[];
    do {
      outlived = await listOutlived(db, BATCH);
      await this.#settleGently(outlived);
    } while (outlived.length === BATCH && !this.#isStopped);
  }

  async #settleGently(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const startedAt = performance.now();
    this.#tell(await settle(this.#app, ids));
    const tookMs = performance.now() - startedAt;
    await new Promise((resolve) => {
      setTimeout(resolve, tookMs * REST_SHARE).unref();
    });
  }

  #tell(ids: readonly string[]): void {
    for (const id of ids) this.#changes.mark(id, { isForVisitor: false });
  }
}

/** Something that clocks depend on is another than they know. Of what ended before there were any, nothing is kept. */
function isNews(row: Parameters<typeof seenOf>[0] & { slaSeen: string | null }): boolean {
  return row.slaSeen === null ? row.status !== 'resolved' : row.slaSeen !== seenOf(row);
}
