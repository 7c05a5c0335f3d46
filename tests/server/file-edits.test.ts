import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { FileChange } from '../../server/app.ts';
import type { Company } from '../../shared/company.ts';
import type { Consent } from '../../shared/consent.ts';
import type { Contact, Identity } from '../../shared/contact.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, nextFact } from '../helpers/house.ts';
import { nobody, storePeople } from './customer-scene.ts';

interface List<Item> {
  items: Item[];
  next: string | null;
}

function makeContact(house: House, wish: Record<string, unknown> = {}): Promise<Contact> {
  return house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name: 'רות כהן', ...wish });
}

function makeCompany(house: House, name: string, wish: Record<string, unknown> = {}): Promise<Company> {
  return house.json<Company>('POST', '/api/companies', { id: nanoid(), name, ...wish });
}

async function refusal(house: House, method: string, at: string, body?: unknown, headers = {}) {
  const response = await house.call(method, at, body, headers);
  const said = (await response.json()) as { code?: string; field?: string; subjectId?: string };
  return { status: response.status, code: said.code, field: said.field, subjectId: said.subjectId };
}

/** What the timeline is told, as it is told it: inside the transaction. */
function listenToChanges(house: House): FileChange[] {
  const heard: FileChange[] = [];
  house.server.app.followers.filesChanged = async (_trx, changes) => {
    heard.push(...changes);
  };
  return heard;
}

