import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { UploadedFile } from '../../shared/attachment.ts';
import type { CannedResponse, RepertoirePage } from '../../shared/canned-response.ts';
import type { Message } from '../../shared/message.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';
import * as sample from '../helpers/sample-files.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

function make(house: House, body: Record<string, unknown>, cookie = house.cookie): Promise<CannedResponse> {
  const first = { shortcut: 'hello', title: 'Hello', texts: { en: 'Hello!' }, reach: 'shared' };
  return house.json<CannedResponse>('POST', '/api/canned-responses', { ...first, ...body }, { cookie });
}

async function refusal(house: House, method: string, route: string, body: unknown, cookie = house.cookie) {
  const response = await house.call(method, `/api${route}`, body, { cookie });
  const { code, field } = (await response.json()) as { code: string; field?: string };
  return { code, field };
}

async function listOf(house: House, cookie: string, query = ''): Promise<RepertoirePage<CannedResponse>> {
  return house.json('GET', `/api/canned-responses${query}`, undefined, { cookie });
}

async function upload(house: House, cookie: string, name = 'price list.pdf'): Promise<UploadedFile> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(sample.pdf)]), name);
  const response = await fetch(`${house.url}/api/attachments`, { method: 'POST', headers: { 'X-Kesher': '1', cookie }, body: form });
  return (await response.json()) as UploadedFile;
}

