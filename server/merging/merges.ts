/**
 * Two customer files of one person become one. The other stays as an empty shell that leads to the kept one, so links to it hold,
 * and everything that a merge did is written down, so that it can be taken back at any time (undoing.ts).
 */
import { AppError } from '../../shared/errors.ts';
import type { Merged, MergeRequest } from '../../shared/merging.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { tellContact } from '../contacts/masking.ts';
import type { Transaction } from '../storage/database.ts';
import type { ContactMergeRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { requireMayChoose } from './chosen-fields.ts';
import { briefOf } from './file-briefs.ts';
import { type Keep, unite } from './file-facts.ts';
import { keepOwnWords, type LockedFile, lockFiles, movingShelves, requireLive, rewriteFile, settleFiles, tellMoved } from './files.ts';
import { tellLikenesses } from './likeness-news.ts';
import { handLikenessesOn, settleLikeness } from './likeness-store.ts';
import { noteMerged } from './merge-history.ts';
import { getMerge, writeRecord } from './merge-records.ts';
import { findMerge, insertMerge, insertMoves, listUnitedInto } from './merge-store.ts';
import { uniteIdentities } from './united-identities.ts';

type Moved = Map<string, string[]>;

/** The same merge told twice is done once. */
export async function mergeContacts(app: App, caller: Caller, intoId: string, request: MergeRequest): Promise<Merged> {
  const { otherId } = request;
  if (otherId === intoId) throw new AppError('invalid', 'otherId: a file cannot be merged with itself', { field: 'otherId' });
  const moved = await app.storage.write(async (trx) => {
    const known = await findMerge(trx, request.id);
    if (known) {
      if (known.intoId === intoId && known.fromId === otherId) return null;
      throw new AppError('conflict', 'Another merge has this id.', { field: 'id' });
    }
    const files = await lockFiles(trx, [intoId, otherId]);
    const into = requireLive(files, intoId, 'id');
    const from = requireLive(files, otherId, 'otherId');
    await requireMayChoose(trx, caller, request.keep);
    return merge(app, trx, { caller, into, from, request });
  });
  if (moved) {
    tellMoved(app, moved);
    await app.followers.filesMoved([intoId, otherId]);
    tellContact(app, await getContact(app.storage.db, intoId));
    tellLikenesses(app);
  }
  const { db } = app.storage;
  return { merge: await getMerge(db, request.id), contact: await briefOf(db, caller, intoId), other: null };
}

interface Merging {
  caller: Caller;
  into: LockedFile;
  from: LockedFile;
  request: MergeRequest;
}

async function merge(app: App, trx: Transaction, { caller, into, from, request }: Merging): Promise<Moved> {
  const now = app.now();
  const ids = { from: from.row.id, to: into.row.id };
  const earlier = await listUnitedInto(trx, ids.to);
  const union = unite(into.facts, from.facts, withLatestPage(request.keep, into, from));
  await keepOwnWords(trx, into);
  const told = await keepOwnWords(trx, from);
  const moved: Moved = new Map();
  for (const shelf of movingShelves(app)) moved.set(shelf.name, await shelf.move(trx, ids));
  const { moved: identityIds, ...identities } = await uniteIdentities(trx, { from: ids.from, into: ids.to });
  await rewriteFile(trx, ids.from, {}, { mergedInto: ids.to, mergedAt: now });
  await rewriteFile(trx, ids.to, union.after, { updatedAt: now });
  const verified = [...into.visitors, ...from.visitors].filter(({ isVerified }) => isVerified === 1).map(({ id }) => id);
  const row: ContactMergeRow = {
    ...{ id: request.id, intoId: ids.to, fromId: ids.from, agentId: caller.agentId },
    ...writeRecord({ union, identities, verified, told }),
    // Later ones are told from earlier ones by their moments.
    at: Math.max(now, (earlier.at(-1)?.at ?? 0) + 1),
    undoneAt: null,
    undoneBy: null,
  };
  await insertMerge(trx, row);
  await noteMerged(app, trx, { row, caller, union, moved: from.identities.filter(({ id }) => identityIds.includes(id)) });
  await settleFiles(app, trx, [ids.to, ids.from]);
  await insertMoves(trx, request.id, new Map([...moved, ['identity', identityIds]]));
  await settleLikeness(trx, [ids.from, ids.to], { status: 'merged', decidedBy: caller.agentId, decidedAt: now });
  await handLikenessesOn(trx, ids.from, ids.to);
  return moved;
}

/** The page on which the person was last seen, whichever file says so. */
function withLatestPage(keep: Keep, into: LockedFile, from: LockedFile): Keep {
  const isLater = from.facts.page !== undefined && from.row.lastSeenAt > into.row.lastSeenAt;
  return isLater ? { ...keep, page: 'other' } : keep;
}
