/**
 * The people of a company, as far as their own files name it. They follow its name some at a time, so that one of a hundred thousand
 * people stops nobody's message: the first ones at once, the rest in the background (company-follower.ts).
 */
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import {
  deleteFollowing,
  findFollowing,
  listPeopleAfter,
  lockFollowing,
  startFollowing,
  updateFollowing,
  writeCompanyName,
} from './company-link-store.ts';
import { findCompanyName, listIdsOfCompany } from './contact-store.ts';
import { getContact } from './contacts.ts';
import { tellContact } from './masking.ts';

const AT_ONCE = 200;
/** Whose open files are told of a new name at once; the rest shows it when it is next read. */
const PEOPLE_TOLD = 100;

/** In the transaction that renames the company, or has just deleted it: then they stay, and keep its name in words. */
export async function followCompany(trx: Transaction, companyId: string): Promise<void> {
  await startFollowing(trx, companyId);
  await followSome(trx, companyId);
}

/** False when nobody is left to follow any company. */
export async function followOn({ storage }: Pick<App, 'storage'>): Promise<boolean> {
  const companyId = await findFollowing(storage.db);
  if (companyId === null) return false;
  await storage.write((trx) => followSome(trx, companyId));
  return true;
}

async function followSome(trx: Transaction, companyId: string): Promise<void> {
  const place = await lockFollowing(trx, companyId);
  if (!place) return;
  const people = await listPeopleAfter(trx, place, AT_ONCE);
  const ids = people.map(({ id }) => id);
  await writeCompanyName(trx, { companyId, ids, name: await findCompanyName(trx, companyId) });
  const last = people.at(-1);
  if (people.length < AT_ONCE || !last) await deleteFollowing(trx, companyId);
  else await updateFollowing(trx, { companyId, seenAt: last.lastSeenAt, contactId: last.id });
}

/** After the commit. */
export async function tellPeople(app: App, companyId: string): Promise<void> {
  const { db } = app.storage;
  for (const id of await listIdsOfCompany(db, companyId, PEOPLE_TOLD)) tellContact(app, await getContact(db, id));
}
