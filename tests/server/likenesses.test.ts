import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { findLikenesses } from '../../server/merging/likeness-finding.ts';
import { likenessOfNames, nameWords } from '../../server/merging/name-likeness.ts';
import type { Comparison, Likeness } from '../../shared/merging.ts';
import { makeRole } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, nextFact } from '../helpers/house.ts';
import { fileOf, type List, likenessesOf, merge, newcomer } from './merging-scene.ts';

const alike = (one: string, other: string) => likenessOfNames(nameWords(one), nameWords(other));

test('names are one person’s in any order, with a slip of the finger, without the second name, and in another alphabet', () => {
  expect(alike('Ruth Cohen', 'cohen ruth')).toBe('same');
  expect(alike('רות כהן', 'רוּת כהן')).toBe('same');
  expect(alike('Jonathan Levi', 'Jonatan Levi')).toBe('near');
  expect(alike('Ruth Miriam Cohen', 'Ruth Cohen')).toBe('near');
  expect(alike('רות כהן', 'Ruth Cohen')).toBe('near');
  expect(alike('דוד לוי', 'David Levi')).toBe('near');
  expect(alike('אברהם שטרן', 'Avraham Stern')).toBe('near');
  expect(alike('Ruth Cohen', 'Noa Cohen')).toBe(null);
  expect(alike('Ruth', 'Ruth Cohen')).toBe(null);
  expect(alike('Dan Levi', 'Ron Levi')).toBe(null);
  expect(alike('', 'Ruth')).toBe(null);
});

/** A file that an agent has made. */
async function made(house: House, told: { name?: string; company?: string; email?: string; phone?: string }): Promise<string> {
  const id = nanoid();
  const { email, phone, ...rest } = told;
  const identities = [...(email ? [{ kind: 'email', value: email }] : []), ...(phone ? [{ kind: 'phone', value: phone }] : [])];
  await house.json('POST', '/api/contacts', { id, ...rest, identities });
  return id;
}

/** The search has learnt of everything, and everything was looked at. */
async function settled(house: House): Promise<void> {
  const { db } = house.server.app.storage;
  await expect
    .poll(
      async () => [
        await db.selectFrom('contactChange').select('contactId').execute(),
        await db.selectFrom('contactLikenessDue').select('contactId').execute(),
      ],
      { timeout: 20_000 },
    )
    .toEqual([[], []]);
}

