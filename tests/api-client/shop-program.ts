/** A program of somebody else's, written against the types that were generated from the description: it must compile, and come true. */
import createClient from 'openapi-fetch';
import type { paths } from './api-types.ts';

export interface Told {
  contactId: string;
  name: string | null;
  refusal: { code: string; field?: string | undefined };
  pages: string[][];
}

/** Renames a customer, is refused with a wrong phone, and reads all tags by pages of two. */
export async function runShopProgram({ url, token, contactId }: { url: string; token: string; contactId: string }): Promise<Told> {
  const client = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } });
  const params = { path: { id: contactId } };
  const changed = await client.PATCH('/api/contacts/{id}', { params, body: { name: 'Ruth' } });
  if (!changed.data) throw new Error(changed.error?.detail);
  const name: string | null = changed.data.name;
  const refused = await client.PATCH('/api/contacts/{id}', { params, body: { phone: 'tomorrow' } });
  if (!refused.error) throw new Error('was not refused');

  for (const tag of ['a', 'b', 'c', 'd', 'e']) await client.POST('/api/tags', { body: { name: tag }, headers: { 'Idempotency-Key': tag } });
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await client.GET('/api/tags', { params: { query: { limit: 2, cursor } } });
    if (!page.data) throw new Error(page.error?.detail);
    pages.push(page.data.items.map((tag) => tag.name));
    cursor = page.data.next ?? undefined;
  } while (cursor !== undefined);

  // @ts-expect-error A task is no number, which whoever writes the program is told before it runs.
  const nonsense = () => client.POST('/api/tasks', { body: 7 });
  void nonsense;
  return { contactId: changed.data.id, name, refusal: { code: refused.error.code, field: refused.error.field }, pages };
}
