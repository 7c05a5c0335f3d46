/** Proposals that two files are one person: what visitors claim, and what looks like a duplicate. An agent decides. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import type { Likeness, LikenessQuery, LikenessReason } from '../../shared/merging.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { HIDDEN, isInDetail, maskedPhone, tellContact } from '../contacts/masking.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { ContactLikenessRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { briefOf } from './file-briefs.ts';
import { type Found, findLikenesses } from './likeness-finding.ts';
import { tellLikenesses } from './likeness-news.ts';
import {
  type Due,
  deleteLikeness,
  findLikeness,
  insertLikeness,
  listLikenessesOf,
  listOpenLikenesses,
  listPeople,
  noteDueRows,
  type Place,
  takeDue,
  updateLikeness,
} from './likeness-store.ts';

export async function listLikenesses(
  { storage: { db } }: App,
  caller: Caller,
  { cursor, limit }: LikenessQuery,
): Promise<{ items: Likeness[]; next: string | null }> {
  const rows = await listOpenLikenesses(db, { after: parsePlace(cursor), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items: Likeness[] = [];
  for (const row of shown) items.push(await viewLikeness(db, caller, row));
  return { items, next: rows.length > limit && last ? formatPlace(last) : null };
}

/** What stands open about one file, claims first. */
export async function listOwnLikenesses({ storage: { db } }: App, caller: Caller, contactId: string): Promise<Likeness[]> {
  const contact = await getContact(db, contactId);
  const rows = (await listLikenessesOf(db, contact.id)).filter(({ status }) => status === 'open');
  const items: Likeness[] = [];
  for (const row of rows) items.push(await viewLikeness(db, caller, row));
  return items.sort((a, b) => Number(b.kind === 'claim') - Number(a.kind === 'claim') || b.score - a.score);
}

/** They are not one person, and are never proposed again as one. Whoever says it a second time changes nothing. */
export async function refuseLikeness(app: App, { agentId }: Caller, id: string): Promise<void> {
  const row = await app.storage.write(async (trx) => {
    const found = await findLikeness(trx, id);
    if (!found) throw new AppError('not-found', 'There is no such proposal.');
    if (found.status === 'merged') throw new AppError('conflict', 'These files have been merged.');
    if (found.status === 'open') await updateLikeness(trx, id, { status: 'refused', decidedBy: agentId, decidedAt: app.now() });
    return found;
  });
  if (row.status !== 'open') return;
  tellContact(app, await getContact(app.storage.db, row.contactId));
  tellLikenesses(app);
}

/** The refusal was a mistake: whatever speaks for the two by now is proposed again. */
export async function reopenLikeness(app: App, id: string): Promise<void> {
  const row = await app.storage.write(async (trx) => {
    const found = await findLikeness(trx, id);
    if (!found) throw new AppError('not-found', 'There is no such proposal.');
    if (found.status === 'merged') throw new AppError('conflict', 'These files have been merged.');
    if (found.status === 'open') return found;
    const pair = [found.contactId, found.otherId];
    if ((await listPeople(trx, pair)).length < pair.length) throw new AppError('conflict', 'One of these files is no more.');
    await updateLikeness(trx, id, { status: 'open', decidedBy: null, decidedAt: null });
    await noteDueRows(trx, pair);
    return found;
  });
  if (row.status !== 'refused') return;
  tellContact(app, await getContact(app.storage.db, row.contactId));
  tellLikenesses(app);
}

/** In the transaction in which the search learns what these files say. */
export async function noteDue(trx: Transaction, contactIds: readonly string[]): Promise<void> {
  await noteDueRows(trx, contactIds);
}

