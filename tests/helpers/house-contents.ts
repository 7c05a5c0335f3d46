import type { House } from './house.ts';

/** All customer files, conversations and messages, as an administrator sees them. */
export async function everything(house: House): Promise<unknown> {
  const contacts = await house.json('GET', '/api/contacts');
  const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/conversations');
  const messages = await Promise.all(items.map(({ id }) => house.json('GET', `/api/conversations/${id}/messages`)));
  return { contacts, items, messages };
}
