import type { Contact } from '../../shared/contact.ts';
import type { FileBrief } from '../../shared/merging.ts';
import { getContact } from '../contacts/contacts.ts';
import { shownTo } from '../contacts/masking.ts';
import type { Db } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';

/** As this agent may see it. */
export async function briefOf(db: Db, caller: Caller, id: string): Promise<FileBrief> {
  return toBrief(caller, await getContact(db, id));
}

export function toBrief(caller: Pick<Caller, 'permissions'>, contact: Contact): FileBrief {
  const { id, name, company, lifecycle, identities, createdAt, lastSeenAt, isMasked } = shownTo(caller, contact);
  return {
    ...{ id, name, company, lifecycle, createdAt, lastSeenAt },
    identities: identities.map(({ kind, value, isVerified, ...more }) => ({ ...more, kind, value, isVerified })),
    ...(isMasked && { isMasked }),
  };
}
