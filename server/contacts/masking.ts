/** How much of a customer file an agent is shown: all of it, with how to reach the person hidden, or the name alone. */
import type { Permission } from '../../shared/agent.ts';
import type { Contact, Identity, PurchaseSum } from '../../shared/contact.ts';
import type { App } from '../app.ts';
import { type HeldValue, valuesShownTo } from '../fields/field-values.ts';
import type { Caller } from '../transport/wire.ts';

/** Stands where something is that the reader may not see. */
export const HIDDEN = '•••';

/** Under this no wire carries anything. */
export const HELD: unique symbol = Symbol('held');

/** A file as the house knows it. What not everybody may see is in `HELD`, so that a file which nobody has shown to somebody tells none of it. */
export interface FiledContact extends Contact {
  [HELD]: { values: readonly HeldValue[]; purchases: PurchaseSum };
}

export type FileReader = Pick<Caller, 'permissions' | 'role' | 'isScoped'>;

export function isInDetail({ permissions }: Pick<Caller, 'permissions'>): boolean {
  return permissions.includes('contacts:view-details');
}

export function shownTo(reader: FileReader, contact: FiledContact): Contact {
  if (!reader.permissions.includes('contacts:view')) return nameOnly(contact);
  const { values, purchases } = contact[HELD];
  const shown: Contact = {
    ...contact,
    values: valuesShownTo(reader, 'contact', values),
    purchases: reader.permissions.includes('purchases:view') ? purchases : null,
  };
  return isInDetail(reader) ? shown : masked(shown);
}

/** What decides how much of a file is shown, apart from the role. */
const shades = ['contacts:view-details', 'purchases:view'] as const satisfies readonly Permission[];
const SCOPED = 'scoped';
const READERS = 'files:as:';

/** The rooms in which an agent hears of changed customer files, if it may see them: one for each way of seeing them, and for all in detail or not. */
export function fileRooms({ permissions, role, isScoped = false }: FileReader): string[] {
  if (!permissions.includes('contacts:view')) return [];
  const held = [...shades.filter((shade) => permissions.includes(shade)), ...(isScoped ? [SCOPED] : [])];
  return [isInDetail({ permissions }) ? 'files:whole' : 'files:masked', `${READERS}${role}:${held.join('+')}`];
}

function readerIn(room: string): FileReader {
  const [role = '', ...rest] = room.slice(READERS.length).split(':');
  const held = rest.join(':').split('+');
  return { role, permissions: ['contacts:view', ...shades.filter((shade) => held.includes(shade))], isScoped: held.includes(SCOPED) };
}

/** The room in which an agent hears of calls that were promised, if it may see them. */
export function taskRooms({ permissions }: Pick<Caller, 'permissions'>): string[] {
  if (!permissions.includes('tasks:view')) return [];
  return [permissions.includes('contacts:view-details') ? 'tasks:whole' : 'tasks:masked'];
}

/** The rooms in which an agent hears of what may be sold, and of what was, as far as it may see them. */
export function salesRooms({ permissions }: Pick<Caller, 'permissions'>): string[] {
  return (['opportunities', 'purchases'] as const).filter((what) => permissions.includes(`${what}:view`)).map((what) => `sales:${what}`);
}

export function tellContact({ broadcast, followers }: Pick<App, 'broadcast' | 'followers'>, contact: FiledContact): void {
  for (const room of broadcast.agentRooms(READERS)) broadcast.toRooms([room], 'contact:changed', shownTo(readerIn(room), contact));
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
  const unseen = {
    company: null,
    companyId: null,
    ownerId: null,
    tags: [],
    identities: [],
    fields: {},
    values: {},
    purchases: null,
    page: null,
  };
  return { ...contact, ...unseen, isMasked: true };
}
