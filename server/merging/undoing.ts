/**
 * A merge is taken back, at any time: what it moved and still is there goes back, what nobody has changed since says again what it
 * said on both sides, and the rest stays as it was edited. What came since stays, except what a browser said that goes back itself:
 * its words are that person's, and the other one must not read them.
 */
import { AppError } from '../../shared/errors.ts';
import type { Merged } from '../../shared/merging.ts';
import type { App } from '../app.ts';
import { settleConsent } from '../contacts/consents.ts';
import { getContact, recordBesides, type ToldDetails } from '../contacts/contacts.ts';
import { tellContact } from '../contacts/masking.ts';
import { type OwnWords, ownWordsOf } from '../contacts/own-words.ts';
import type { Transaction } from '../storage/database.ts';
import type { ContactMergeRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { listAgreements, listAlong } from './along-store.ts';
import { briefOf } from './file-briefs.ts';
import { withoutUnion } from './file-facts.ts';
import { type LockedFile, lockFiles, movingShelves, rewriteFile, settleFiles, tellMoved } from './files.ts';
import { tellLikenesses } from './likeness-news.ts';
import { settleLikeness } from './likeness-store.ts';
import { forgetMerged, noteParted } from './merge-history.ts';
import { getMerge, type MergeRecord, readRecord, writeRecord } from './merge-records.ts';
import {
  findMerge,
  insertMoves,
  listConversationIdsSince,
  listFileVisitors,
  listMoves,
  listUnitedInto,
  updateMerge,
  updateTold,
} from './merge-store.ts';
import { partIdentities } from './united-identities.ts';

type Moved = Map<string, string[]>;

/** Undone twice, by two agents perhaps, it is undone once. */
export async function undoMerge(app: App, caller: Caller, mergeId: string): Promise<Merged> {
  const { db } = app.storage;
  const moved = await app.storage.write((trx) => undo(app, trx, { caller, mergeId }));
  const { intoId, fromId } = await getMerge(db, mergeId);
  if (moved) {
    tellMoved(app, moved);
    await app.followers.filesMoved([intoId, fromId]);
    for (const id of [intoId, fromId]) tellContact(app, await getContact(db, id));
    tellLikenesses(app);
  }
  return { merge: await getMerge(db, mergeId), contact: await briefOf(db, caller, intoId), other: await briefOf(db, caller, fromId) };
}

async function undo(app: App, trx: Transaction, { caller, mergeId }: { caller: Caller; mergeId: string }): Promise<Moved | null> {
  const asked = await findMerge(trx, mergeId);
  if (!asked) throw new AppError('not-found', 'There is no such merge.');
  const files = await lockFiles(trx, [asked.intoId, asked.fromId]);
  // Locked by its files: only now it stays as it is.
  const row = (await findMerge(trx, mergeId)) as ContactMergeRow;
  if (row.undoneAt !== null) return null;
  const into = files.get(row.intoId);
  if (!into || !files.has(row.fromId)) throw new AppError('conflict', 'The file has gone into another one. Please try again.');
  if (into.row.erasedAt !== null) throw new AppError('conflict', 'This person has been erased.');
  if (into.row.mergedInto !== null) {
    throw new AppError('conflict', 'This file was merged into another one since. Undo that first.', { field: 'mergedInto' });
  }
  return part(app, trx, { caller, row, into });
}

interface Undoing {
  caller: Caller;
  row: ContactMergeRow;
  into: LockedFile;
}

async function part(app: App, trx: Transaction, { caller, row, into }: Undoing): Promise<Moved> {
  const now = app.now();
  const record = readRecord(row);
  const united = await listUnitedInto(trx, row.intoId);
  const later = united.filter(({ at, id }) => at > row.at && id !== row.id).map(({ id, ...of }) => ({ id, ...readRecord(of) }));
  const { moved, hasAgreed } = await moveBack(app, trx, { row, into, record });
  const owed = await partIdentities(trx, {
    ...{ into: row.intoId, from: row.fromId, union: record.identities },
    later: later.map(({ id, identities }) => ({ id, union: identities })),
  });
  for (const { mergeId, id } of owed) await insertMoves(trx, mergeId, new Map([['identity', [id]]]));
  const facts = withoutUnion(
    into.facts,
    record.union,
    later.map(({ union }) => union),
  );
  for (const { id, ...changed } of later) await updateMerge(trx, id, writeRecord(changed));
  await rewriteFile(trx, row.intoId, facts, { updatedAt: now });
  await rewriteFile(trx, row.fromId, record.union.from, { mergedInto: null, mergedAt: null });
  if (hasAgreed) for (const id of [row.intoId, row.fromId]) await settleConsent(trx, id);
  await updateMerge(trx, row.id, { undoneAt: now, undoneBy: caller.agentId });
  await settleFiles(app, trx, [row.intoId, row.fromId]);
  await forgetMerged(app, trx, row);
  await noteParted(app, trx, { contactIds: [row.intoId, row.fromId], caller, at: now });
  await settleOwnWords(trx, { row, record, now, isAlone: united.length === 1 });
  await settleLikeness(trx, [row.fromId, row.intoId], { status: 'refused', decidedBy: caller.agentId, decidedAt: now });
  return moved;
}

async function moveBack(
  app: App,
  trx: Transaction,
  { row, into, record }: { row: ContactMergeRow; into: LockedFile; record: MergeRecord },
): Promise<{ moved: Moved; hasAgreed: boolean }> {
  const back = { from: row.intoId, to: row.fromId };
  const moves = await listMoves(trx, row.id);
  const returning = browsersToReturn(into, record, moves.get('visitor') ?? []);
  const since = await listConversationIdsSince(trx, { contactId: row.intoId, visitorIds: returning, since: row.at });
  const along = await listAlong(trx, row.intoId, new Map([...moves, ['conversation', since]]));
  const wanted = new Map<string, string[]>([...moves, ['visitor', returning]]);
  const consent = await listAgreements(trx, row.intoId, agreedSince(into, returning, row.at));
  for (const [shelf, ids] of Object.entries({ conversation: since, consent, ...along })) {
    wanted.set(shelf, [...new Set([...(wanted.get(shelf) ?? []), ...ids])]);
  }
  const moved: Moved = new Map();
  for (const shelf of movingShelves(app)) {
    const only = wanted.get(shelf.name) ?? [];
    if (only.length > 0) moved.set(shelf.name, await shelf.move(trx, { ...back, only }));
  }
  return { moved, hasAgreed: consent.length > 0 };
}

/** When these browsers have agreed to something since then. */
function agreedSince(into: LockedFile, returning: readonly string[], since: number): number[] {
  const moments = into.visitors.filter(({ id }) => returning.includes(id)).map((visitor) => ownWordsOf(visitor)?.consent?.at ?? 0);
  return [...new Set(moments)].filter((at) => at > since);
}

/** A browser that the site has vouched for since belongs to the kept file by now. */
function browsersToReturn(into: LockedFile, record: MergeRecord, moved: readonly string[]): string[] {
  const here = new Map(into.visitors.map((visitor) => [visitor.id, visitor]));
  return moved.filter((id) => {
    const visitor = here.get(id);
    return visitor !== undefined && (visitor.isVerified === 0 || record.verified.includes(id));
  });
}

interface Parted {
  row: ContactMergeRow;
  record: MergeRecord;
  now: number;
  /** Nothing else is merged into the kept file. */
  isAlone: boolean;
}

/** Whose file is its own again is shown all of it, and what it has said meanwhile is in it. */
async function settleOwnWords(trx: Transaction, { row, record, now, isAlone }: Parted): Promise<void> {
  const visitors = await listFileVisitors(trx, [row.intoId, row.fromId]);
  const returned = visitors.filter(({ contactId }) => contactId === row.fromId);
  for (const visitor of returned) {
    const [words, before] = [ownWordsOf(visitor), record.told[visitor.id]];
    const told = words && before ? toldSince(before, words) : {};
    if (Object.keys(told).length > 0) await recordBesides(trx, row.fromId, told, now);
  }
  const isFromAlone = (await listUnitedInto(trx, row.fromId)).length === 0;
  const free = visitors.filter(({ contactId }) => (contactId === row.fromId ? isFromAlone : isAlone)).map(({ id }) => id);
  await updateTold(trx, free, null);
}

function toldSince(before: OwnWords, { fields, ...words }: OwnWords): ToldDetails {
  const told: ToldDetails = {};
  for (const key of ['name', 'company', 'email', 'phone'] as const) {
    const word = words[key];
    if (word !== null && word !== before[key]) told[key] = word;
  }
  const fresh = Object.entries(fields).filter(([key, value]) => before.fields[key] !== value);
  return { ...told, ...(fresh.length > 0 && { fields: Object.fromEntries(fresh) }) };
}
