/** Whose file each of many rows is about, looked up in portions. */
import { nanoid } from 'nanoid';
import type { IdentityKind } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { Buyer } from '../../shared/purchase.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertLeads, listHoldersOfAll, listOpenIds, lockStates } from './file-finder-store.ts';
import { findE164 } from './phone.ts';

export interface NewFile {
  id: string;
  name: string | null;
  identities: { kind: IdentityKind; value: string }[];
}

interface Asked {
  contactId?: string | undefined;
  person?: Buyer | undefined;
}

type Found =
  | { id: string; opened: NewFile | null }
  | { why: 'file-unknown' | 'buyer-missing' | 'buyer-unknown' | 'buyer-several' | 'phone'; text?: string };

export class FileFinder {
  readonly #holders = new Map<string, readonly string[]>();
  readonly #openIds = new Set<string>();
  readonly #below: FileFinder | null;

  /** `below` is asked, too, and learns nothing before `settle`. */
  constructor(below: FileFinder | null = null) {
    this.#below = below;
  }

  settle(): void {
    if (!this.#below) return;
    for (const [key, holders] of this.#holders) this.#below.#holders.set(key, holders);
    for (const id of this.#openIds) this.#below.#openIds.add(id);
  }

  async look(db: Db, asked: readonly Asked[]): Promise<void> {
    const identities = asked.flatMap(({ person }) => (person ? (identitiesOf(person) ?? []) : []));
    for (const kind of ['external', 'email', 'phone'] as const) {
      const values = [...new Set(identities.filter((one) => one.kind === kind).map(({ value }) => value))];
      const unknown = values.filter((value) => !this.#holdersOf(`${kind} ${value}`));
      const found = await listHoldersOfAll(db, kind, unknown);
      for (const value of unknown) this.#holders.set(`${kind} ${value}`, found.get(value) ?? []);
    }
    const ids = [...new Set(asked.flatMap(({ contactId }) => contactId ?? []))];
    for (const id of await listOpenIds(db, ids)) this.#openIds.add(id);
  }

  /** By what is surest; of somebody unknown a new file, which the next row about the same person finds. */
  find({ contactId, person }: Asked, opensFile: boolean, newId: () => string = nanoid): Found {
    if (contactId !== undefined) {
      return this.#isOpen(contactId) ? { id: contactId, opened: null } : { why: 'file-unknown' };
    }
    if (person === undefined) return { why: 'buyer-missing' };
    const identities = identitiesOf(person);
    if (identities === null) return { why: 'phone' };
    for (const { kind, value } of identities) {
      const holders = this.#holdersOf(`${kind} ${value}`) ?? [];
      if (holders.length > 1) return { why: 'buyer-several', text: value };
      if (holders[0] !== undefined) return { id: holders[0], opened: null };
    }
    if (!opensFile) return { why: 'buyer-unknown' };
    const opened = { id: newId(), name: person.name ?? null, identities };
    for (const { kind, value } of identities) this.#holders.set(`${kind} ${value}`, [opened.id]);
    return { id: opened.id, opened };
  }

  #holdersOf(key: string): readonly string[] | undefined {
    return this.#holders.get(key) ?? (this.#below ? this.#below.#holdersOf(key) : undefined);
  }

  #isOpen(id: string): boolean {
    return this.#openIds.has(id) || (this.#below ? this.#below.#isOpen(id) : false);
  }
}

/** Names the buyer the same way whenever the same file is read; null where it says nobody. */
export function buyerKey({ contactId, person }: Asked): string | null {
  if (contactId !== undefined) return contactId;
  const identities = person && identitiesOf(person);
  return identities ? identities.map(({ kind, value }) => `${kind} ${value}`).join() : null;
}

/** Null for a phone that is none. */
function identitiesOf({ externalId, email, phone }: Buyer): NewFile['identities'] | null {
  const number = phone === undefined ? undefined : findE164(phone, null);
  if (number === null) return null;
  return [
    ...(externalId === undefined ? [] : [{ kind: 'external' as const, value: externalId }]),
    ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
    ...(number === undefined ? [] : [{ kind: 'phone' as const, value: number }]),
  ];
}

/** Of these, the files of people who were erased. */
export async function listClosedFiles(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const open = new Set(await listOpenIds(db, ids));
  return new Set(ids.filter((id) => !open.has(id)));
}

export async function insertNewFiles(trx: Transaction, files: readonly NewFile[], now: number): Promise<void> {
  await insertLeads(
    trx,
    files.map(({ id, name }) => ({ id, name })),
    files.flatMap(({ id, identities }) => identities.map((identity) => ({ ...identity, contactId: id }))),
    now,
  );
}

/** Locked. Whatever was erased or merged since it was looked up ends the whole of it. */
export async function requireOpenFiles(trx: Transaction, ids: readonly string[]): Promise<void> {
  const open = (await lockStates(trx, ids)).filter(({ erasedAt, mergedInto }) => erasedAt === null && mergedInto === null);
  if (open.length < ids.length) throw new AppError('conflict', 'Customer files have changed meanwhile. Please import the file again.');
}
