/** How identities come together when files are merged, and part again. Of two that are the same the stronger stays. */
import type { Transaction } from '../storage/database.ts';
import type { IdentityRow } from '../storage/tables.ts';
import { deleteIdentity, listIdentitiesOf, moveIdentity, restoreIdentity, type Strength, updateStrength } from './merge-store.ts';

/** Both files held it: the other's row is gone, and comes back when they part. */
export interface Joined {
  row: IdentityRow;
  /** How the kept one stood before, and since. */
  was: Strength;
  became: Strength;
}

export interface IdentityUnion {
  /** How those that moved stood in the file that they came from. */
  strengths: Record<string, Strength>;
  joined: Joined[];
}

/** Returns the ids of those that moved. */
export async function uniteIdentities(
  trx: Transaction,
  { from, into }: { from: string; into: string },
): Promise<IdentityUnion & { moved: string[] }> {
  const kept = new Map((await listIdentitiesOf(trx, into)).map((row) => [keyOf(row), row]));
  const joined: Joined[] = [];
  const strengths: Record<string, Strength> = {};
  for (const row of await listIdentitiesOf(trx, from)) {
    const same = kept.get(keyOf(row));
    if (!same) {
      strengths[row.id] = strengthOf(row);
      await moveIdentity(trx, row.id, into);
      continue;
    }
    await deleteIdentity(trx, row.id);
    const became = row.isVerified > same.isVerified ? strengthOf(row) : strengthOf(same);
    if (became.isVerified !== same.isVerified) await updateStrength(trx, same.id, became);
    joined.push({ row, was: strengthOf(same), became });
  }
  return { strengths, joined, moved: Object.keys(strengths) };
}

interface Parting {
  into: string;
  from: string;
  union: IdentityUnion;
  /** The later ones that are still in the kept file: what they had joined with something that leaves stands for itself from now on. */
  later: readonly { id: string; union: IdentityUnion }[];
}

/** Those that moved and are still there go back; returns what the later merges have to move back instead, by their ids. */
export async function partIdentities(trx: Transaction, { into, from, union, later }: Parting): Promise<{ mergeId: string; id: string }[]> {
  const here = new Map((await listIdentitiesOf(trx, into)).map((row) => [row.id, row]));
  const byKey = new Map([...here.values()].map((row) => [keyOf(row), row]));
  const owed: { mergeId: string; id: string }[] = [];
  for (const [id, own] of Object.entries(union.strengths)) {
    const row = here.get(id);
    if (!row) continue;
    const heir = findHeir(keyOf(row), later);
    if (heir && row.isVerified > own.isVerified) await updateStrength(trx, id, own);
    await moveIdentity(trx, id, from);
    if (!heir) continue;
    const strength = row.isVerified > own.isVerified ? strengthOf(row) : strengthOf(heir.joined.row);
    await restoreIdentity(trx, { ...heir.joined.row, ...strength, contactId: into });
    heir.union.joined.splice(heir.union.joined.indexOf(heir.joined), 1);
    heir.union.strengths[heir.joined.row.id] = strengthOf(heir.joined.row);
    owed.push({ mergeId: heir.id, id: heir.joined.row.id });
  }
  for (const { row, was, became } of union.joined) {
    const kept = byKey.get(keyOf(row));
    if (!kept) continue;
    if (was.isVerified !== became.isVerified && kept.isVerified === became.isVerified) await updateStrength(trx, kept.id, was);
    await restoreIdentity(trx, row);
  }
  return owed;
}

function findHeir(key: string, later: Parting['later']): { id: string; union: IdentityUnion; joined: Joined } | undefined {
  for (const { id, union } of later) {
    const joined = union.joined.find(({ row }) => keyOf(row) === key);
    if (joined) return { id, union, joined };
  }
  return undefined;
}

function strengthOf({ isVerified, source, confirmedBy }: Strength): Strength {
  return { isVerified, source, confirmedBy };
}

function keyOf({ kind, value }: Pick<IdentityRow, 'kind' | 'value'>): string {
  return `${kind} ${value}`;
}
