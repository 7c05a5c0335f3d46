import type { IdentityKind, Lifecycle } from '../../shared/contact.ts';
import type { NewValue } from '../fields/field-values.ts';

/** What an import writes into a new file. */
export interface NewFile {
  id: string;
  name: string | null;
  company: string | null;
  companyId: string | null;
  lifecycle: Lifecycle | null;
  ownerId: string | null;
  tags: readonly string[];
  locale: string | null;
  identities: readonly { kind: IdentityKind; value: string }[];
  values: readonly Omit<NewValue, 'entityId'>[];
}
