/** Who may be the same person as somebody: asked of indexes only, so that it is as quick among a million files as among a few. */
import type { App } from '../app.ts';
import { contactIndex } from '../contacts/contact-entries.ts';
import type { Db } from '../storage/database.ts';
import { entryWords } from '../words/entries.ts';
import { listIdsHolding } from '../words/word-finding.ts';
import { readWordGroups } from '../words/word-query.ts';
import { type Judged, judge, type Signs, signsOf } from './likeness-judging.ts';
import { listHolders, listPeople, type Somebody } from './likeness-store.ts';
import { nearSpellings } from './name-likeness.ts';

/** Files that are looked at because of one sign; the newest of more. */
const LOOKED_AT = 30;
/** Of one person so many are proposed, the most likely. */
const FOUND_MAX = 10;
const IDENTITIES_MAX = 20;

export interface Found extends Judged {
  id: string;
}

/** The most likely first. Empty for one that is no file of its own. */
export async function findLikenesses(app: App, contactId: string): Promise<Found[]> {
  const { db } = app.storage;
  const [one] = await listPeople(db, [contactId]);
  if (!one) return [];
  const identities = one.identities.slice(0, IDENTITIES_MAX);
  const holders = await listHolders(db, { contactId, identities, limit: LOOKED_AT });
  const counts = new Map<string, number>();
  for (const { kind, value } of holders) counts.set(`${kind} ${value}`, (counts.get(`${kind} ${value}`) ?? 0) + 1);
  const ids = new Set(holders.map((holder) => holder.contactId));
  for (const id of await listByWords(db, one)) ids.add(id);
  ids.delete(contactId);
  const found: Found[] = [];
  for (const other of await listPeople(db, [...ids])) {
    const judged = judge(one, other, counts);
    if (judged) found.push({ ...judged, id: other.id });
  }
  return found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, FOUND_MAX);
}

/** By name together with a weaker sign; by the weaker sign alone the newest, whose names may be written in another alphabet. */
async function listByWords(db: Db, one: Somebody): Promise<string[]> {
  const signs = signsOf(one);
  if (signs.name.length === 0) return [];
  const spellings = signs.name.map(nearSpellings);
  const ids: string[] = [];
  const questions = weakSigns(signs).flatMap((sign) => [[...spellings, ...sign], sign]);
  for (const read of await readWordGroups(db, 'contactWord', questions)) {
    if (read === null) continue;
    ids.push(...(await listIdsHolding(db, contactIndex, { read, limit: LOOKED_AT })));
  }
  return ids;
}

/** Each as words that all stand in the other's entry. */
function weakSigns({ company, domains, mailboxes }: Signs): string[][][] {
  const boxes = [...mailboxes].flatMap(([box, email]) => [email.slice(0, email.lastIndexOf('@')), box]);
  const texts = [...new Set([company.join(' '), ...domains.keys(), ...boxes])];
  return texts
    .map((text) => entryWords(text).filter((word) => word.length > 1))
    .filter((words) => words.length > 0)
    .map((words) => words.slice(0, 4).map((word) => [word]));
}
