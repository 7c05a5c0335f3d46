/** The file that something new is put into: never one that was erased or merged away. */
import type { IdentityKind } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { Buyer } from '../../shared/purchase.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { ContactRow } from '../storage/tables.ts';
import { getContactRow, insertIdentity, updateContact } from './contact-store.ts';
import { openLead } from './contacts.ts';
import { listHolders, lockFileRow } from './open-file-store.ts';
import { findE164 } from './phone.ts';

/** As many merges may stand behind one link. */
const MERGES_MAX = 20;

/** Locked until the transaction ends. A file that was merged leads to the one that holds it now; an erased one takes nothing (`conflict`). */
export async function lockOpenFile(trx: Transaction, id: string): Promise<ContactRow> {
  let row = await lockFileRow(trx, id);
  for (let steps = 0; row?.mergedInto && steps < MERGES_MAX; steps += 1) row = await lockFileRow(trx, row.mergedInto);
  if (!row) throw new AppError('not-found', 'There is no such contact.', { field: 'contactId' });
  if (row.erasedAt !== null) throw new AppError('conflict', 'This person has been erased.', { field: 'contactId' });
  return row;
}

/** `not-found` where there is no such file. */
export async function getContactName(db: Db, id: string): Promise<string | null> {
  return (await getContactRow(db, id)).name;
}

/** By what is surest: the shop's own id, then the address, then the number. Null where nobody is known; several claims are a `conflict`. */
export async function findFileOf(db: Db, { externalId, email, phone }: Buyer): Promise<string | null> {
  const asked: [IdentityKind, string | undefined][] = [
    ['external', externalId],
    ['email', email],
    ['phone', phone === undefined ? undefined : e164(phone)],
  ];
  for (const [kind, value] of asked) {
    if (value === undefined) continue;
    const holders = await listHolders(db, kind, value);
    if (holders.length > 1)
      throw new AppError('conflict', `person: more than one customer file says that this ${kind} is theirs`, { field: 'person' });
    if (holders[0] !== undefined) return holders[0];
  }
  return null;
}

export async function openFileOf(trx: Transaction, person: Buyer, source: 'import' | 'api', now: number): Promise<string> {
  const id = await openLead(trx, { locale: null, page: null }, now);
  if (person.name !== undefined) await updateContact(trx, id, { name: person.name });
  for (const { kind, value } of identitiesOf(person)) await insertIdentity(trx, id, { kind, value, isVerified: false, source }, now);
  return id;
}

function identitiesOf({ externalId, email, phone }: Buyer): { kind: IdentityKind; value: string }[] {
  return [
    ...(externalId === undefined ? [] : [{ kind: 'external' as const, value: externalId }]),
    ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
    ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: e164(phone) }]),
  ];
}

function e164(phone: string): string {
  const number = findE164(phone, null);
  if (number === null) throw new AppError('invalid', 'person.phone: this is not a phone number', { field: 'person.phone' });
  return number;
}
