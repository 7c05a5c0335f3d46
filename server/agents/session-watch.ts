/** A sign-in runs out under open sockets, too; what is asked over them is use, as a request is. */
import type { App } from '../app.ts';
import { listSessionsByIds, updateSessionSeen } from './session-store.ts';
import { SEEN_EVERY_MS, SESSION_LIFETIME_MS } from './sessions.ts';

export class SessionWatch {
  readonly #app: App;
  /** Which sessions hold how many sockets open. */
  readonly #open = new Map<string, number>();
  readonly #used = new Set<string>();

  constructor(app: App) {
    this.#app = app;
  }

  enter(sessionId: string): void {
    this.#open.set(sessionId, (this.#open.get(sessionId) ?? 0) + 1);
  }

  use(sessionId: string): void {
    this.#used.add(sessionId);
  }

  leave(sessionId: string): void {
    const left = (this.#open.get(sessionId) ?? 1) - 1;
    if (left > 0) this.#open.set(sessionId, left);
    else this.#open.delete(sessionId);
  }

  /** Ends what has run out, or is known no more, and notes what was used. Called every few seconds. */
  async look(): Promise<void> {
    const ids = [...this.#open.keys()];
    if (ids.length === 0) return;
    const { storage, broadcast } = this.#app;
    const now = this.#app.now();
    const used = new Set(this.#used);
    this.#used.clear();
    const valid = (await listSessionsByIds(storage.db, ids)).filter(({ expiresAt }) => expiresAt > now);
    const stale = valid.filter(({ id, lastSeenAt }) => used.has(id) && lastSeenAt < now - SEEN_EVERY_MS);
    const validIds = new Set(valid.map(({ id }) => id));
    for (const id of ids) if (!validIds.has(id)) broadcast.disconnectCredential(id);
    if (stale.length === 0) return;
    await storage.write(async (trx) => {
      for (const { id } of stale) await updateSessionSeen(trx, id, now, now + SESSION_LIFETIME_MS);
    });
  }
}
