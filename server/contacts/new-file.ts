import type { IdentityKind } from '../../shared/contact.ts';
import type { NewValue } from '../fields/field-values.ts';
import type { NewContactRow } from './file-batch-store.ts';

/** What an import writes into a new file. */
export interface NewFile extends NewContactRow {
  identities: readonly { kind: IdentityKind; value: string }[];
  values: readonly Omit<NewValue, 'entityId'>[];
}
