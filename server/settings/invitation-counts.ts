import { AppError } from '../../shared/errors.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { App } from '../app.ts';
import type { InvitationCountRow } from '../storage/tables.ts';
import { findInboxRow } from './inbox-store.ts';
import { addInvitationCount, listInvitationCounts } from './invitation-store.ts';

/** Counts are written together this often, so that a busy shop costs one write. */
const WRITE_EVERY_MS = 1_000;

/** How often invitations were shown and taken up. What has gathered for a second may be lost with the server. */
export class InvitationCounts {
  readonly #app: App;
  #gathered = new Map<string, InvitationCountRow>();
  readonly #timer: NodeJS.Timeout;

  constructor(app: App) {
    this.#app = app;
    this.#timer = setInterval(() => void this.#write(), WRITE_EVERY_MS);
  }

  /** Only invitations that the inbox has are counted, so that nobody fills the database with names of their own. */
  count(inbox: Inbox, invitationId: string, what: 'shown' | 'accepted'): void {
    if (!inbox.settings.invitations.some(({ id }) => id === invitationId)) throw new AppError('not-found', 'There is no such invitation.');
    const key = `${inbox.id} ${invitationId}`;
    const row = this.#gathered.get(key) ?? { inboxId: inbox.id, invitationId, shown: 0, accepted: 0 };
    row[what] += 1;
    this.#gathered.set(key, row);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #write(): Promise<void> {
    if (this.#gathered.size === 0) return;
    const rows = [...this.#gathered.values()];
    this.#gathered = new Map();
    try {
      await this.#app.storage.write(async (trx) => {
        for (const row of rows) await addInvitationCount(trx, row);
      });
    } catch (error) {
      this.#app.log.warn({ err: error }, 'invitations could not be counted');
    }
  }
}

export async function listCounts(app: App, inboxId: string): Promise<Omit<InvitationCountRow, 'inboxId'>[]> {
  if (!(await findInboxRow(app.storage.db, inboxId))) throw new AppError('not-found', 'There is no such inbox.');
  const rows = await listInvitationCounts(app.storage.db, inboxId);
  return rows.map(({ inboxId: _, ...counts }) => counts);
}
