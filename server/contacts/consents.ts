/** To what a person has agreed, when, to which words and how. Records stay: to take consent back is another record. */
import type { Consent, ConsentDraft, ConsentKind, ConsentWay } from '../../shared/consent.ts';
import { AppError } from '../../shared/errors.ts';
import type { App, FileShelf } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import type { ConsentRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { findConsent, findLastConsent, insertConsent, listConsentRows } from './consent-store.ts';
import { getContactRow, updateContact } from './contact-store.ts';
import { changeFile } from './file-changes.ts';
import { HIDDEN, isInDetail } from './masking.ts';

export const consentShelf: FileShelf = {
  name: 'consent',
  move: (trx, move) => moveFileRows(trx, 'consent', move),
};

/** The latest first. The words are hidden from who may not see details. */
export async function listConsents(
  app: App,
  caller: Caller,
  { contactId, cursor, limit }: { contactId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: Consent[]; next: string | null }> {
  const { db } = app.storage;
  const before = parseCursor(cursor);
  await getContactRow(db, contactId);
  const rows = await listConsentRows(db, contactId, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toConsent(caller, row)),
    next: rows.length > limit && last ? formatCursor(last) : null,
  };
}

/** Written down by an agent or a program. What counts for the chat's own form is the last word on `data`. */
export async function addConsent(app: App, caller: Caller, contactId: string, draft: ConsentDraft): Promise<Consent> {
  const row = await changeFile(app, caller, contactId, async (trx, now) => {
    const known = await findConsent(trx, draft.id);
    if (known) return { result: requireSame(known, contactId), changes: [] };
    const before = await findLastConsent(trx, contactId, draft.kind);
    const made: ConsentRow = {
      id: draft.id,
      contactId,
      kind: draft.kind,
      isGiven: draft.isGiven ? 1 : 0,
      text: draft.text,
      how: draft.how,
      agentId: caller.agentId,
      at: Math.min(draft.at ?? now, now),
    };
    await insertConsent(trx, made);
    const last = await findLastConsent(trx, contactId, draft.kind);
    if (draft.kind === 'data' && last?.id === made.id) {
      await updateContact(trx, contactId, { consentAt: draft.isGiven ? made.at : null, consentText: draft.isGiven ? made.text : null });
    }
    return {
      result: made,
      changes: [{ key: `consent.${draft.kind}`, before: before ? before.isGiven === 1 : null, after: draft.isGiven }],
    };
  });
  return toConsent(caller, { ...row, agentName: row.agentId === caller.agentId ? caller.name : null });
}

/** Records were put into another file, or came out of one: what holds is the last word on `data` that is left. */
export async function settleConsent(trx: Transaction, contactId: string): Promise<void> {
  const last = await findLastConsent(trx, contactId, 'data');
  const isGiven = last?.isGiven === 1;
  await updateContact(trx, contactId, { consentAt: isGiven ? last.at : null, consentText: isGiven ? last.text : null });
}

function requireSame(known: ConsentRow, contactId: string): ConsentRow {
  if (known.contactId === contactId) return known;
  throw new AppError('conflict', 'There is another record with this id.', { field: 'id' });
}

function toConsent(caller: Caller, row: ConsentRow & { agentName: string | null }): Consent {
  return {
    id: row.id,
    kind: row.kind as ConsentKind,
    isGiven: row.isGiven === 1,
    text: row.text === null || isInDetail(caller) ? row.text : HIDDEN,
    how: row.how as ConsentWay,
    agent: row.agentId === null ? null : { id: row.agentId, name: row.agentName ?? '' },
    at: row.at,
  };
}
