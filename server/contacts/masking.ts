/** How much of a customer file an agent is shown: all of it, with how to reach the person hidden, or the name alone. */
import type { Contact, Identity } from '../../shared/contact.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';

/** Stands where something is that the reader may not see. */
export const HIDDEN = '•••';

export function isInDetail({ permissions }: Pick<Caller, 'permissions'>): boolean {
  return permissions.includes('contacts:view-details');
}

export function shownTo(caller: Pick<Caller, 'permissions'>, contact: Contact): Contact {
  if (isInDetail(caller)) return contact;
  return caller.permissions.includes('contacts:view') ? masked(contact) : nameOnly(contact);
}

/** The room in which an agent hears of changed customer files, if it may see them. */
export function fileRooms({ permissions }: Pick<Caller, 'permissions'>): string[] {
  if (!permissions.includes('contacts:view')) return [];
  return [permissions.includes('contacts:view-details') ? 'files:whole' : 'files:masked'];
}

/** The room in which an agent hears of calls that were promised, if it may see them. */
export function taskRooms({ permissions }: Pick<Caller, 'permissions'>): string[] {
  if (!permissions.includes('tasks:view')) return [];
  return [permissions.includes('contacts:view-details') ? 'tasks:whole' : 'tasks:masked'];
}

export function tellContact({ broadcast, followers }: Pick<App, 'broadcast' | 'followers'>, contact: Contact): void {
  broadcast.toRooms(['files:whole'], 'contact:changed', contact);
  broadcast.toRooms(['files:masked'], 'contact:changed', masked(contact));
  followers.contactChanged(contact.id);
}

function masked(contact: Contact): Contact {
  return {
    ...contact,
    isMasked: true,
    identities: contact.identities.map((identity) => ({ ...identity, value: maskedValue(identity) })),
    fields: hidden(contact.fields),
    // Shops put order numbers and addresses behind the question mark.
    page: contact.page && { ...contact.page, url: contact.page.url.replace(/[?#].*$/s, '') },
  };
}

export function hidden(details: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(details).map((name) => [name, HIDDEN]));
}

/** Enough to tell two of them apart. */
export function maskedPhone(phone: string): string {
  return `${HIDDEN}${HIDDEN}${phone.slice(-2)}`;
}

export function maskedValue({ kind, value }: Pick<Identity, 'kind' | 'value'>): string {
  if (kind === 'phone') return maskedPhone(value);
  return kind === 'email' ? `${value.slice(0, 1)}${HIDDEN}@${HIDDEN}` : HIDDEN;
}

export function nameOnly(contact: Contact): Contact {
  return { ...contact, isMasked: true, company: null, identities: [], fields: {}, page: null };
}
