/** Merges as they are kept: what both files said, what was chosen, and what became of it. */
import { AppError } from '../../shared/errors.ts';
import type { Merge } from '../../shared/merging.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import type { OwnWords } from '../contacts/own-words.ts';
import type { Db } from '../storage/database.ts';
import type { ContactMergeRow } from '../storage/tables.ts';
import type { Facts, Keep, Union } from './file-facts.ts';
import { countMoves, findContactRow, getNamedMerge, listMergeRows, type MergeListRow } from './merge-store.ts';
import type { IdentityUnion } from './united-identities.ts';

/** What is left where a person was erased: that there was a merge. */
export const EMPTY = '{}';
const LISTED_MAX = 100;

export interface MergeRecord {
  union: Union;
  identities: IdentityUnion;
  /** Browsers that a site vouched for at that time. */
  verified: string[];
  /** What the browsers of the other file knew of themselves then, by their ids. */
  told: Record<string, OwnWords>;
}

export function writeRecord({ union, identities, verified, told }: MergeRecord): Pick<ContactMergeRow, 'before' | 'after'> {
  const { into, from, after, keep } = union;
  return { before: JSON.stringify({ into, from, verified, told }), after: JSON.stringify({ facts: after, keep, identities }) };
}

export function readRecord({ before, after }: Pick<ContactMergeRow, 'before' | 'after'>): MergeRecord {
  if (before === EMPTY) throw new AppError('conflict', 'This person has been erased.');
  const stood: Pick<MergeRecord, 'verified' | 'told'> & { into: Facts; from: Facts } = JSON.parse(before);
  const became: { facts: Facts; keep: Keep; identities: IdentityUnion } = JSON.parse(after);
  return {
    union: { into: stood.into, from: stood.from, after: became.facts, keep: became.keep },
    identities: became.identities,
    verified: stood.verified,
    told: stood.told,
  };
}

/** Newest first. What one may not see is `not-found`, and so is a file that is not there. */
export async function listMergesInto({ storage: { db } }: App, contactId: string): Promise<Merge[]> {
  const { id } = await getContact(db, contactId);
  return viewMerges(db, await listMergeRows(db, id, LISTED_MAX));
}

/** The file that this one is in now: itself, unless it was merged. */
export async function findLiveId(db: Db, contactId: string): Promise<string> {
  const row = await findContactRow(db, contactId);
  return row?.mergedInto ? findLiveId(db, row.mergedInto) : contactId;
}

export async function getMerge(db: Db, id: string): Promise<Merge> {
  const [merge] = await viewMerges(db, [await getNamedMerge(db, id)]);
  return merge as Merge;
}

async function viewMerges(db: Db, rows: readonly MergeListRow[]): Promise<Merge[]> {
  const counts = await countMoves(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...{ id: row.id, intoId: row.intoId, fromId: row.fromId, at: row.at, undoneAt: row.undoneAt },
    name: row.before === EMPTY ? null : (readRecord(row).union.from.name ?? null),
    by: personOf(row.agentId, row.byName),
    undoneBy: personOf(row.undoneBy, row.undoneByName),
    moved: Object.fromEntries(counts.filter(({ mergeId }) => mergeId === row.id).map(({ shelf, count }) => [shelf, count])),
    canUndo: row.undoneAt === null && row.before !== EMPTY,
  }));
}

function personOf(id: string | null, name: string | null): Merge['by'] {
  return id === null ? null : { id, name: name ?? '' };
}
