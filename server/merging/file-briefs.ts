import type { FileBrief } from '../../shared/merging.ts';
import { getContact } from '../contacts/contacts.ts';
import { type FiledContact, shownTo } from '../contacts/masking.ts';
import type { Db } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';

/** As this agent may see it. */
export async function briefOf(db: Db, caller: Caller, id: string): Promise<FileBrief> {
  return toBrief(caller, await getContact(db, id));
}

export function toBrief(caller: Caller, contact: FiledContact): FileBrief {
  const { id: fileId, name, company, lifecycle, identities, createdAt, lastSeenAt, isMasked } = shownTo(caller, contact);
  return {
    ...{ id: fileId, name, company, lifecycle, createdAt, lastSeenAt },
    identities: identities.map(({ id, kind, value, isVerified }) => ({ ...(id && { id }), kind, value, isVerified })),
    ...(isMasked && { isMasked }),
  };
}
