import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Permission } from '../../shared/agent.ts';
import type { Contact } from '../../shared/contact.ts';
import type { CustomField, FieldValues } from '../../shared/custom-fields.ts';
import type { OpenedConversation } from '../../shared/events.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear, nextFact } from '../helpers/house.ts';

type Wish = Partial<CustomField> & Pick<CustomField, 'key' | 'kind'>;

function makeField(house: House, wish: Wish): Promise<CustomField> {
  return house.json<CustomField>('POST', '/api/fields', { id: nanoid(), entity: 'contact', name: wish.key, ...wish });
}

async function makeContact(house: House, values: FieldValues = {}): Promise<Contact> {
  return house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name: 'רות', values });
}

async function refusal(house: House, method: string, at: string, body: unknown, headers = {}) {
  const response = await house.call(method, at, body, headers);
  return { status: response.status, ...((await response.json()) as { code?: string; field?: string; subjectId?: string }) };
}

describe.each(databases)('on $name', ({ open }) => {
  test('what stands in a field is what its kind can hold, and anything else is refused at that field', async () => {
    const house = await open();
    const [small, large] = [nanoid(), nanoid()];
    const choices = [
      { id: small, label: 'קטן' },
      { id: large, label: 'Large' },
    ];
    await makeField(house, { key: 'note', kind: 'text' });
    await makeField(house, { key: 'height', kind: 'number' });
    await makeField(house, { key: 'born', kind: 'date' });
    await makeField(house, { key: 'size', kind: 'choice', choices });
    await makeField(house, { key: 'vip', kind: 'yes-no' });
    await makeField(house, { key: 'credit', kind: 'money', currency: 'ILS' });
    await makeField(house, { key: 'site', kind: 'link' });
    const right = {
      note: 'אוהבת קקטוסים',
      height: 1.65,
      born: '1984-02-29',
      size: large,
      vip: true,
      credit: 12_345,
      site: 'https://ruth.example/a?b',
    };
    const contact = await makeContact(house, right);
    expect(contact.values).toEqual(right);
    const wrong: Record<string, unknown[]> = {
      note: [1, true, ' '],
      height: ['1', true, 1e14],
      born: ['1983-02-29', '29.2.1984', 5, '1984-13-01', '0001-01-01'],
      size: ['Large', nanoid(), 1],
      vip: ['yes', 1],
      credit: [1.5, '12', 1e14],
      site: ['ruth.example', 'javascript:alert(1)', 'https://', 'https://user@evil.example/', 7],
      nothing: ['x'],
    };
    for (const [key, values] of Object.entries(wrong)) {
      for (const value of values) {
        const refused = await refusal(house, 'PATCH', `/api/contacts/${contact.id}`, { name: 'לא', values: { note: 'לא', [key]: value } });
        expect(refused, `${key}: ${value}`).toMatchObject({ status: 400, code: 'invalid', field: `values.${key}` });
      }
    }
    const after = await house.json<Contact>('GET', `/api/contacts/${contact.id}`);
    expect(after).toMatchObject({ name: 'רות', values: right });
    const emptied = await house.json<Contact>('PATCH', `/api/contacts/${contact.id}`, { values: { note: null, vip: false } });
    expect(emptied.values).toEqual({ ...right, vip: false, note: undefined });
  });

  test('a field has a key of its own for good, is put in order, put away and brought back with all that stands in it', async () => {
    const house = await open();
    const size = await makeField(house, { key: 'size', kind: 'text' });
    const shoe = await makeField(house, { key: 'shoe', kind: 'number' });
    expect(
      await refusal(house, 'POST', '/api/fields', { id: nanoid(), entity: 'contact', name: 'x', key: 'size', kind: 'date' }),
    ).toMatchObject({
      code: 'conflict',
      field: 'key',
    });
    expect(await house.json('POST', '/api/fields', { id: size.id, entity: 'contact', name: 'size', key: 'size', kind: 'text' })).toEqual(
      size,
    );
    const { id } = await makeContact(house, { size: 'XL', shoe: 38.5 });
    const keys = async (query = '') =>
      (await house.json<{ items: CustomField[] }>('GET', `/api/fields?entity=contact${query}`)).items.map(({ key }) => key);
    await house.json('POST', '/api/fields/order', { entity: 'contact', ids: [shoe.id] });
    expect(await keys()).toEqual(['shoe', 'size']);
    await house.json('PATCH', `/api/fields/${size.id}`, { isArchived: true });
    expect(await keys()).toEqual(['shoe']);
    expect(await keys('&include=all')).toEqual(['shoe', 'size']);
    expect((await house.json<Contact>('GET', `/api/contacts/${id}`)).values).toEqual({ shoe: 38.5 });
    expect(await refusal(house, 'PATCH', `/api/contacts/${id}`, { values: { size: 'S' } })).toMatchObject({
      code: 'invalid',
      field: 'values.size',
    });
    await house.json('PATCH', `/api/fields/${size.id}`, { isArchived: false });
    expect((await house.json<Contact>('GET', `/api/contacts/${id}`)).values).toEqual({ shoe: 38.5, size: 'XL' });
  });

  test('a choice that a file holds can be read there after it is no longer offered', async () => {
    const house = await open();
    const [red, blue, green] = [nanoid(), nanoid(), nanoid()];
    const choices = [
      { id: red, label: 'אדום' },
      { id: blue, label: 'כחול' },
      { id: green, label: 'ירוק' },
    ];
    const field = await makeField(house, { key: 'colour', kind: 'choice', choices });
    const { id } = await makeContact(house, { colour: red });
    const changed = await house.json<CustomField>('PATCH', `/api/fields/${field.id}`, { choices: [{ id: green, label: 'ירקרק' }] });
    expect(changed.choices).toEqual([
      { id: green, label: 'ירקרק' },
      { id: red, label: 'אדום', isArchived: true },
    ]);
    expect((await house.json<Contact>('PATCH', `/api/contacts/${id}`, { name: 'x', values: { colour: red } })).values).toEqual({
      colour: red,
    });
    await house.json('PATCH', `/api/contacts/${id}`, { values: { colour: green } });
    expect(await refusal(house, 'PATCH', `/api/contacts/${id}`, { values: { colour: red } })).toMatchObject({ field: 'values.colour' });
    expect(await refusal(house, 'PATCH', `/api/fields/${field.id}`, { choices: [] })).toMatchObject({ code: 'invalid', field: 'choices' });
  });

  test('of two administrators who change one field the second hears of it', async () => {
    const house = await open();
    const field = await makeField(house, { key: 'size', kind: 'text' });
    const expectedUpdatedAt = field.updatedAt;
    await house.json('PATCH', `/api/fields/${field.id}`, { name: 'מידה', expectedUpdatedAt });
    expect(await refusal(house, 'PATCH', `/api/fields/${field.id}`, { name: 'גודל', expectedUpdatedAt })).toMatchObject({
      code: 'conflict',
    });
    expect((await house.json<{ items: CustomField[] }>('GET', '/api/fields')).items).toMatchObject([{ name: 'מידה' }]);
  });

  test('what a visitor tells goes into the empty field of the same key, if it can be read', async () => {
    const house = await open();
    await makeField(house, { key: 'born', kind: 'date' });
    await makeField(house, { key: 'pots', kind: 'number' });
    await makeField(house, { key: 'member', kind: 'yes-no' });
    const { socket } = await house.visitor();
    await get(socket, 'visitor:identify', { fields: { born: '29/02/1984', pots: 'הרבה', member: 'כן', other: 'x' } });
    await get(socket, 'visitor:identify', { fields: { born: '1.1.2000', pots: '1,200' } });
    const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
    expect(items).toMatchObject([{ values: { born: '1984-02-29', member: true, pots: 1_200 }, fields: { born: '1.1.2000', other: 'x' } }]);
  });

  test('a field for few is shown to no program that was made without the details, whoever made it', async () => {
    const house = await open();
    await makeField(house, { key: 'id_number', kind: 'text', viewRoles: ['supervisor'], editRoles: ['supervisor'] });
    const { conversationId, socket } = await writeIn(house, 'שלום');
    const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
    const at = `/api/contacts/${contact.id}`;
    await house.json('PATCH', at, { values: { id_number: '039337423' } });
    const narrow: Permission[] = ['contacts:edit', 'conversations:view-all'];
    for (const scopes of [narrow, [...narrow, 'contacts:view-details']]) {
      const isWide = scopes.length > narrow.length;
      const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'Shop', scopes, expiresAt: null });
      const by = { cookie: '', Authorization: `Bearer ${token}` };
      const lists = await Promise.all(
        [at, '/api/contacts', '/api/fields', `${at}/timeline`].map((path) => house.json('GET', path, undefined, by)),
      );
      const program = house.dial('/agent', { auth: { token } });
      await new Promise((resolve) => program.once('session:started', resolve));
      const told = nextFact<Contact>(program, 'contact:changed');
      await get(socket, 'visitor:identify', { name: `Ruth ${isWide}` });
      const changed = await told;
      for (const seen of [...lists, changed]) expect(JSON.stringify(seen).includes('id_number')).toBe(isWide);
      for (const seen of [lists[0], changed]) expect(JSON.stringify(seen).includes('039337423')).toBe(isWide);
      const answer = await house.call('PATCH', at, { values: { id_number: '039337423' } }, by);
      expect(answer.status).toBe(isWide ? 200 : 400);
    }
  });

  test('a field that a role may not see never crosses the wire, on any way, and one that it may only see stays as it is', async () => {
    const house = await open();
    const may: Permission[] = ['conversations:view-all', 'contacts:view-details', 'contacts:edit', 'purchases:view'];
    const [chief, clerk] = [await makeRole(house, 'chief', [...may]), await makeRole(house, 'clerk', may.slice(0, 3))];
    const masked = await makeRole(house, 'masked', ['conversations:view-all', 'contacts:edit']);
    const blind = await makeRole(house, 'blind', ['conversations:view-all']);
    await makeField(house, { key: 'margin', kind: 'text', viewRoles: [chief.id] });
    await makeField(house, { key: 'grade', kind: 'text', viewRoles: [chief.id, clerk.id, masked.id], editRoles: [chief.id] });
    await makeField(house, { key: 'note', kind: 'text' });
    const { conversationId, socket } = await writeIn(house, 'שלום');
    const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
    const at = `/api/contacts/${contact.id}`;
    await house.json('PATCH', at, { values: { margin: 'secret-margin', grade: 'grade-A', note: 'the-note' } });
    const seen = {
      chief: { margin: 'secret-margin', grade: 'grade-A', note: 'the-note' },
      clerk: { grade: 'grade-A', note: 'the-note' },
      masked: { grade: 'grade-A' },
      blind: {},
    };
    for (const [name, role] of Object.entries({ chief, clerk, masked, blind })) {
      const values = seen[name as keyof typeof seen];
      const { cookie } = await house.hire(name[0]?.toUpperCase() + name.slice(1), role.id);
      const agent = await house.agent(cookie);
      const facts = hear<unknown>(agent.socket, 'contact:changed');
      const opened = await get<OpenedConversation>(agent.socket, 'conversation:open', { conversationId });
      expect(opened.contact.values, name).toEqual(values);
      expect(opened.contact.purchases === null, name).toBe(name !== 'chief');
      const told = name === 'blind' ? null : nextFact<Contact>(agent.socket, 'contact:changed');
      await get(socket, 'visitor:identify', { name: `Ruth for ${name}` });
      if (told) expect((await told).values, name).toEqual(values);
      const file = await house.call('GET', at, undefined, { cookie });
      const list = await house.call('GET', '/api/contacts', undefined, { cookie });
      const fields = await house.json<{ items: CustomField[] }>('GET', '/api/fields', undefined, { cookie });
      expect(fields.items.map(({ key }) => key)).toEqual(Object.keys(values));
      const heard = [await file.text(), await list.text(), JSON.stringify([opened, facts])].join();
      for (const value of Object.values(seen.chief)) {
        expect(heard.includes(value), `${value} by ${name}`).toBe((Object.values(values) as string[]).includes(value));
      }
      if (name === 'blind') expect(facts).toEqual([]);
      // Saying what may stand there would tell what does.
      const patched = await refusal(house, 'PATCH', at, { values: { margin: 'mine' } }, { cookie });
      if (name === 'clerk' || name === 'masked') expect(patched).toMatchObject({ status: 400, code: 'invalid', field: 'values.margin' });
      if (name === 'blind') expect(patched).toMatchObject({ status: 403 });
      const graded = await refusal(house, 'PATCH', at, { values: { grade: 'grade-B' } }, { cookie });
      if (name !== 'chief') expect(graded, name).toMatchObject({ status: 403 });
      else await house.json('PATCH', at, { values: { margin: 'secret-margin', grade: 'grade-A' } });
    }
    expect((await house.json<Contact>('GET', at)).values).toEqual(seen.chief);
  });
});
