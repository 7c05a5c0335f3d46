import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { UploadedFile } from '../../shared/attachment.ts';
import type { DocumentPage, FileDocument } from '../../shared/document.ts';
import type { Ticket, TicketChange, TicketFile } from '../../shared/ticket.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear } from '../helpers/house.ts';
import { pdf, png } from '../helpers/sample-files.ts';
import { merge, newcomer, undo } from './merging-scene.ts';

const as = (cookie?: string) => (cookie ? { cookie } : undefined);
const openTicket = (house: House, body: object) =>
  house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), subject: 'המקרר לא מקרר', ...body });
const fileOf = (house: House, id: string) => house.json<TicketFile>('GET', `/api/tickets/${id}`);
const change = (house: House, { id, version }: Pick<Ticket, 'id' | 'version'>, patch: object) =>
  house.json<Ticket>('PATCH', `/api/tickets/${id}`, { version, ...patch });

async function upload(house: House, name: string, content: Buffer, cookie = house.cookie): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), name);
  const response = await fetch(`${house.url}/api/attachments`, { method: 'POST', headers: { 'X-Kesher': '1', cookie }, body: form });
  return ((await response.json()) as UploadedFile).id;
}

async function put(house: House, ticketId: string, name: string, cookie?: string): Promise<FileDocument> {
  const fileId = await upload(house, name, name.endsWith('.pdf') ? pdf : png(3, 2), cookie);
  return house.json('POST', '/api/documents', { id: nanoid(), entity: 'ticket', entityId: ticketId, fileId }, as(cookie));
}

const ofTicket = async (house: House, id: string, cookie?: string) =>
  (await house.json<DocumentPage>('GET', `/api/documents?entity=ticket&entityId=${id}`, undefined, as(cookie))).items;
const ofPerson = async (house: House, id: string, cookie?: string) =>
  (await house.json<DocumentPage>('GET', `/api/documents?contactId=${id}`, undefined, as(cookie))).items;
const inTimeline = async (house: House, id: string, cookie?: string) =>
  (await house.json<{ items: { title: string }[] }>('GET', `/api/contacts/${id}/timeline?kinds=document`, undefined, as(cookie))).items.map(
    ({ title }) => title,
  );

