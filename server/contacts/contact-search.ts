import type { App } from '../app.ts';
import type { Db } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { entryWords } from '../words/entries.ts';
import { catchUp } from '../words/kept-words.ts';
import { listIdsHolding } from '../words/word-finding.ts';
import { type ReadQuery, readQuery } from '../words/word-query.ts';
import { contactIndex } from './contact-entries.ts';
import { listContactNames } from './contact-entry-store.ts';
import { isInDetail } from './masking.ts';

/** Files that one search looks at, the newest; who finds more has to say more. */
const FOUND_MAX = 2_000;

/** What a paste brings along and nobody sees: marks of direction around a phone. */
const INVISIBLE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export interface FoundContacts extends ReadQuery {
  /** Null: the query asks for nothing, so all files fit. */
  ids: string[] | null;
}

/** Files by words of name, company and e-mail, and by any part of a phone; who may not see e-mails and phones finds nobody by them. */
export async function findContactIds(app: App, caller: Pick<Caller, 'permissions'>, query: string): Promise<FoundContacts> {
  const { db } = app.storage;
  if (query.replace(INVISIBLE, '').trim() === '') return { ids: null, groups: [], corrections: [], entriesMost: 0, newest: 0 };
  await catchUp(app, contactIndex);
  const read = await readQuery(db, 'contactWord', query);
  if (read === null) return { ids: [], groups: [], corrections: [], entriesMost: 0, newest: 0 };
  const ids = await listIdsHolding(db, contactIndex, { read, limit: FOUND_MAX });
  return { ...read, ids: isInDetail(caller) ? ids : await listNamedSo(db, ids, read.groups) };
}

/** Those in whose name or company all the words stand. */
async function listNamedSo(db: Db, ids: readonly string[], groups: readonly (readonly string[])[]): Promise<string[]> {
  const rows = await listContactNames(db, ids);
  const fits = rows.filter(({ name, company }) => {
    const own = new Set(entryWords(`${name ?? ''}\n${company ?? ''}`));
    return groups.every((group) => group.some((word) => own.has(word)));
  });
  return fits.map(({ id }) => id);
}
