import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { UploadedFile } from '../../shared/attachment.ts';
import type { Contact } from '../../shared/contact.ts';
import type { DocumentPage, FileDocument } from '../../shared/document.ts';
import type { Message } from '../../shared/message.ts';
import { eicar, openClamd } from '../helpers/clamd-server.ts';
import { makeRole, makeToken, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, nextFact, openHouse } from '../helpers/house.ts';
import { pdf, png, windowsProgram } from '../helpers/sample-files.ts';
import { openSigningSite } from '../helpers/signing-site.ts';
import { merge, newcomer, post, undo } from './merging-scene.ts';

async function someFile(house: House) {
  const chat = await writeIn(house, 'שלום');
  const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${chat.conversationId}`);
  return { ...chat, contactId: contact.id };
}

function upload(house: House, name: string, content: Buffer, cookie = house.cookie): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), name);
  return fetch(`${house.url}/api/attachments`, { method: 'POST', headers: { 'X-Kesher': '1', cookie }, body: form });
}

async function add(house: House, contactId: string, name: string, content: Buffer, cookie = house.cookie): Promise<FileDocument> {
  const { id: fileId } = (await (await upload(house, name, content, cookie)).json()) as UploadedFile;
  return house.json('POST', '/api/documents', { id: nanoid(), entity: 'contact', entityId: contactId, fileId }, { cookie });
}

const list = async (house: House, contactId: string, cookie = house.cookie) =>
  (await house.json<DocumentPage>('GET', `/api/documents?contactId=${contactId}`, undefined, { cookie })).items;
const filesOnDisk = async (house: House) => (await readdir(path.join(house.dataDir, 'attachments'))).length;

describe.each(databases)('on $name', ({ open }) => {
  test('a contract is kept in the file, renamed, removed and brought back, and colleagues hear of it', async () => {
    const house = await open();
    const { contactId } = await someFile(house);
    const noa = await house.hire('Noa');
    const desk = await house.agent(noa.cookie);
    const heard = nextFact<{ contactId: string }>(desk.socket, 'timeline:changed');
    const made = await add(house, contactId, 'חוזה.pdf', pdf);
    expect(await heard).toEqual({ contactId });
    expect(made).toMatchObject({ name: 'חוזה.pdf', type: 'application/pdf', scan: 'unscanned', agent: { name: 'Dana' } });
    const shown = await house.call('GET', `${made.url}?view`);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(shown.headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
    expect((await house.call('GET', `${made.url}`)).headers.get('content-disposition')).toMatch(/^attachment; filename="____.pdf"/);
    const renamed = await house.json<FileDocument>('PATCH', `/api/documents/${made.id}`, { name: 'Contract 2026.exe' });
    expect(renamed.name).toBe('Contract 2026.exe.pdf');
    expect((await house.call('DELETE', `/api/documents/${made.id}`)).status).toBe(204);
    expect(await list(house, contactId)).toEqual([]);
    await house.call('POST', `/api/documents/${made.id}/restore`);
    expect(await list(house, contactId)).toMatchObject([{ id: made.id, name: 'Contract 2026.exe.pdf' }]);
    const { items } = await house.json<{ items: unknown[] }>('GET', `/api/contacts/${contactId}/timeline?kinds=document&q=contract`);
    expect(items).toMatchObject([{ kind: 'document', title: 'Contract 2026.exe.pdf', facts: { url: made.url } }]);
  });

  test('a contract is opened by who may read it now: not by whoever has its address, a colleague who left, or once it is removed', async () => {
    const house = await open();
    const { contactId } = await someFile(house);
    const made = await add(house, contactId, 'contract.pdf', pdf);
    const noa = await house.hire('Noa', (await makeRole(house, 'clerk', ['contacts:view-details', 'tokens:manage'])).id);
    const blind = await house.hire('Blind', (await makeRole(house, 'blind', ['contacts:view'])).id);
    const [seen] = await list(house, contactId, noa.cookie);
    // As a browser asks for a picture: with its cookie, and no header of ours.
    const read = async (headers: Record<string, string>, url = seen?.url) => (await fetch(house.url + url, { headers })).status;
    expect(await read({ cookie: noa.cookie })).toBe(200);
    const { token } = await makeToken(house, noa.cookie);
    expect(await read({ Authorization: `Bearer ${token}` })).toBe(200);
    expect(await read({})).toBe(401);
    expect(await read({ cookie: noa.cookie, 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await read({ cookie: blind.cookie })).toBe(404);
    // As it was told in addresses of old.
    const { db } = house.server.app.storage;
    const { id, signature } = await db.selectFrom('attachment').selectAll().where('keeperId', '=', made.id).executeTakeFirstOrThrow();
    expect(await read({ cookie: noa.cookie }, `/attachments/${id}/${signature}`)).toBe(404);
    await house.call('DELETE', `/api/documents/${made.id}`);
    expect(await read({ cookie: noa.cookie })).toBe(404);
    await house.call('POST', `/api/documents/${made.id}/restore`);
    expect(await read({ cookie: noa.cookie })).toBe(200);
    await house.call('PATCH', `/api/agents/${noa.id}`, { isActive: false });
    expect(await read({ cookie: noa.cookie })).toBe(401);
  });

  test('who sees no details sees that there is a document and cannot open it; who may not edit adds none; nobody takes another’s upload', async () => {
    const house = await open();
    const { contactId } = await someFile(house);
    await add(house, contactId, 'id.png', png(3, 2));
    const blind = await house.hire('Blind', (await makeRole(house, 'blind', ['contacts:view', 'conversations:reply'])).id);
    expect(await list(house, contactId, blind.cookie)).toMatchObject([{ name: 'id.png', url: null }]);
    const { items } = await house.json<{ items: { facts: object }[] }>('GET', `/api/contacts/${contactId}/timeline`, undefined, {
      cookie: blind.cookie,
    });
    expect(JSON.stringify(items)).not.toContain('/file"');
    const { id: fileId } = (await (await upload(house, 'mine.pdf', pdf)).json()) as UploadedFile;
    const body = { id: nanoid(), entity: 'contact', entityId: contactId, fileId };
    expect((await house.call('POST', '/api/documents', body, { cookie: blind.cookie })).status).toBe(403);
    const noa = await house.hire('Noa');
    expect((await house.call('POST', '/api/documents', body, { cookie: noa.cookie })).status).toBe(404);
    expect((await house.call('POST', '/api/documents', body)).status).toBe(201);
    expect((await house.call('POST', '/api/documents', body)).status).toBe(201);
    expect((await house.call('POST', '/api/documents', { ...body, id: nanoid() })).status).toBe(404);
    expect((await upload(house, 'contract.pdf', windowsProgram)).status).toBe(400);
    expect((await house.call('POST', '/api/documents', { ...body, id: nanoid(), entity: 'ticket' })).status).toBe(404);
  });

  test('documents of a lead that turns out to be somebody known are that person’s own, and go back when files are parted', async () => {
    const house = await open();
    const { sign } = await openSigningSite(house, 'HS256');
    const ruth = await house.visitor({ identity: await sign({ sub: 'ruth', name: 'Ruth' }) });
    await post(ruth.socket, 'hello');
    const [{ id: ruthId = '' } = {}] = (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items;
    const lead = await newcomer(house);
    const made = await add(house, lead.contactId, 'contract.pdf', pdf);
    await get(lead.socket, 'visitor:identify', { identity: await sign({ sub: 'ruth' }) });
    const ownOf = async (id: string) =>
      (await house.json<DocumentPage>('GET', `/api/documents?entity=contact&entityId=${id}`)).items.map(({ name }) => name);
    expect(await ownOf(ruthId)).toEqual(['contract.pdf']);
    expect((await house.json<FileDocument>('PATCH', `/api/documents/${made.id}`, { name: 'Lease.pdf' })).entityId).toBe(ruthId);
    expect((await house.call('GET', `${made.url}`)).status).toBe(200);
    const other = await newcomer(house);
    const { merge: merged } = await merge(house, other.contactId, ruthId);
    expect(await ownOf(other.contactId)).toEqual(['Lease.pdf']);
    await undo(house, merged.id);
    expect([await ownOf(other.contactId), await ownOf(ruthId)]).toEqual([[], ['Lease.pdf']]);
    expect((await house.call('DELETE', `/api/documents/${made.id}`)).status).toBe(204);
  });

  test('a person who is erased takes the documents along, from the disk too', async () => {
    const house = await open();
    const { contactId, socket } = await someFile(house);
    const made = await add(house, contactId, 'secret.pdf', pdf);
    const before = await filesOnDisk(house);
    await get(socket, 'data:erase', { confirm: 'erase' });
    expect(await list(house, contactId)).toEqual([]);
    expect((await house.call('GET', `${made.url}`)).status).toBe(404);
    await expect.poll(() => filesOnDisk(house)).toBe(before - 1);
  });
});

test('with an antivirus nothing infected is kept, and while it is down nothing can be opened until it has looked', async () => {
  const clamd = await openClamd();
  const house = await openHouse({ environment: { CLAMD: clamd.address } });
  const { contactId, socket, token } = await someFile(house);
  const refused = await upload(house, 'invoice.txt', Buffer.concat([Buffer.from('Dear Dana, '), eicar]));
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('EICAR')]);
  expect(await add(house, contactId, 'clean.pdf', pdf)).toMatchObject({ scan: 'clean', url: expect.stringMatching(/file$/) });
  await clamd.stop();
  const waiting = await add(house, contactId, 'later.pdf', pdf);
  const infected = await add(house, contactId, 'bad.txt', eicar);
  expect(waiting).toMatchObject({ scan: 'waiting', url: null });
  // Visitors' files go the same way.
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(png(2, 2))]), 'photo.png');
  const photo = await fetch(`${house.url}/api/widget/${house.inbox.key}/attachments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body: form,
  });
  const { id } = (await photo.json()) as UploadedFile;
  const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), attachmentIds: [id] });
  const photoUrl = house.url + message.attachments[0]?.url;
  expect((await fetch(photoUrl)).status).toBe(503);
  clamd.mood = 'rude';
  await clamd.start();
  const statusOf = async (name: string) => (await list(house, contactId)).find((one) => one.name === name)?.scan;
  await expect.poll(() => clamd.asked, { timeout: 40_000, interval: 500 }).toBeGreaterThan(0);
  expect(await statusOf('later.pdf')).toBe('waiting');
  clamd.mood = 'kind';
  await expect.poll(() => statusOf('later.pdf'), { timeout: 40_000, interval: 500 }).toBe('clean');
  await expect.poll(() => statusOf('bad.txt'), { timeout: 40_000 }).toBe('infected');
  expect((await fetch(photoUrl)).status).toBe(200);
  expect((await list(house, contactId)).find((one) => one.id === infected.id)?.url).toBeNull();
}, 120_000);

test('an antivirus that says nothing keeps nobody waiting for ever', async () => {
  const clamd = await openClamd();
  clamd.mood = 'silent';
  const house = await openHouse({ environment: { CLAMD: clamd.address } });
  const { contactId } = await someFile(house);
  expect(await add(house, contactId, 'slow.pdf', pdf)).toMatchObject({ scan: 'waiting', url: null });
}, 60_000);
