/** One customer file turns out to be two people: some of what stands in it goes into a new one. */
import { AppError } from '../../shared/errors.ts';
import type { Split, SplitRequest } from '../../shared/merging.ts';
import type { App } from '../app.ts';
import { settleConsent } from '../contacts/consents.ts';
import { getContact, openLead } from '../contacts/contacts.ts';
import { tellContact } from '../contacts/masking.ts';
import type { Transaction } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { listAlong } from './along-store.ts';
import { briefOf } from './file-briefs.ts';
import { keepOwnWords, type LockedFile, lockFiles, movingShelves, requireLive, settleFiles, tellMoved } from './files.ts';
import { tellLikenesses } from './likeness-news.ts';
import { settleLikeness } from './likeness-store.ts';
import { noteSplit } from './merge-history.ts';
import { findContactRow, listVisitorsOnlyIn, moveIdentity, writeName } from './merge-store.ts';

type Moved = Map<string, string[]>;

/** The same split told twice is done once: the new file has the id that the client made. */
export async function splitContact(app: App, caller: Caller, contactId: string, request: SplitRequest): Promise<Split> {
  const { db } = app.storage;
  const moved = await app.storage.write(async (trx) => {
    if (await findContactRow(trx, request.id)) return null;
    const files = await lockFiles(trx, [contactId]);
    return split(app, trx, { caller, file: requireLive(files, contactId, 'id'), request });
  });
  if (moved) {
    tellMoved(app, moved);
    await app.followers.filesMoved([contactId, request.id]);
    for (const id of [contactId, request.id]) tellContact(app, await getContact(db, id));
    tellLikenesses(app);
  }
  return {
    contact: await briefOf(db, caller, request.id),
    other: await briefOf(db, caller, contactId),
    moved: Object.fromEntries([...(moved ?? [])].map(([shelf, ids]) => [shelf, ids.length])),
  };
}

interface Splitting {
  caller: Caller;
  file: LockedFile;
  request: SplitRequest;
}

async function split(app: App, trx: Transaction, { caller, file, request }: Splitting): Promise<Moved> {
  const now = app.now();
  const from = file.row.id;
  const shelves = movingShelves(app);
  const wanted = await wantedIn(trx, file, request);
  const unknown = [...wanted.keys()].find((name) => !shelves.some((shelf) => shelf.name === name));
  if (unknown) throw new AppError('invalid', `items: there is nothing of the kind ${unknown}`, { field: 'items' });
  const identities = file.identities.filter(({ id }) => request.identityIds.includes(id));
  if (identities.length < new Set(request.identityIds).size) {
    throw new AppError('conflict', 'Some of these no longer stand in this file.', { field: 'identityIds' });
  }
  if (identities.length === 0 && [...wanted.values()].every((ids) => ids.length === 0)) {
    throw new AppError('invalid', 'items: choose what goes into the new file', { field: 'items' });
  }
  await keepOwnWords(trx, file);
  const known = { id: request.id, locale: file.row.locale, page: null };
  await openLead(trx, known, now);
  if (request.name !== null) await writeName(trx, request.id, request.name);
  const moved: Moved = new Map();
  for (const shelf of shelves) {
    const only = wanted.get(shelf.name) ?? [];
    if (only.length === 0) continue;
    const ids = await shelf.move(trx, { from, to: request.id, only });
    if (request.items[shelf.name]?.some((id) => !ids.includes(id))) {
      throw new AppError('conflict', 'Some of these no longer stand in this file.', { field: 'items' });
    }
    moved.set(shelf.name, ids);
  }
  for (const { id } of identities) await moveIdentity(trx, id, request.id);
  if (moved.has('consent')) for (const id of [from, request.id]) await settleConsent(trx, id);
  await settleFiles(app, trx, [from, request.id]);
  await noteSplit(app, trx, { contactId: from, otherId: request.id, caller, at: now });
  await settleLikeness(trx, [from, request.id], { status: 'refused', decidedBy: caller.agentId, decidedAt: now });
  return moved;
}

/** What was chosen, with what cannot be parted from it. */
async function wantedIn(trx: Transaction, file: LockedFile, { items, identityIds }: SplitRequest): Promise<Map<string, string[]>> {
  const wanted = new Map(Object.entries(items));
  const conversations = items.conversation ?? [];
  const along = await listAlong(trx, file.row.id, wanted);
  const keepsExternal = file.identities.some(({ kind, id }) => kind === 'external' && !identityIds.includes(id));
  // A browser that the site has vouched for stays with the id that it vouched for.
  const browsers = (await listVisitorsOnlyIn(trx, file.row.id, conversations)).filter(
    ({ isVerified }) => isVerified === 0 || !keepsExternal,
  );
  for (const [shelf, ids] of Object.entries({ visitor: browsers.map(({ id }) => id), ...along })) {
    wanted.set(shelf, [...new Set([...(wanted.get(shelf) ?? []), ...ids])]);
  }
  return wanted;
}