describe.each(databases)('on $name', ({ open }) => {
  test('files are proposed by what they share, the most likely first, and a name alone is nothing', async () => {
    const house = await open();
    const ruth = await made(house, { name: 'Ruth Cohen', company: 'Cacti Ltd', email: 'ruth.cohen@cacti.example', phone: '050-123 4567' });
    const samePhone = await made(house, { name: 'R. Cohen', phone: '0501234567' });
    const sameCompany = await made(house, { name: 'Ruth Cohen', company: 'cacti בע"מ' });
    const sameDomain = await made(house, { name: 'Ruht Cohen', email: 'office@cacti.example' });
    const otherLetters = await made(house, { name: 'רות כהן', company: 'Cacti' });
    const sameBox = await made(house, { name: 'Ruth Cohen', email: 'ruthcohen@gmail.com' });
    await made(house, { name: 'Ruth Cohen' });
    await made(house, { name: 'Noa Bar', company: 'Cacti' });
    await made(house, { name: 'Noa Bar', email: 'noa@gmail.com' });
    await settled(house);
    const found = await findLikenesses(house.server.app, ruth);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set([samePhone, sameCompany, sameDomain, otherLetters, sameBox]));
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
    const signs = (id: string) => found.find((one) => one.id === id)?.reasons.map(({ sign }) => sign);
    expect(signs(sameCompany)).toEqual(['name', 'company']);
    expect(signs(sameDomain)).toEqual(['near-name', 'domain']);
    expect(signs(otherLetters)).toEqual(['near-name', 'company']);
    expect(signs(sameBox)).toEqual(['name', 'mailbox']);
    const page = await house.json<List<Likeness>>('GET', '/api/duplicates?limit=2');
    expect(page.items).toHaveLength(2);
    const rest = await house.json<List<Likeness>>('GET', `/api/duplicates?limit=200&cursor=${page.next}`);
    const ids = [...page.items, ...rest.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...page.items, ...rest.items].map(({ score }) => score)).toEqual(
      [...page.items, ...rest.items].map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });

  test('what no longer speaks for two files is proposed no more, and whom one was not the merged file is not either', async () => {
    const house = await open();
    const ruth = await made(house, { name: 'Ruth Cohen', phone: '050-123 4567' });
    const noa = await made(house, { name: 'Noa Bar', phone: '050-123 4567' });
    const twin = await made(house, { name: 'Ruth Cohen', phone: '050-123 4567' });
    await settled(house);
    const refused = (await likenessesOf(house, noa)).find(({ contact, other }) => [contact.id, other.id].includes(twin));
    // Whoever looks at the proposals hears what others decide.
    const colleague = await house.agent((await house.hire('Rina', 'supervisor')).cookie);
    const hears = () => nextFact(colleague.socket, 'likenesses:changed');
    const heardRefusal = hears();
    await house.call('POST', `/api/likenesses/${refused?.id}/refuse`);
    await heardRefusal;
    const heardMerge = hears();
    await merge(house, ruth, twin);
    await heardMerge;
    await settled(house);
    expect((await likenessesOf(house, noa)).map(({ contact, other }) => [contact.id, other.id].sort())).toEqual([[ruth, noa].sort()]);
    await house.json('PATCH', `/api/contacts/${ruth}`, { phone: '050-765 4321' });
    await settled(house);
    expect(await likenessesOf(house, noa)).toEqual([]);
  });

  test('a refusal by a slip of the hand is taken back: what speaks for the two by then is proposed again, and two that became one are not', async () => {
    const house = await open();
    const ruth = await made(house, { name: 'Ruth Cohen', phone: '050-123 4567' });
    const twin = await made(house, { name: 'Ruth Cohen', phone: '050-123 4567', email: 'ruth@example.com' });
    await settled(house);
    const [likeness] = await likenessesOf(house, ruth);
    const change = (decision: 'refuse' | 'reopen') => house.call('POST', `/api/likenesses/${likeness?.id}/${decision}`);
    await change('refuse');
    await house.json('PATCH', `/api/contacts/${ruth}`, { email: 'ruth@example.com' });
    await settled(house);
    expect(await likenessesOf(house, ruth)).toEqual([]);
    const colleague = await house.agent((await house.hire('Rina', 'supervisor')).cookie);
    const heard = nextFact(colleague.socket, 'likenesses:changed');
    expect((await change('reopen')).status).toBe(204);
    await heard;
    // Again, after a lost reply.
    expect((await change('reopen')).status).toBe(204);
    await settled(house);
    const [again] = await likenessesOf(house, twin);
    expect(again?.id).toBe(likeness?.id);
    expect(again?.reasons.map(({ sign }) => sign)).toContain('email');
    await merge(house, ruth, twin);
    expect((await change('reopen')).status).toBe(409);
  });

  test('who may not see how to reach people compares without seeing it, and chooses no field that it may not change', async () => {
    const house = await open();
    const role = await makeRole(house, 'merger', ['conversations:view-all', 'contacts:merge']);
    const { cookie } = await house.hire('Rina', role.id);
    const one = await newcomer(house, { name: 'Ruth', phone: '050-123 4567', fields: { address: 'Secret street 1' } });
    const other = await newcomer(house, { name: 'Ruti', phone: '050-123 4567', fields: { address: 'Secret street 2' } });
    const field = {
      id: nanoid(),
      entity: 'contact',
      key: 'grade',
      name: 'Grade',
      kind: 'text',
      viewRoles: [role.id],
      editRoles: ['supervisor'],
    };
    await house.json('POST', '/api/fields', field);
    await house.json('PATCH', `/api/contacts/${one.contactId}`, { values: { grade: 'A' } });
    await house.json('PATCH', `/api/contacts/${other.contactId}`, { values: { grade: 'B' } });
    const colleagues = ['anna@secretfirm.example', 'anna.k@secretfirm.example'];
    const people = colleagues.map((value) => ({ id: nanoid(), name: 'Anna Karp', identities: [{ kind: 'email', value }] }));
    for (const person of people) await house.json('POST', '/api/contacts', person);
    await settled(house);
    const proposed = await house.json<List<Likeness>>('GET', '/api/duplicates');
    expect(JSON.stringify(proposed)).toContain('"domain","value":"secretfirm.example"');
    const path = `/api/contacts/${one.contactId}/comparison?otherId=${other.contactId}`;
    const seen = await house.json<Comparison>('GET', path, undefined, { cookie });
    const text = JSON.stringify([seen, await house.json('GET', '/api/duplicates', undefined, { cookie })]);
    expect(text).not.toContain('Secret street');
    expect(text).not.toContain('972501234567');
    expect(text).not.toContain('secretfirm');
    expect(seen.facts.find(({ label }) => label === 'address')).toMatchObject({ kind: 'hidden', isSame: false });
    expect(seen.facts.find(({ label }) => label === 'Grade')).toMatchObject({ this: 'A', other: 'B', mayChoose: false });
    const request = { id: nanoid(), otherId: other.contactId };
    const wish = (keep: Record<string, string>) =>
      house.call('POST', `/api/contacts/${one.contactId}/merge`, { ...request, keep }, { cookie });
    expect((await wish({ [`field:${field.id}`]: 'other' })).status).toBe(403);
    expect((await wish({ 'told:address': 'other' })).status).toBe(200);
    expect(await fileOf(house, one.contactId)).toMatchObject({ fields: { address: 'Secret street 2' }, values: { grade: 'A' } });
  });

  test('a number that many share is an office’s: it proposes nobody by itself', async () => {
    const house = await open();
    for (let at = 0; at < 6; at += 1) await made(house, { name: `Person ${'abcdef'[at]}xyz`, phone: '03-123 4567' });
    await settled(house);
    expect((await house.json<List<Likeness>>('GET', '/api/duplicates')).items).toEqual([]);
    const visitor = await newcomer(house);
    await get(visitor.socket, 'visitor:identify', { phone: '03-123 4567' });
    await settled(house);
    expect(await likenessesOf(house, visitor.contactId)).toEqual([]);
  });
});