/** Looks for files like these. What was decided stays; what nothing speaks for any more goes. */
export async function lookForLikenesses(app: App, due: readonly Due[]): Promise<void> {
  const found = new Map<string, Found[]>();
  for (const { contactId } of due) {
    found.set(contactId, await findLikenesses(app, contactId));
    // Reads of SQLite follow one another without a pause: everybody else has a turn between two files.
    await nextTurn();
  }
  const stored = await app.storage.write(async (trx) => {
    const all: (Stored & { contactId: string })[] = [];
    for (const one of due) {
      const { contactId } = one;
      if (await takeDue(trx, one)) all.push({ contactId, ...(await store(app, trx, contactId, found.get(contactId) ?? [])) });
    }
    return all;
  });
  for (const { contactId, hasNewClaim } of stored) if (hasNewClaim) tellContact(app, await getContact(app.storage.db, contactId));
  if (stored.some(({ isOther }) => isOther)) tellLikenesses(app);
}

interface Stored {
  hasNewClaim: boolean;
  /** Something is proposed now that was not, or no more. */
  isOther: boolean;
}

async function store(app: App, trx: Transaction, contactId: string, found: readonly Found[]): Promise<Stored> {
  // Merged or erased while it was looked for, they are none any more.
  const live = new Set((await listPeople(trx, [contactId, ...found.map(({ id }) => id)])).map(({ id }) => id));
  const held = new Map((await listLikenessesOf(trx, contactId)).map((row) => [partnerOf(row, contactId), row]));
  const stored: Stored = { hasNewClaim: false, isOther: false };
  for (const [partner, row] of held) {
    const isStill = live.has(contactId) && found.some(({ id }) => id === partner);
    if (row.status !== 'open' || isStill) continue;
    await deleteLikeness(trx, row.id);
    stored.isOther = true;
  }
  if (!live.has(contactId)) return stored;
  for (const one of found) {
    const row = held.get(one.id);
    if (!live.has(one.id) || (row && row.status !== 'open')) continue;
    const isClaim = one.kind === 'claim';
    // A claim that the other file makes of this one stays its claim.
    if (row?.kind === 'claim' && !isClaim) continue;
    const [first, second] = isClaim || contactId < one.id ? [contactId, one.id] : [one.id, contactId];
    const values = { kind: one.kind, contactId: first, otherId: second, reasons: JSON.stringify(one.reasons), score: one.score };
    if (row) await updateLikeness(trx, row.id, values);
    else {
      await insertLikeness(trx, { id: nanoid(), ...values, status: 'open', createdAt: app.now(), decidedBy: null, decidedAt: null });
    }
    stored.hasNewClaim ||= isClaim && row?.kind !== 'claim';
    stored.isOther ||= !row;
  }
  return stored;
}

function partnerOf({ contactId, otherId }: ContactLikenessRow, id: string): string {
  return contactId === id ? otherId : contactId;
}

async function viewLikeness(db: Db, caller: Caller, row: ContactLikenessRow): Promise<Likeness> {
  const { id, kind, score, createdAt } = row;
  const reasons: LikenessReason[] = JSON.parse(row.reasons);
  return {
    ...{ id, score, createdAt, kind: kind as Likeness['kind'] },
    contact: await briefOf(db, caller, row.contactId),
    other: await briefOf(db, caller, row.otherId),
    reasons: isInDetail(caller) ? reasons : reasons.map(hideDetail),
  };
}

function hideDetail({ sign, value }: LikenessReason): LikenessReason {
  if (sign === 'phone') return { sign, value: maskedPhone(value) };
  return sign === 'email' || sign === 'external' || sign === 'mailbox' || sign === 'domain' ? { sign, value: HIDDEN } : { sign, value };
}

function formatPlace({ score, createdAt, id }: Place): string {
  return `${score}.${createdAt}.${id}`;
}

function parsePlace(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [, score, createdAt, id] = /^(\d{1,2})\.(\d{1,16})\.([\w-]{21})$/.exec(cursor) ?? [];
  if (id === undefined) throw new AppError('invalid', 'cursor: this is not one of ours', { field: 'cursor' });
  return { score: Number(score), createdAt: Number(createdAt), id };
}