describe.each(databases)('on $name', ({ open }) => {
  test('the many people of a company follow its name and its end some at a time, over a restart as well', async () => {
    const house = await open();
    const { id } = await makeCompany(house, 'משתלות');
    const people = Array.from({ length: 650 }, (_, at) => ({ ...nobody, companyId: id, lastSeenAt: 1 + (at % 7) }));
    const stored = await storePeople(house, people);
    const said = async () => {
      const { db } = house.server.app.storage;
      const rows = await db
        .selectFrom('contact')
        .select(['company', 'companyId'])
        .where(
          'id',
          'in',
          stored.map((one) => one.id),
        )
        .execute();
      return [...new Set(rows.map(({ company, companyId }) => `${company} ${companyId === null ? 'alone' : 'in it'}`))].sort();
    };
    await house.json('PATCH', `/api/companies/${id}`, { name: 'משתלות הצפון' });
    await house.stop();
    await house.start();
    await expect.poll(said, { timeout: 20_000 }).toEqual(['משתלות הצפון in it']);
    expect((await house.call('DELETE', `/api/companies/${id}?detach=1`)).status).toBe(204);
    await expect.poll(said, { timeout: 20_000 }).toEqual(['משתלות הצפון alone']);
  });

  test('what an agent changes in a file is told to whoever looks at it, and written down with what was there before', async () => {
    const house = await open();
    const noa = await house.hire('Noa', 'supervisor');
    const contact = await makeContact(house, { tags: ['חדשה'] });
    const company = await makeCompany(house, 'משתלות הגליל');
    const changes = listenToChanges(house);
    const dana = await house.agent();
    const told = nextFact<Contact>(dana.socket, 'contact:changed');
    const patch = { ownerId: noa.id, tags: ['VIP'], lifecycle: 'customer', companyId: company.id, locale: 'HE-il', name: 'רות לוי' };
    const changed = await house.json<Contact>('PATCH', `/api/contacts/${contact.id}`, patch, { cookie: noa.cookie });
    const expected = { ...patch, locale: 'he-IL', company: 'משתלות הגליל', isLifecycleByHand: true };
    expect(changed).toMatchObject(expected);
    expect(await told).toMatchObject(expected);
    expect(changes).toMatchObject([{ contactId: contact.id, agent: { id: noa.id, name: 'Noa' } }]);
    expect(Object.fromEntries(changes[0]?.changes.map(({ key, before, after }) => [key, [before, after]]) ?? [])).toEqual({
      name: ['רות כהן', 'רות לוי'],
      locale: [null, 'he-IL'],
      ownerId: [null, noa.id],
      company: [null, 'משתלות הגליל'],
      lifecycle: ['lead', 'customer'],
      tags: [['חדשה'], ['VIP']],
    });
    await house.json('PATCH', `/api/contacts/${contact.id}`, patch);
    expect(changes).toHaveLength(1);
    expect(await house.json('PATCH', `/api/contacts/${contact.id}`, { lifecycle: null })).toMatchObject({
      lifecycle: 'lead',
      isLifecycleByHand: false,
    });
    expect(await house.json('GET', '/api/contact-tags')).toEqual({ items: ['VIP'], next: null });
    const gone = nanoid();
    expect(await refusal(house, 'PATCH', `/api/contacts/${contact.id}`, { ownerId: gone })).toMatchObject({
      code: 'invalid',
      field: 'ownerId',
    });
    expect(await refusal(house, 'PATCH', `/api/contacts/${contact.id}`, { companyId: gone })).toMatchObject({
      code: 'invalid',
      field: 'companyId',
    });
  });

  test('of two agents who change one thing the second hears of it; different things, and tags, come together', async () => {
    const house = await open();
    await house.json('POST', '/api/fields', { id: nanoid(), entity: 'contact', key: 'size', name: 'Size', kind: 'text' });
    const contact = await makeContact(house, { tags: ['a', 'b'], values: { size: 'S' } });
    const at = `/api/contacts/${contact.id}`;
    const was = { name: contact.name, tags: contact.tags, lifecycle: contact.lifecycle, values: { size: 'S' } };
    await house.json('PATCH', at, { name: 'רות לוי', tags: ['a', 'b', 'c'], values: { size: 'M' }, was });
    expect(await refusal(house, 'PATCH', at, { name: 'רות ברק', was })).toMatchObject({ status: 409, code: 'stale', field: 'name' });
    expect(await refusal(house, 'PATCH', at, { lifecycle: 'customer', values: { size: 'L' }, was })).toMatchObject({
      code: 'stale',
      field: 'values.size',
    });
    // Nothing of what was refused is there, and what nobody else has touched goes through.
    expect(await house.json('GET', at)).toMatchObject({ name: 'רות לוי', lifecycle: 'lead', values: { size: 'M' } });
    const merged = await house.json<Contact>('PATCH', at, { lifecycle: 'customer', tags: ['b', 'd'], name: 'רות לוי', was });
    expect(merged).toMatchObject({ lifecycle: 'customer', tags: ['b', 'c', 'd'] });
    const many = await Promise.all(
      ['x', 'y', 'z'].map((tag) => house.call('PATCH', at, { tags: [...merged.tags, tag], was: { tags: merged.tags } })),
    );
    expect(many.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await house.json<Contact>('GET', at)).tags.toSorted()).toEqual(['b', 'c', 'd', 'x', 'y', 'z']);
  });

  test('a file made twice under one id is made once, and one whose phone another file holds for sure names that file', async () => {
    const house = await open();
    const body = { id: nanoid(), name: 'רות', identities: [{ kind: 'phone', value: '050-1234567', isVerified: true }] };
    const made = await Promise.all([1, 2, 3].map(() => house.json<Contact>('POST', '/api/contacts', body)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made[0]?.identities).toMatchObject([
      { kind: 'phone', value: '+972501234567', isVerified: true, source: 'agent', confirmedBy: { name: 'Dana' } },
    ]);
    const again = { ...body, id: nanoid(), name: 'אחרת' };
    expect(await refusal(house, 'POST', '/api/contacts', again)).toEqual({
      status: 409,
      code: 'conflict',
      field: 'identities.0.value',
      subjectId: body.id,
    });
    expect(await refusal(house, 'POST', '/api/contacts', { ...again, identities: [{ kind: 'phone', value: 'abc' }] })).toMatchObject({
      code: 'invalid',
      field: 'identities.0.value',
    });
    expect((await house.json<List<Contact>>('GET', '/api/contacts')).items).toHaveLength(1);
  });

  test('an e-mail and a phone that are told beside the name are claims, once each, and a wrong one keeps the whole out', async () => {
    const house = await open();
    const { id } = await makeContact(house, {
      email: 'Ruth@example.com',
      phone: '050-123 4567',
      identities: [{ kind: 'email', value: 'ruth@example.com', isVerified: true }],
    });
    const { items } = await house.json<List<Identity>>('GET', `/api/contacts/${id}/identities`);
    expect(items.map(({ kind, value, isVerified }) => [kind, value, isVerified]).sort()).toEqual([
      ['email', 'ruth@example.com', true],
      ['phone', '+972501234567', false],
    ]);
    expect(await refusal(house, 'POST', '/api/contacts', { id: nanoid(), name: 'Noa', phone: 'abc' })).toMatchObject({
      code: 'invalid',
      field: 'phone',
    });
  });

  test('what a visitor claims an agent confirms, corrects or takes away; what the site has signed stays', async () => {
    const house = await open();
    const { socket, conversationId } = await writeIn(house, 'שלום');
    await get(socket, 'visitor:identify', { email: 'ruth@example.com' });
    const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
    const at = `/api/contacts/${contact.id}/identities`;
    const list = async () => (await house.json<List<Identity>>('GET', at)).items;
    const claim = (await list())[0] as Identity;
    expect(claim).toMatchObject({ isVerified: false, source: 'visitor' });
    await house.json('PATCH', `${at}/${claim.id}`, { isVerified: true });
    expect(await list()).toMatchObject([{ isVerified: true, confirmedBy: { name: 'Dana' }, source: 'visitor' }]);
    // The visitor itself corrects only what nobody has made sure of.
    await get(socket, 'visitor:identify', { email: 'other@example.com' });
    expect((await list()).map(({ value }) => value).sort()).toEqual(['other@example.com', 'ruth@example.com']);
    const other = await makeContact(house);
    expect(
      await refusal(house, 'POST', `/api/contacts/${other.id}/identities`, { kind: 'email', value: 'Ruth@example.com' }),
    ).toMatchObject({
      code: 'conflict',
      field: 'value',
      subjectId: contact.id,
    });
    await house.json('PATCH', `${at}/${claim.id}`, { value: 'ruth@new.example' });
    expect((await list()).find(({ id }) => id === claim.id)).toMatchObject({ value: 'ruth@new.example', isVerified: false });
    expect(await refusal(house, 'PATCH', `${at}/${claim.id}`, { value: 'nonsense' })).toMatchObject({ code: 'invalid', field: 'value' });
    await house.json('DELETE', `${at}/${claim.id}`);
    expect((await list()).map(({ value }) => value)).toEqual(['other@example.com']);
    const clerk = await makeRole(house, 'clerk', ['contacts:edit', 'conversations:view-all']);
    const { cookie } = await house.hire('Clerk', clerk.id);
    expect(await refusal(house, 'POST', at, { kind: 'email', value: 'x@example.com' }, { cookie })).toMatchObject({ code: 'forbidden' });
    expect((await house.json<List<Identity>>('GET', at, undefined, { cookie })).items).toMatchObject([{ value: 'o•••@•••' }]);
  });

  test('what an agent wrote down is there still when the visitor tells a number of its own, and corrects it', async () => {
    const house = await open();
    const { socket, conversationId } = await writeIn(house, 'שלום');
    const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
    const at = `/api/contacts/${contact.id}/identities`;
    const numbers = async () => (await house.json<List<Identity>>('GET', at)).items.map(({ value }) => value);
    for (const value of ['03-1111111', '03-2222222']) await house.json('POST', at, { kind: 'phone', value });
    await get(socket, 'visitor:identify', { phone: '050-3333333' });
    await get(socket, 'visitor:identify', { phone: '050-4444444' });
    expect(await numbers()).toEqual(['+97231111111', '+97232222222', '+972504444444']);
    const told = (await house.json<List<Identity>>('GET', at)).items.find(({ source }) => source === 'visitor') as Identity;
    await house.json('PATCH', `${at}/${told.id}`, { value: '050-5555555' });
    await get(socket, 'visitor:identify', { phone: '050-6666666' });
    expect(await numbers()).toEqual(expect.arrayContaining(['+972505555555', '+972506666666']));
  });

  test('of several addresses a program replaces the one that it saw, and what is lost is written down', async () => {
    const house = await open();
    const heard = listenToChanges(house);
    const { id } = await makeContact(house, { identities: ['a', 'b', 'c'].map((name) => ({ kind: 'email', value: `${name}@x.example` })) });
    heard.length = 0;
    const patch = async (body: object) =>
      (await house.json<Contact>('PATCH', `/api/contacts/${id}`, body)).identities.map(({ value }) => value);
    const lettersAfter = async (body: object) =>
      (await patch(body))
        .map((value) => value.split('@')[0])
        .sort()
        .join('');
    expect(await lettersAfter({ email: 'd@x.example', was: { email: 'b@x.example' } })).toBe('acd');
    expect(await lettersAfter({ email: 'a@x.example' })).toBe('acd');
    expect(await lettersAfter({ email: 'e@x.example' })).toBe('ace');
    expect(await lettersAfter({ email: null, was: { email: 'a@x.example' } })).toBe('ce');
    expect(await lettersAfter({ email: 'c@x.example', was: { email: 'e@x.example' } })).toBe('c');
    for (const seen of ['e@x.example', null]) {
      const late = { email: 'f@x.example', was: { email: seen } };
      expect(await refusal(house, 'PATCH', `/api/contacts/${id}`, late)).toMatchObject({ code: 'stale', field: 'email' });
    }
    expect(await lettersAfter({ email: null })).toBe('');
    expect(await lettersAfter({ email: 'f@x.example', was: { email: null } })).toBe('f');
    expect(heard.flatMap(({ changes }) => changes.map(({ before, after }) => `${before} ${after}`))).toEqual([
      'b@x.example d@x.example',
      'd@x.example e@x.example',
      'a@x.example null',
      'e@x.example null',
      'c@x.example null',
      'null f@x.example',
    ]);
  });

  test('consents are records that stay: given in the chat, taken back by phone, each with its words', async () => {
    const house = await open();
    const { socket, conversationId } = await writeIn(house, 'שלום');
    await get(socket, 'visitor:identify', { name: 'רות', consent: true, consentText: 'אפשר לשמור' });
    const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
    const at = `/api/contacts/${contact.id}/consents`;
    const draft = { id: nanoid(), kind: 'data', isGiven: false, how: 'phone', text: 'ביקשה להפסיק' };
    for (let tries = 0; tries < 2; tries += 1) expect((await house.call('POST', at, draft)).status).toBe(201);
    const { items } = await house.json<List<Consent>>('GET', at);
    expect(items).toMatchObject([
      { kind: 'data', isGiven: false, how: 'phone', text: 'ביקשה להפסיק', agent: { name: 'Dana' } },
      { kind: 'data', isGiven: true, how: 'form', text: 'אפשר לשמור', agent: null },
    ]);
    expect(await house.json<Contact>('GET', `/api/contacts/${contact.id}`)).toMatchObject({ consent: null });
    const first = await house.json<List<Consent>>('GET', `${at}?limit=1`);
    expect((await house.json<List<Consent>>('GET', `${at}?limit=1&cursor=${first.next}`)).items).toEqual([items[1]]);
  });

  test('a company has its people, a name that follows it into their files, and goes only without them', async () => {
    const house = await open();
    const company = await makeCompany(house, 'משתלות הגליל בע״מ', { domain: 'Galil.example', externalId: '7', phone: '04-1234567' });
    expect(company).toMatchObject({ domain: 'galil.example', phone: '+97241234567', peopleCount: 0 });
    await makeCompany(house, 'Acme Greenhouses');
    const people = await Promise.all(['א', 'ב', 'ג'].map((name) => makeContact(house, { name, companyId: company.id })));
    const at = `/api/companies/${company.id}`;
    const page = await house.json<List<Contact>>('GET', `${at}/people?limit=2`);
    const rest = await house.json<List<Contact>>('GET', `${at}/people?limit=2&cursor=${page.next}`);
    expect([...page.items, ...rest.items].map(({ id }) => id).sort()).toEqual(people.map(({ id }) => id).sort());
    const found = async (q: string) =>
      (await house.json<List<Company>>('GET', `/api/companies?q=${encodeURIComponent(q)}`)).items.map(({ name }) => name);
    expect(await found('גליל')).toEqual([]);
    expect(await found('הגל')).toEqual(['משתלות הגליל בע״מ']);
    expect(await found('green ac')).toEqual(['Acme Greenhouses']);
    const first = await house.json<List<Company>>('GET', '/api/companies?limit=1');
    const second = await house.json<List<Company>>('GET', `/api/companies?limit=1&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Acme Greenhouses', 'משתלות הגליל בע״מ']);
    expect(await refusal(house, 'POST', '/api/companies', { id: nanoid(), name: 'x', externalId: '7' })).toMatchObject({
      code: 'conflict',
      field: 'externalId',
      subjectId: company.id,
    });
    const dana = await house.agent();
    const told = nextFact<Contact>(dana.socket, 'contact:changed');
    await house.json('PATCH', at, { name: 'גליל ירוק', was: { name: company.name } });
    expect(await told).toMatchObject({ company: 'גליל ירוק' });
    expect(await refusal(house, 'PATCH', at, { name: 'אחר', was: { name: company.name } })).toMatchObject({ code: 'stale', field: 'name' });
    expect(await found('ירוק')).toEqual(['גליל ירוק']);
    expect((await house.json<List<Contact>>('GET', '/api/contacts?q=ירוק')).items).toHaveLength(3);
    expect(await refusal(house, 'DELETE', at)).toMatchObject({ code: 'conflict', field: 'people' });
    expect((await house.call('DELETE', `${at}?detach=1`)).status).toBe(204);
    expect(await house.json('GET', `/api/contacts/${people[0]?.id}`)).toMatchObject({ company: 'גליל ירוק', companyId: null });
  });

  test('an agent erases a person: nothing of the file is left, nothing comes into it, and twice is once', async () => {
    const house = await open();
    await house.json('POST', '/api/fields', { id: nanoid(), entity: 'contact', key: 'note', name: 'Note', kind: 'text' });
    const { socket, conversationId } = await writeIn(house, 'סודי');
    await get(socket, 'visitor:identify', { name: 'רות', email: 'ruth@example.com', consent: true });
    const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
    const at = `/api/contacts/${contact.id}`;
    await house.json('PATCH', at, { tags: ['VIP'], values: { note: 'secret' } });
    const editor = await makeRole(house, 'editor', ['conversations:view-all', 'contacts:view-details', 'contacts:edit']);
    const [clerk, sara] = [await house.hire('Clerk', editor.id), await house.hire('Sara', 'supervisor')];
    const by = ({ cookie }: { cookie: string }) => house.call('DELETE', at, undefined, { cookie });
    expect((await by(clerk)).status).toBe(403);
    for (let tries = 0; tries < 2; tries += 1) expect((await by(sara)).status).toBe(204);
    const file = await house.json<Contact>('GET', at);
    expect(file).toMatchObject({ name: null, identities: [], tags: [], values: {}, fields: {} });
    expect(file.erasedAt).toBeDefined();
    expect((await house.json<List<Consent>>('GET', `${at}/consents`)).items).toEqual([]);
    expect(await house.json('GET', '/api/contact-tags')).toMatchObject({ items: [] });
    for (const [method, path, body] of [
      ['PATCH', '', { name: 'x' }],
      ['PATCH', '', { tags: ['x'] }],
      ['POST', '/identities', { kind: 'email', value: 'ruth@example.com' }],
      ['POST', '/consents', { id: nanoid(), kind: 'email', isGiven: true, how: 'phone' }],
    ] as const) {
      expect(await refusal(house, method, at + path, body), path).toMatchObject({ status: 409, code: 'conflict' });
    }
    expect(JSON.stringify(await house.json('GET', `/api/conversations/${conversationId}/messages`))).not.toContain('סודי');
  });

  test('a lead that turns out to be a known person brings along its fields, tags and consents', async () => {
    const house = await open();
    await house.json('POST', '/api/fields', { id: nanoid(), entity: 'contact', key: 'size', name: 'Size', kind: 'text' });
    await house.json('POST', '/api/fields', { id: nanoid(), entity: 'contact', key: 'shoe', name: 'Shoe', kind: 'number' });
    const known = await makeContact(house, {
      tags: ['known'],
      values: { size: 'M' },
      identities: [{ kind: 'external', value: 'ruth', isVerified: true }],
    });
    const { openSigningSite } = await import('../helpers/signing-site.ts');
    const site = await openSigningSite(house, 'HS256');
    const { socket, conversationId } = await writeIn(house, 'שלום');
    await get(socket, 'visitor:identify', { consent: true, consentText: 'כן', email: 'ruth@example.com', fields: { shoe: '38' } });
    const { contact: lead } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
    await house.json('PATCH', `/api/contacts/${lead.id}`, { tags: ['lead'], values: { size: 'L' } });
    await get(socket, 'visitor:identify', { identity: await site.sign({ sub: 'ruth' }) });
    const file = await house.json<Contact>('GET', `/api/contacts/${known.id}`);
    expect(file).toMatchObject({ tags: ['known', 'lead'], values: { size: 'M', shoe: 38 } });
    expect(file.identities.map(({ value }) => value).sort()).toEqual(['ruth', 'ruth@example.com']);
    expect((await house.json<List<Consent>>('GET', `/api/contacts/${known.id}/consents`)).items).toMatchObject([
      { text: 'כן', how: 'form' },
    ]);
    expect((await house.call('GET', `/api/contacts/${lead.id}`)).status).toBe(404);
  });
});
