/** The people of a company, as far as their own files name it. */
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { listIdsOfCompany, updateCompanyOf } from './contact-store.ts';
import { getContact } from './contacts.ts';
import { tellContact } from './masking.ts';

/** Whose open files are told of a new name at once; the rest shows it when it is next read. */
const PEOPLE_TOLD = 100;

export async function renameCompany(trx: Transaction, companyId: string, name: string): Promise<void> {
  await updateCompanyOf(trx, companyId, { company: name });
}

/** They stay, and keep its name in words. */
export async function leaveCompany(trx: Transaction, companyId: string): Promise<void> {
  await updateCompanyOf(trx, companyId, { companyId: null });
}

/** After the commit. */
export async function tellPeople(app: App, companyId: string): Promise<void> {
  const { db } = app.storage;
  for (const id of await listIdsOfCompany(db, companyId, PEOPLE_TOLD)) tellContact(app, await getContact(db, id));
}