describe.each(databases)('on $name', ({ open }) => {
  test('everybody uses the shared ones, a team its own, an agent their own, and nobody sees another’s', async () => {
    const house = await open();
    const lead = await makeRole(house, 'lead', ['conversations:view-all', 'conversations:reply', 'canned:manage']);
    const [sales, service] = [await makeTeam(house, 'מכירות'), await makeTeam(house, 'שירות')];
    const noa = await house.hire('Noa', lead.id, [sales.id]);
    const omar = await house.hire('Omar', 'agent', [sales.id]);
    const rina = await house.hire('Rina', 'agent', [service.id]);
    await make(house, { shortcut: 'shared' });
    await make(house, { shortcut: 'sales', reach: 'team', teamId: sales.id }, noa.cookie);
    await make(house, { shortcut: 'own', reach: 'personal' }, omar.cookie);
    const shortcuts = async (cookie: string) => (await listOf(house, cookie)).items.map(({ shortcut }) => shortcut);
    expect(await shortcuts(omar.cookie)).toEqual(['shared', 'sales', 'own']);
    expect(await shortcuts(rina.cookie)).toEqual(['shared']);
    expect(await shortcuts(noa.cookie)).toEqual(['shared', 'sales']);
  });

  test('a shortcut is taken once in its place, however it is written, and two who take it at once do not both get it', async () => {
    const house = await open();
    await make(house, { shortcut: '/Refund' });
    expect(
      await refusal(house, 'POST', '/canned-responses', { shortcut: 'refund', title: 'x', texts: { en: 'x' }, reach: 'shared' }),
    ).toEqual({
      code: 'conflict',
      field: 'shortcut',
    });
    await make(house, { shortcut: 'refund', reach: 'personal' });
    const both = await Promise.all(
      [1, 2].map(() =>
        house.call('POST', '/api/canned-responses', { shortcut: 'החזר', title: 'החזר', texts: { he: 'מזכים מיד' }, reach: 'shared' }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('a long list is read page by page, and not again while nothing has changed', async () => {
    const house = await open();
    await Promise.all(Array.from({ length: 250 }, (_, at) => make(house, { shortcut: `s${at}` })));
    const read = async () => {
      const found: string[] = [];
      let next: string | null = null;
      do {
        const page: RepertoirePage<CannedResponse> = await listOf(house, house.cookie, `?limit=100${next ? `&cursor=${next}` : ''}`);
        found.push(...page.items.map(({ shortcut }) => shortcut));
        next = page.next;
      } while (next);
      return found;
    };
    expect(new Set(await read()).size).toBe(250);
    const { stamp } = await listOf(house, house.cookie);
    expect(await listOf(house, house.cookie, `?unless=${stamp}`)).toEqual({ items: [], next: null, stamp, isSame: true });
    await make(house, { shortcut: 'new' });
    expect((await listOf(house, house.cookie, `?unless=${stamp}`)).isSame).toBeUndefined();
  });

  test('a team that goes leaves its canned responses to everybody, under a shortcut that is free', async () => {
    const house = await open();
    const { id: me } = await house.json<{ id: string }>('GET', '/api/session');
    const team = await makeTeam(house, 'מכירות', [me]);
    await make(house, { shortcut: 'price' });
    await make(house, { shortcut: 'price', reach: 'team', teamId: team.id });
    await house.call('DELETE', `/api/teams/${team.id}`);
    const { items } = await listOf(house, house.cookie);
    expect(items.map(({ shortcut, reach }) => [shortcut, reach])).toEqual([
      ['price', 'shared'],
      ['price-2', 'shared'],
    ]);
  });
});

test('whoever may not manage changes their own and nothing else', async () => {
  const house = await openHouse();
  const omar = await house.hire('Omar');
  const noa = await house.hire('Noa');
  const viewer = await house.hire('Vera', 'viewer');
  const shared = await make(house, {});
  const own = await make(house, { shortcut: 'own', reach: 'personal' }, omar.cookie);
  const body = { shortcut: 'x', title: 'x', texts: { en: 'x' }, reach: 'shared' };
  expect((await refusal(house, 'POST', '/canned-responses', body, omar.cookie)).code).toBe('forbidden');
  expect((await refusal(house, 'PATCH', `/canned-responses/${shared.id}`, { title: 'mine' }, omar.cookie)).code).toBe('forbidden');
  expect((await refusal(house, 'PATCH', `/canned-responses/${own.id}`, { reach: 'shared' }, omar.cookie)).code).toBe('forbidden');
  // Somebody else's is not there, not even for the administrator.
  expect((await refusal(house, 'PATCH', `/canned-responses/${own.id}`, { title: 'mine' }, noa.cookie)).code).toBe('not-found');
  expect((await refusal(house, 'DELETE', `/canned-responses/${own.id}`, undefined)).code).toBe('not-found');
  expect((await refusal(house, 'GET', '/canned-responses', undefined, viewer.cookie)).code).toBe('forbidden');
  await house.json('PATCH', `/api/canned-responses/${own.id}`, { title: 'Better' }, { cookie: omar.cookie });
});

test('what somebody changed meanwhile is not overwritten unseen', async () => {
  const house = await openHouse();
  const { id, updatedAt } = await make(house, {});
  await house.json('PATCH', `/api/canned-responses/${id}`, { title: 'First', expectedAt: updatedAt });
  expect(await refusal(house, 'PATCH', `/canned-responses/${id}`, { title: 'Second', expectedAt: updatedAt })).toEqual({
    code: 'conflict',
    field: 'expectedAt',
  });
});

test('bad input is refused at its field', async () => {
  const house = await openHouse();
  const body = { shortcut: 'ok', title: 'x', texts: { en: 'x' }, reach: 'shared' };
  const fields = async (change: Record<string, unknown>) =>
    (await refusal(house, 'POST', '/canned-responses', { ...body, ...change })).field;
  expect(await fields({ shortcut: 'two words' })).toBe('shortcut');
  expect(await fields({ texts: { en: '  ' } })).toBe('texts');
  expect(await fields({ title: '' })).toBe('title');
  expect(await fields({ reach: 'team' })).toBe('teamId');
  expect(await fields({ reach: 'team', teamId: nanoid() })).toBe('teamId');
  expect(await fields({ fileIds: [nanoid()] })).toBe('fileIds');
});

test('changes reach the consoles of those who have it, and are an end for those who have it no more', async () => {
  const house = await openHouse();
  const omar = await house.hire('Omar');
  const desk = await house.agent(omar.cookie);
  const changed = nextFact<CannedResponse>(desk.socket, 'canned:changed');
  const shared = await make(house, {});
  expect(await changed).toMatchObject({ id: shared.id, texts: { en: 'Hello!' } });
  const told = hear<CannedResponse>(desk.socket, 'canned:changed');
  const removed = nextFact<{ id: string }>(desk.socket, 'canned:removed');
  await house.json('PATCH', `/api/canned-responses/${shared.id}`, { reach: 'personal' });
  expect(await removed).toEqual({ id: shared.id });
  expect(told).toEqual([]);
});

test('its files outlive every tidying, and each message that they come with has its own', async () => {
  const house = await openHouse();
  const file = await upload(house, house.cookie);
  const { id, files } = await make(house, { fileIds: [file.id] });
  expect(files).toMatchObject([{ id: file.id, name: 'price list.pdf' }]);
  house.clockOffsetMs = 3 * DAY_MS;
  const { conversationId } = await writeIn(house, 'מה המחיר?');
  const dana = await house.agent();
  const send = async () => {
    const copy = await house.json<UploadedFile>('POST', `/api/canned-responses/${id}/copies`, { fileId: file.id });
    const draft = { id: nanoid(), conversationId, text: 'מצורף', attachmentIds: [copy.id] };
    return (await get<{ message: Message }>(dana.socket, 'message:post', draft)).message.attachments[0];
  };
  const [first, second] = [await send(), await send()];
  expect(new Set([file.id, first?.id, second?.id]).size).toBe(3);
  const content = async (url = '') => (await fetch(house.url + url)).arrayBuffer();
  expect(Buffer.from(await content(first?.url))).toEqual(sample.pdf);

  await house.call('DELETE', `/api/canned-responses/${id}`);
  expect((await fetch(house.url + files[0]?.url)).status).toBe(404);
  expect(Buffer.from(await content(second?.url))).toEqual(sample.pdf);
});

test('nobody takes another’s upload, or a file of a response that is not theirs to use', async () => {
  const house = await openHouse();
  const omar = await house.hire('Omar');
  const file = await upload(house, omar.cookie);
  const body = { shortcut: 'x', title: 'x', texts: { en: 'x' }, reach: 'shared', fileIds: [file.id] };
  expect((await refusal(house, 'POST', '/canned-responses', body)).code).toBe('not-found');
  const own = await make(house, { reach: 'personal', fileIds: [file.id] }, omar.cookie);
  expect((await refusal(house, 'POST', `/canned-responses/${own.id}/copies`, { fileId: file.id })).code).toBe('not-found');
  // What a response holds is no upload that a message could take.
  const { conversationId } = await writeIn(house, 'שלום');
  const desk = await house.agent(omar.cookie);
  await expect(get(desk.socket, 'message:post', { id: nanoid(), conversationId, text: 'x', attachmentIds: [file.id] })).rejects.toThrow(
    'not-found',
  );
});
