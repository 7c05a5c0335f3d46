/** Whom a row of a file means: somebody who is here, or nobody yet. */
import type { ImportPlan, RowReason } from '../../shared/customer-import.ts';
import type { ImportDraft } from './import-drafts.ts';

/** Files that hold an identity (`kind:value`), the one that holds it for sure first. */
export type Holders = Map<string, { contactId: string; isVerified: boolean }[]>;

/** `contactId` is null for somebody new, whom a row above may name, too. */
interface Verdict {
  outcome: 'add' | 'update' | 'skip' | 'refused';
  contactId: string | null;
  reason: RowReason | null;
}

export function judgeDraft(
  draft: ImportDraft,
  { matchBy, mode }: ImportPlan,
  { holders, seen, line }: { holders: Holders; seen: Map<string, number>; line: number },
): Verdict {
  // Nobody is looked for, so nothing is told of who is here.
  if (mode === 'add') return { outcome: 'add', contactId: null, reason: null };
  const keys = keysOf(draft);
  const ofFile = matchBy.flatMap((kind) => keys.filter((key) => key.startsWith(`${kind}:`)));
  const meant = findMeant(ofFile, holders);
  if (meant === 'several') return refused('several');
  // What somebody else holds for sure is not put into this file.
  const isTaken = keys.some((key) => holders.get(key)?.some(({ isVerified, contactId }) => isVerified && contactId !== meant));
  if (isTaken) return refused('taken');
  if (meant !== null) return { outcome: mode === 'skip' ? 'skip' : 'update', contactId: meant, reason: null };
  const isAgain = ofFile.some((key) => (seen.get(key) ?? line) !== line);
  if (isAgain) return { outcome: mode === 'skip' ? 'skip' : 'update', contactId: null, reason: null };
  for (const key of ofFile) seen.set(key, line);
  return { outcome: 'add', contactId: null, reason: null };
}

function refused(reason: RowReason): Verdict {
  return { outcome: 'refused', contactId: null, reason };
}

function keysOf({ identities }: ImportDraft): string[] {
  return identities.map(({ kind, value }) => `${kind}:${value}`);
}

/** By the first key that anybody holds. Who holds it for sure is meant before all who only say so. */
function findMeant(keys: readonly string[], holders: Holders): string | null | 'several' {
  for (const key of keys) {
    const own = holders.get(key) ?? [];
    const [first, second] = own;
    if (!first) continue;
    if (first.isVerified || !second) return first.contactId;
    return 'several';
  }
  return null;
}
