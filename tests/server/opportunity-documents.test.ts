import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { UploadedFile } from '../../shared/attachment.ts';
import type { Contact } from '../../shared/contact.ts';
import type { DocumentPage, FileDocument } from '../../shared/document.ts';
import type { Opportunity, Pipeline } from '../../shared/opportunity.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House } from '../helpers/house.ts';
import { pdf } from '../helpers/sample-files.ts';
import { merge, undo } from './merging-scene.ts';

async function meet(house: House) {
  const chat = await writeIn(house, 'שלום');
  const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${chat.conversationId}`);
  return { ...chat, contactId: contact.id };
}

async function offerTo(house: House, contactId: string): Promise<Opportunity> {
  const stages = [{ id: nanoid(), name: 'פנייה', probability: 10 }];
  const sales = await house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'מכירות', currency: 'ILS', stages });
  return house.json('POST', '/api/opportunities', { id: nanoid(), contactId, pipelineId: sales.id, name: 'גינת גג', amount: 100 });
}

async function upload(house: House, name: string, cookie = house.cookie): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(pdf)]), name);
  const reply = await fetch(`${house.url}/api/attachments`, { method: 'POST', headers: { 'X-Kesher': '1', cookie }, body: form });
  return ((await reply.json()) as UploadedFile).id;
}

const keep = async (house: House, { id: entityId }: Opportunity, name: string): Promise<FileDocument> =>
  house.json('POST', '/api/documents', { id: nanoid(), entity: 'opportunity', entityId, fileId: await upload(house, name) });
const listOf = async (house: House, { id }: Opportunity) =>
  (await house.json<DocumentPage>('GET', `/api/documents?entity=opportunity&entityId=${id}`)).items;
const listIn = async (house: House, contactId: string) =>
  (await house.json<DocumentPage>('GET', `/api/documents?contactId=${contactId}`)).items;
const timeline = async (house: House, contactId: string, cookie = house.cookie) =>
  (await house.json<{ items: { title: string }[] }>('GET', `/api/contacts/${contactId}/timeline?kinds=document`, undefined, { cookie }))
    .items;

describe.each(databases)('on $name', ({ open }) => {
  test('an offer is kept with the opportunity, and stands in the file and the timeline of its customer', async () => {
    const house = await open();
    const { contactId } = await meet(house);
    const card = await offerTo(house, contactId);
    const made = await keep(house, card, 'הצעת מחיר.pdf');
    expect(made).toMatchObject({ entity: 'opportunity', entityId: card.id, contactId, name: 'הצעת מחיר.pdf' });
    expect((await house.call('GET', `${made.url}`)).status).toBe(200);
    expect(await listOf(house, card)).toEqual([made]);
    expect(await listIn(house, contactId)).toEqual([made]);
    expect(await timeline(house, contactId)).toMatchObject([{ title: 'הצעת מחיר.pdf', facts: { entity: 'opportunity' } }]);
    await house.json('PATCH', `/api/documents/${made.id}`, { name: 'הצעה שנייה' });
    await house.call('DELETE', `/api/documents/${made.id}`);
    expect(await listOf(house, card)).toEqual([]);
    await house.call('POST', `/api/documents/${made.id}/restore`);
    expect(await listOf(house, card)).toMatchObject([{ name: 'הצעה שנייה.pdf' }]);
  });

  test('who may only look at opportunities adds nothing; who may not see them is told of no document', async () => {
    const house = await open();
    const { contactId } = await meet(house);
    const card = await offerTo(house, contactId);
    const made = await keep(house, card, 'offer.pdf');
    const rights = ['contacts:edit', 'contacts:view-details', 'conversations:reply'] as const;
    const looker = await house.hire('Noa', (await makeRole(house, 'looker', [...rights, 'opportunities:view'])).id);
    const stranger = await house.hire('Omri', (await makeRole(house, 'stranger', rights)).id);
    const add = async (cookie: string) =>
      house.call(
        'POST',
        '/api/documents',
        { id: nanoid(), entity: 'opportunity', entityId: card.id, fileId: await upload(house, 'x.pdf', cookie) },
        { cookie },
      );
    expect((await add(looker.cookie)).status).toBe(403);
    expect((await house.call('DELETE', `/api/documents/${made.id}`, undefined, { cookie: looker.cookie })).status).toBe(403);
    expect(await timeline(house, contactId, looker.cookie)).toHaveLength(1);
    expect((await add(stranger.cookie)).status).toBe(403);
    const asked = `/api/documents?entity=opportunity&entityId=${card.id}`;
    expect((await house.call('GET', asked, undefined, { cookie: stranger.cookie })).status).toBe(403);
    expect(await timeline(house, contactId, stranger.cookie)).toEqual([]);
    expect((await house.call('GET', `/api/documents?entity=opportunity&entityId=${nanoid()}`)).status).toBe(404);
  });

  test('documents go where their opportunity goes: to another customer, into a merged file and back, and away with it', async () => {
    const house = await open();
    const [ruth, omri] = [await meet(house), await meet(house)];
    const card = await offerTo(house, ruth.contactId);
    const made = await keep(house, card, 'offer.pdf');
    await house.json('PATCH', `/api/opportunities/${card.id}`, { version: 1, contactId: omri.contactId });
    expect(await listIn(house, ruth.contactId)).toEqual([]);
    expect(await listIn(house, omri.contactId)).toMatchObject([{ id: made.id, contactId: omri.contactId }]);

    const merged = await merge(house, ruth.contactId, omri.contactId);
    expect(await listIn(house, ruth.contactId)).toMatchObject([{ id: made.id }]);
    const later = await keep(house, card, 'later.pdf');
    await undo(house, merged.merge.id);
    expect((await listIn(house, omri.contactId)).map(({ id }) => id)).toEqual([later.id, made.id]);
    expect(await listIn(house, ruth.contactId)).toEqual([]);

    await house.call('DELETE', `/api/opportunities/${card.id}`);
    expect(await listIn(house, omri.contactId)).toEqual([]);
    expect((await house.call('POST', `/api/documents/${made.id}/restore`)).status).toBe(404);
  });

  test('a person who is erased takes the documents of their opportunities along', async () => {
    const house = await open();
    const { contactId, socket } = await meet(house);
    const card = await offerTo(house, contactId);
    const made = await keep(house, card, 'offer.pdf');
    await get(socket, 'data:erase', { confirm: 'erase' });
    expect(await listOf(house, card)).toEqual([]);
    expect((await house.call('GET', `${made.url}`)).status).toBe(404);
    const another = { id: nanoid(), entity: 'opportunity', entityId: card.id, fileId: await upload(house, 'x.pdf') };
    expect((await house.call('POST', '/api/documents', another)).status).toBe(409);
  });
});
