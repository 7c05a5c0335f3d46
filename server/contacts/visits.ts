import type { App } from '../app.ts';
import { lockUnerased, updatePages, updateSeen } from './contact-store.ts';
import { getVisitor } from './visitors.ts';

/** Visits are written together this often, so that a thousand browsers that come back at once cost one write. */
const WRITE_EVERY_MS = 1_000;

interface Visit {
  lastSeenAt: number;
  page: { url: string; title: string } | null;
}

/**
 * Who is here and on which page, for the customer files. What has gathered for a second may be lost with the server:
 * the next visit says it again.
 */
export class Visits {
  readonly #app: App;
  #gathered = new Map<string, Visit>();
  readonly #timer: NodeJS.Timeout;

  constructor(app: App) {
    this.#app = app;
    this.#timer = setInterval(() => void this.#write(), WRITE_EVERY_MS);
  }

  /** `page` is null when the visitor leaves, or has said nothing of where it is. */
  async note(visitorId: string, page: Visit['page']): Promise<void> {
    const { contactId, erasedAt } = await getVisitor(this.#app.storage.db, visitorId);
    if (contactId === null || erasedAt !== null) return;
    this.#gathered.set(contactId, { lastSeenAt: this.#app.now(), page: page ?? this.#gathered.get(contactId)?.page ?? null });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #write(): Promise<void> {
    if (this.#gathered.size === 0) return;
    const visits = [...this.#gathered].map(([id, visit]) => ({ id, ...visit }));
    this.#gathered = new Map();
    try {
      await this.#app.storage.write(async (trx) => {
        const kept = await lockUnerased(
          trx,
          visits.map(({ id }) => id),
        );
        const seen = visits.filter(({ id }) => kept.has(id));
        await updateSeen(
          trx,
          seen.map(({ id, lastSeenAt }) => ({ id, lastSeenAt })),
        );
        await updatePages(
          trx,
          seen.flatMap(({ id, page }) => (page === null ? [] : [{ id, pageUrl: page.url, pageTitle: page.title }])),
        );
      });
    } catch (error) {
      this.#app.log.warn({ err: error }, 'visits could not be noted');
    }
  }
}