describe.each(databases)('on $name', ({ open }) => {
  test('a picture kept with a ticket shows there, in the customer’s file and timeline, and in the ticket’s history', async () => {
    const house = await open();
    const ruth = await newcomer(house, {}, 'שלום');
    const ticket = await openTicket(house, { contactId: ruth.contactId });
    const told = hear<Ticket>((await house.agent()).socket, 'ticket:changed');
    const made = await put(house, ticket.id, 'plate.png');
    expect(made).toMatchObject({ entity: 'ticket', entityId: ticket.id, contactId: ruth.contactId, name: 'plate.png', width: 3 });
    expect((await house.call('GET', `${made.url}`)).status).toBe(200);
    await expect.poll(() => told.map(({ id }) => id), { timeout: 10_000 }).toContain(ticket.id);
    expect(await ofTicket(house, ticket.id)).toMatchObject([{ id: made.id }]);
    expect(await ofPerson(house, ruth.contactId)).toMatchObject([{ id: made.id, entity: 'ticket' }]);
    expect(await inTimeline(house, ruth.contactId)).toEqual(['plate.png']);
    await house.json('PATCH', `/api/documents/${made.id}`, { name: 'serial' });
    await house.call('DELETE', `/api/documents/${made.id}`);
    expect(await ofTicket(house, ticket.id)).toEqual([]);
    await house.call('POST', `/api/documents/${made.id}/restore`);
    const { items } = await house.json<{ items: TicketChange[] }>('GET', `/api/tickets/${ticket.id}/changes`);
    expect(items.filter(({ field }) => field === 'document').map(({ before, after }) => [before, after])).toEqual([
      [null, 'serial.png'],
      ['serial.png', null],
      ['plate.png', 'serial.png'],
      [null, 'plate.png'],
    ]);
  });

  test('who may not see the ticket sees none of its documents, and who may not change it adds none', async () => {
    const house = await open();
    const ruth = await newcomer(house, {}, 'שלום');
    const service = await makeTeam(house, 'שירות');
    const ticket = await openTicket(house, { contactId: ruth.contactId, teamId: service.id });
    const made = await put(house, ticket.id, 'plate.png');
    // Sees customers, and of chats and tickets only what waits for anybody.
    const omar = await house.hire('Omar', (await makeRole(house, 'own', ['conversations:view-queue', 'contacts:edit', 'tickets:edit'])).id);
    const rina = await house.hire('Rina', (await makeRole(house, 'looks', ['conversations:view-all', 'tickets:view'])).id);
    expect((await house.call('GET', `/api/documents?entity=ticket&entityId=${ticket.id}`, undefined, as(omar.cookie))).status).toBe(404);
    expect(await ofPerson(house, ruth.contactId, omar.cookie)).toEqual([]);
    expect(await inTimeline(house, ruth.contactId, omar.cookie)).toEqual([]);
    const fileId = await upload(house, 'mine.pdf', pdf, omar.cookie);
    const body = { id: nanoid(), entity: 'ticket', entityId: ticket.id, fileId };
    expect((await house.call('POST', '/api/documents', body, as(omar.cookie))).status).toBe(404);
    expect((await house.call('DELETE', `/api/documents/${made.id}`, undefined, as(omar.cookie))).status).toBe(404);
    // Without the right to see customers, a ticket's documents are a part of the ticket.
    expect(await ofTicket(house, ticket.id, rina.cookie)).toMatchObject([{ name: 'plate.png', url: null }]);
    expect((await house.call('GET', `/api/documents?contactId=${ruth.contactId}`, undefined, as(rina.cookie))).status).toBe(403);
    expect((await house.call('DELETE', `/api/documents/${made.id}`, undefined, as(rina.cookie))).status).toBe(403);
    expect((await house.call('POST', '/api/documents', { ...body, entityId: nanoid() })).status).toBe(404);
  });

  test('documents follow their ticket into a merged file and back, and to another customer', async () => {
    const house = await open();
    const [ruth, double] = [await newcomer(house, {}, 'שלום'), await newcomer(house, {}, 'שלום שוב')];
    const ticket = await openTicket(house, { contactId: double.contactId });
    await put(house, ticket.id, 'plate.png');
    const merged = await merge(house, double.contactId, ruth.contactId);
    expect(await inTimeline(house, ruth.contactId)).toEqual(['plate.png']);
    await undo(house, merged.merge.id);
    expect(await inTimeline(house, ruth.contactId)).toEqual([]);
    expect(await inTimeline(house, double.contactId)).toEqual(['plate.png']);
    await change(house, await fileOf(house, ticket.id), { contactId: ruth.contactId });
    expect([await inTimeline(house, ruth.contactId), await inTimeline(house, double.contactId)]).toEqual([['plate.png'], []]);
    // What was taken away before comes back into the file that the ticket is in by then.
    const [{ id } = { id: '' }] = await ofTicket(house, ticket.id);
    await house.call('DELETE', `/api/documents/${id}`);
    await change(house, await fileOf(house, ticket.id), { contactId: double.contactId });
    await house.call('POST', `/api/documents/${id}/restore`);
    expect([await inTimeline(house, ruth.contactId), await inTimeline(house, double.contactId)]).toEqual([[], ['plate.png']]);
  });

  test('a person who is erased takes the ticket’s documents along, from the disk too; so does a ticket that is deleted', async () => {
    const house = await open();
    const onDisk = async () => (await readdir(path.join(house.dataDir, 'attachments'))).length;
    const ruth = await writeIn(house, 'המקרר לא מקרר');
    const ticket = await openTicket(house, { conversationId: ruth.conversationId });
    const made = await put(house, ticket.id, 'plate.png');
    const before = await onDisk();
    await get(ruth.socket, 'data:erase', { confirm: 'erase' });
    expect(await ofTicket(house, ticket.id)).toEqual([]);
    expect((await house.call('GET', `${made.url}`)).status).toBe(404);
    await expect.poll(onDisk).toBe(before - 1);
    const history = JSON.stringify(await house.json('GET', `/api/tickets/${ticket.id}/changes`));
    expect(history).not.toContain('plate');
    const fileId = await upload(house, 'more.pdf', pdf);
    const body = { id: nanoid(), entity: 'ticket', entityId: ticket.id, fileId };
    expect((await house.call('POST', '/api/documents', body)).status).toBe(409);

    const other = await newcomer(house, {}, 'שלום');
    const mistake = await openTicket(house, { contactId: other.contactId });
    const gone = await put(house, mistake.id, 'wrong.pdf');
    await house.call('DELETE', `/api/tickets/${mistake.id}`);
    expect(await ofPerson(house, other.contactId)).toEqual([]);
    expect((await house.call('POST', `/api/documents/${gone.id}/restore`)).status).toBe(404);
  });
});
