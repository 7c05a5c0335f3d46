/**
 * People whose words are refused. What they wrote stays and can be read, by them as well; nothing new comes in, from none of the
 * browsers that are theirs. Few are blocked and everybody's messages are asked about, so who is blocked is known by heart.
 */
import { type BlockedContact, type BlockLength, blockLengths } from '../../shared/block.ts';
import type { Contact } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { ContactRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { listBlockedRows, listBlockedVisitors, listVisitorIdsOf, updateBlock } from './block-store.ts';
import { lockContact, lockContacts } from './contact-store.ts';
import { getContact } from './contacts.ts';
import { shownTo, tellContact } from './masking.ts';

/** What a blocked visitor may still ask: to read what is there, and for its own data. */
const stillAnswered: ReadonlySet<string> = new Set(['message:list', 'conversation:list', 'conversation:read', 'data:export', 'data:erase']);

interface Somebody {
  id: string;
  contactId: string | null;
}

export async function openBlocks(app: App): Promise<Blocks> {
  const blocks = new Blocks(app);
  await blocks.read();
  return blocks;
}

export class Blocks {
  readonly #app: App;
  /** Of contacts and of their visitors, by id: until when; null for good. */
  #until = new Map<string, number | null>();

  constructor(app: App) {
    this.#app = app;
  }

  async read(): Promise<void> {
    const rows = await listBlockedVisitors(this.#app.storage.db, this.#app.now());
    this.#until = new Map(
      rows.flatMap(({ contactId, visitorId, until }) =>
        [contactId, visitorId].flatMap((id) => (id === null ? [] : [[id, until] as const])),
      ),
    );
  }

  isBlocked({ id, contactId }: Somebody): boolean {
    return this.#isOne(id) || (contactId !== null && this.#isOne(contactId));
  }

  /** Throws where a blocked visitor asks for more than to read. It is told no more than a stranger would need to know. */
  requireWelcome(event: string, visitor: Somebody): void {
    if (this.#until.size === 0 || stillAnswered.has(event) || !this.isBlocked(visitor)) return;
    throw new AppError('forbidden', 'This chat takes no messages at the moment.');
  }

  async block(caller: Caller, contactId: string, lasts: BlockLength): Promise<Contact> {
    const now = this.#app.now();
    const length = blockLengths[lasts];
    const until = length === null ? null : now + length;
    return this.#change(caller, contactId, { blockedAt: now, blockedUntil: until, blockedBy: caller.agentId });
  }

  async unblock(caller: Caller, contactId: string): Promise<Contact> {
    return this.#change(caller, contactId, { blockedAt: null, blockedUntil: null, blockedBy: null });
  }

  /** Files were merged, or a lead closed: known by heart is what they say by now. After the commit. */
  async follow(contactIds: readonly string[]): Promise<void> {
    const found = await this.#app.storage.write(async (trx) => {
      const rows = await lockContacts(trx, contactIds);
      return Promise.all(rows.map(async (block) => ({ block, visitorIds: await listVisitorIdsOf(trx, block.id) })));
    });
    for (const id of contactIds) this.#until.delete(id);
    for (const { block, visitorIds } of found) this.#learn([block.id, ...visitorIds], block);
  }

  async list(
    caller: Caller,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: BlockedContact[]; next: string | null }> {
    const { db } = this.#app.storage;
    const rows = await listBlockedRows(db, { now: this.#app.now(), before: parseCursor(query.cursor), limit: query.limit + 1 });
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const contacts = await Promise.all(shown.map(({ id }) => getContact(db, id)));
    return {
      items: contacts.map((contact, at) => ({ contact: shownTo(caller, contact), by: shown[at]?.by ?? null })),
      next: rows.length > query.limit && last ? formatCursor({ at: last.blockedAt, id: last.id }) : null,
    };
  }

  async #change(caller: Caller, contactId: string, block: Parameters<typeof updateBlock>[2]): Promise<Contact> {
    const { storage } = this.#app;
    const visitorIds = await storage.write(async (trx) => {
      await lockContact(trx, contactId);
      await updateBlock(trx, contactId, block);
      return listVisitorIdsOf(trx, contactId);
    });
    this.#learn([contactId, ...visitorIds], block);
    const contact = await getContact(storage.db, contactId);
    tellContact(this.#app, contact);
    return shownTo(caller, contact);
  }

  #learn(ids: readonly string[], { blockedAt, blockedUntil }: Pick<ContactRow, 'blockedAt' | 'blockedUntil'>): void {
    for (const id of ids) {
      if (blockedAt === null) this.#until.delete(id);
      else this.#until.set(id, blockedUntil);
    }
  }

  #isOne(id: string): boolean {
    const until = this.#until.get(id);
    if (until === undefined) return false;
    if (until === null || until > this.#app.now()) return true;
    this.#until.delete(id);
    return false;
  }
}
