import type { Contact } from '../../shared/contact.ts';
import type { House } from './house.ts';

/** All customer files, conversations and messages, as an administrator sees them. That somebody came by is no change. */
export async function everything(house: House): Promise<unknown> {
  const { items: files } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  const contacts = files.map(({ lastSeenAt: _, ...file }) => file).sort((a, b) => (a.id < b.id ? -1 : 1));
  const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/conversations');
  const messages = await Promise.all(items.map(({ id }) => house.json('GET', `/api/conversations/${id}/messages`)));
  return { contacts, items, messages };
}
