/** What somebody who merges may decide: the same fields that it may change in a file. */
import { AppError } from '../../shared/errors.ts';
import { mayChangeField } from '../fields/field-rights.ts';
import type { Transaction } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { listNamedFields } from './field-store.ts';
import type { Keep } from './file-facts.ts';

/** Blocks, tags and where somebody was seen are never chosen between. */
const chosen = /^(name|company|ownerId|locale|lifecycle|consent|told:.+|field:.+)$/s;
const written = /^(name|company)$/;

export async function requireMayChoose(trx: Transaction, caller: Caller, keep: Keep): Promise<void> {
  const keys = Object.keys(keep);
  for (const key of keys) {
    const isWritten = typeof keep[key] === 'object';
    if (!(isWritten ? written : chosen).test(key)) throw new AppError('invalid', `keep: ${key} cannot be chosen so`, { field: 'keep' });
  }
  const fieldIds = keys.flatMap((key) => (key.startsWith('field:') ? [key.slice('field:'.length)] : []));
  const fields = await listNamedFields(trx, fieldIds);
  if (fields.some((field) => !mayChangeField(caller, 'contact', field))) {
    throw new AppError('forbidden', 'Your role may not change one of these fields.', { field: 'keep' });
  }
}
