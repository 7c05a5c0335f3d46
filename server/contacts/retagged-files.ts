/** A tag gets another name, or goes: customer files follow, some at a time. It is no change of theirs, and stands in no timeline. */
import type { App } from '../app.ts';
import { readRows } from '../storage/rows.ts';
import type { ContactRow } from '../storage/tables.ts';
import { toContacts } from './contacts.ts';
import { listTaggedFiles, replaceFileTag } from './file-tag-store.ts';
import { tellContact } from './masking.ts';

const AT_ONCE = 200;
/** Only the files of people who were here lately may be on somebody's screen; any other is read anew when it is opened. */
const LATELY_MS = 24 * 60 * 60 * 1_000;

/** False when no file carries it any more. */
export async function replaceTagInFiles(app: App, { from, to }: { from: string; to: string | null }): Promise<boolean> {
  const { db } = app.storage;
  const ids = await listTaggedFiles(db, from, AT_ONCE);
  if (ids.length === 0) return false;
  const changed = await app.storage.write((trx) => replaceFileTag(trx, ids, { from, to }));
  const lately = changed.filter(({ lastSeenAt }) => lastSeenAt > app.now() - LATELY_MS).map(({ id }) => id);
  const rows = (await readRows(db, 'contact', lately, [])) as ContactRow[];
  for (const contact of await toContacts(db, rows)) tellContact(app, contact);
  return true;
}
