import type { App, FileShelf } from '../app.ts';
import { eraseContact } from '../contacts/contacts.ts';
import { type OwnWords, ownWordsOf } from '../contacts/own-words.ts';
import type { Transaction } from '../storage/database.ts';
import { MERGE_SHELF } from './files.ts';
import { deleteLikenessesOf } from './likeness-store.ts';
import { forgetMerged } from './merge-history.ts';
import { EMPTY, type MergeRecord, readRecord, writeRecord } from './merge-records.ts';
import { deleteMoves, deleteToldClaims, listFileVisitors, listMergesOf, listShellIds, redirectShells, updateMerge } from './merge-store.ts';

/**
 * The merges of a file themselves. Merging asks them nothing: a file that was merged into another leads on from there. They move
 * when a lead is closed into a person's file and is no more, and go with a person who is erased.
 */
export const mergingShelf = (app: () => App): FileShelf => ({
  name: MERGE_SHELF,
  async move(trx, { from, to }) {
    await redirectShells(trx, from, to);
    for (const { id, intoId, fromId, ...row } of await listMergesOf(trx, [from])) {
      // Undone long ago, what it says of the lead is said of the person by now, and goes when the person is erased.
      if (fromId === from) await updateMerge(trx, id, { fromId: to });
      if (intoId !== from) continue;
      // The person's own file kept its own word in everything, so there is nothing that undoing would have to put back in it.
      const record = row.before === EMPTY ? null : readRecord(row);
      const kept = record && writeRecord({ ...record, union: { ...record.union, into: {}, after: {} } });
      await updateMerge(trx, id, { intoId: to, ...kept });
    }
    await deleteLikenessesOf(trx, from);
    return [];
  },
  async erase(trx, contactId, now) {
    const shells = await listAllShells(trx, contactId);
    for (const id of shells) await eraseContact(trx, id, now);
    const merges = (await listMergesOf(trx, [contactId, ...shells])).map(({ id }) => id);
    for (const id of merges) await updateMerge(trx, id, { before: EMPTY, after: EMPTY });
    await deleteMoves(trx, merges);
    for (const id of [contactId, ...shells]) await deleteLikenessesOf(trx, id);
  },
  async eraseVisitor(trx, { id, contactId }) {
    const visitor = (await listFileVisitors(trx, [contactId])).find((one) => one.id === id);
    const latest = visitor && ownWordsOf(visitor);
    if (latest) await deleteToldClaims(trx, contactId, latest);
    for (const { id: mergeId, ...row } of await listMergesOf(trx, [contactId])) {
      const record = row.before === EMPTY ? null : readRecord(row);
      const words = record?.told[id];
      if (!record || !words) continue;
      await deleteToldClaims(trx, contactId, words);
      await updateMerge(trx, mergeId, writeRecord(withoutWords(record, id, words)));
      await forgetMerged(app(), trx, { ...row, id: mergeId });
    }
  },
});

/** The file that the browser had to itself says nothing any more, should it ever be one again. */
function withoutWords({ union, identities, told, ...record }: MergeRecord, visitorId: string, { email, phone }: OwnWords): MergeRecord {
  const { [visitorId]: _, ...others } = told;
  const isEverybodys = Object.keys(others).length > 0;
  const kept = Object.entries(union.from).filter(([key]) => isEverybodys || !/^(name|company|consent|told:.*)$/s.test(key));
  const joined = identities.joined.filter(({ row }) => row.value !== email && row.value !== phone);
  return { ...record, union: { ...union, from: Object.fromEntries(kept) }, identities: { ...identities, joined }, told: others };
}

/** Those that lead to it, over others as well. */
async function listAllShells(trx: Transaction, contactId: string): Promise<string[]> {
  const own = await listShellIds(trx, contactId);
  const further: string[] = [];
  for (const id of own) further.push(...(await listAllShells(trx, id)));
  return [...own, ...further];
}
