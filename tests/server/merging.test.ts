import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Consent } from '../../shared/consent.ts';
import type { Contact, Visitor } from '../../shared/contact.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Comparison, Merged } from '../../shared/merging.ts';
import type { ExportedData } from '../../shared/own-record.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { makeRole } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, nextFact } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';
import { thingKinds, things } from './filed-things.ts';
import {
  conversationIdsOf,
  fileOf,
  type List,
  likenessesOf,
  merge,
  mergesOf,
  newcomer,
  post,
  refusalOf,
  said,
  split,
  undo,
} from './merging-scene.ts';

const ruthTold = { name: 'Ruth', email: 'ruth@home.example', phone: '050-123 4567', fields: { size: 'L' }, consent: true };

describe.each(databases)('on $name', ({ open }) => {
  test('two files become one: everything stands in it, and what led to the other leads to it', async () => {
    const house = await open();
    const agent = await house.agent();
    const ruth = await newcomer(house, ruthTold);
    const other = await newcomer(house, { name: 'Ruti', email: 'ruth@work.example', phone: '050-123 4567', fields: { colour: 'red' } });
    const changed = nextFact<Contact>(agent.socket, 'contact:changed', ({ id }) => id === ruth.contactId);
    const renamed = nextFact<{ id: string; contact: { id: string } }>(
      agent.socket,
      'conversation:changed',
      ({ id, contact }) => id === other.conversationId && contact.id === ruth.contactId,
    );
    const { merge: made, contact } = await merge(house, ruth.contactId, other.contactId);
    expect(contact).toMatchObject({ id: ruth.contactId, name: 'Ruth' });
    expect(made).toMatchObject({ fromId: other.contactId, name: 'Ruti', by: { name: 'Dana' }, canUndo: true });
    expect(made.moved).toEqual({ conversation: 1, visitor: 1, identity: 1 });
    expect(said(await fileOf(house, ruth.contactId))).toMatchObject({
      name: 'Ruth',
      fields: { size: 'L', colour: 'red' },
      reached: ['email ruth@home.example false', 'email ruth@work.example false', 'phone +972501234567 false'],
    });
    expect(await conversationIdsOf(house, ruth.contactId)).toEqual([ruth.conversationId, other.conversationId].sort());
    expect(await fileOf(house, other.contactId)).toMatchObject({ id: ruth.contactId, name: 'Ruth' });
    expect(await house.json('GET', `/api/contacts/${other.contactId}/merges`)).toMatchObject({ items: [{ id: made.id }] });
    expect((await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items.map(({ id }) => id)).toEqual([ruth.contactId]);
    expect((await changed).fields).toEqual({ size: 'L', colour: 'red' });
    await renamed;
  });

  test('whoever merges says field by field whose word counts', async () => {
    const house = await open();
    const ruth = await newcomer(house, ruthTold);
    const other = await newcomer(house, { name: 'Ruti', company: 'Cacti', fields: { size: 'S' } });
    const seen = await house.json<Comparison>('GET', `/api/contacts/${ruth.contactId}/comparison?otherId=${other.contactId}`);
    const row = (key: string) => seen.facts.find((fact) => fact.key === key);
    expect(row('name')).toMatchObject({ this: 'Ruth', other: 'Ruti', isSame: false, suggested: 'this' });
    expect(row('company')).toMatchObject({ this: null, other: 'Cacti', suggested: 'other' });
    expect(row('told:size')).toMatchObject({ label: 'size', this: 'L', other: 'S' });
    expect(seen.moves).toEqual({ conversation: 1, visitor: 1 });
    await merge(house, ruth.contactId, other.contactId, { name: { value: 'Ruth Cohen' }, 'told:size': 'other', company: 'this' });
    expect(said(await fileOf(house, ruth.contactId))).toMatchObject({ name: 'Ruth Cohen', company: null, fields: { size: 'S' } });
    const third = await newcomer(house);
    const wrong = { id: nanoid(), otherId: third.contactId, keep: { block: 'this' } };
    expect(await refusalOf(house, 'POST', `/api/contacts/${ruth.contactId}/merge`, wrong)).toMatchObject({
      code: 'invalid',
      field: 'keep',
    });
  });

  test('the timeline of the file that stays tells field by field what a merge took from whom, as far as the reader may see it', async () => {
    const house = await open();
    const field = { id: nanoid(), entity: 'contact', name: 'Plan', key: 'plan', kind: 'text' };
    await house.json('POST', '/api/fields', field);
    const ruth = await newcomer(house, ruthTold);
    const other = await newcomer(house, { name: 'Ruti', company: 'Cacti', phone: '050-765 4321', fields: { size: 'S' } });
    await house.json('PATCH', `/api/contacts/${other.contactId}`, { values: { plan: 'gold' }, tags: ['vip'] });
    const { merge: made } = await merge(house, ruth.contactId, other.contactId, { 'told:size': 'other' });
    const changesOf = async (contactId: string, cookie = house.cookie) => {
      const at = `/api/contacts/${contactId}/timeline?kinds=change`;
      const { items } = await house.json<TimelinePage>('GET', at, undefined, { cookie });
      return items.map(({ agent, changes = [] }) => ({ by: agent?.name ?? null, changes }));
    };
    const [told] = await changesOf(ruth.contactId);
    expect(told?.by).toBe('Dana');
    expect(told?.changes).toEqual(
      expect.arrayContaining([
        { field: 'merged', name: null, from: null, to: 'Ruti' },
        { field: 'name', name: null, from: 'Ruti', to: 'Ruth', side: 'this' },
        { field: 'company', name: null, from: null, to: 'Cacti', side: 'other' },
        { field: 'told.size', name: 'size', from: 'L', to: 'S', side: 'other' },
        { field: 'values.plan', name: 'Plan', kind: 'text', from: null, to: 'gold', side: 'other' },
        { field: 'tags', name: null, from: null, to: 'vip', side: 'other' },
        { field: 'phone', name: null, from: null, to: '+972507654321', side: 'other' },
      ]),
    );
    const blind = await house.hire('Blind', (await makeRole(house, 'blind', ['contacts:view'])).id);
    expect(JSON.stringify(await changesOf(ruth.contactId, blind.cookie))).not.toMatch(/654321|"S"/);
    await undo(house, made.id);
    // Whoever the other one is is told in its own file only.
    expect((await changesOf(ruth.contactId)).map(({ changes }) => changes)).toEqual([
      [{ field: 'parted', name: null, from: null, to: true }],
      [{ field: 'merged', name: null, from: null, to: true }],
    ]);
    expect((await changesOf(other.contactId))[0]?.changes).toMatchObject([{ field: 'parted' }]);
  });

  test('a merge is taken back: what it moved returns, what was edited stays, what came since stays', async () => {
    const house = await open();
    const ruth = await newcomer(house, ruthTold);
    const other = await newcomer(house, { name: 'Ruti', company: 'Cacti', phone: '050-123 4567', email: 'ruti@work.example' });
    const before = [said(await fileOf(house, ruth.contactId)), said(await fileOf(house, other.contactId))];
    const { merge: made } = await merge(house, ruth.contactId, other.contactId, { name: 'other', company: 'other' });
    await house.json('PATCH', `/api/contacts/${ruth.contactId}`, { name: 'Ruth Levi' });
    await get(ruth.socket, 'conversation:end', { conversationId: ruth.conversationId });
    const later = await post(ruth.socket, 'me again');
    const undone = await undo(house, made.id);
    expect(undone.merge).toMatchObject({ canUndo: false, undoneBy: { name: 'Dana' } });
    expect(said(await fileOf(house, ruth.contactId))).toEqual({ ...before[0], name: 'Ruth Levi' });
    expect(said(await fileOf(house, other.contactId))).toEqual(before[1]);
    expect(await conversationIdsOf(house, other.contactId)).toEqual([other.conversationId]);
    const own = new Set([ruth.conversationId, later.conversation.id]);
    expect(await conversationIdsOf(house, ruth.contactId)).toEqual([...own].sort());
    expect(await undo(house, made.id)).toEqual(undone);
  });

  test('what a browser said while it was taken for somebody else goes back with it', async () => {
    const house = await open();
    const ruth = await newcomer(house, ruthTold);
    const stranger = await newcomer(house, { name: 'Noa' });
    const { merge: made } = await merge(house, ruth.contactId, stranger.contactId);
    await get(stranger.socket, 'visitor:identify', { name: 'Noa Bar', email: 'noa@home.example' });
    await get(stranger.socket, 'conversation:end', { conversationId: stranger.conversationId });
    const later = await post(stranger.socket, 'one more thing');
    expect(await fileOf(house, ruth.contactId)).toMatchObject({ name: 'Ruth' });
    await undo(house, made.id);
    const own = new Set([stranger.conversationId, later.conversation.id]);
    expect(await conversationIdsOf(house, stranger.contactId)).toEqual([...own].sort());
    expect(await conversationIdsOf(house, ruth.contactId)).toEqual([ruth.conversationId]);
    expect((await fileOf(house, stranger.contactId)).identities).toMatchObject([{ value: 'noa@home.example' }]);
  });

  test('of several merges each can be taken back by itself, but one that swallowed the file first', async () => {
    const house = await open();
    const [a, b, c, d] = [
      await newcomer(house, { name: 'A', phone: '050-111 1111' }),
      await newcomer(house, { name: 'B', phone: '050-111 1111', fields: { size: 'L' } }),
      await newcomer(house, { name: 'C', phone: '050-111 1111', fields: { size: 'S' } }),
      await newcomer(house, { name: 'D' }),
    ];
    const start = await Promise.all([a, b, c].map(async ({ contactId }) => said(await fileOf(house, contactId))));
    const first = await merge(house, a.contactId, b.contactId, { name: 'other' });
    const second = await merge(house, a.contactId, c.contactId, { name: 'other' });
    const third = await merge(house, d.contactId, a.contactId);
    expect(await refusalOf(house, 'POST', `/api/merges/${first.merge.id}/undo`)).toMatchObject({ code: 'conflict', field: 'mergedInto' });
    await undo(house, third.merge.id);
    await undo(house, first.merge.id);
    expect(said(await fileOf(house, a.contactId))).toMatchObject({
      name: 'C',
      fields: { size: 'S' },
      reached: ['phone +972501111111 false'],
    });
    await undo(house, second.merge.id);
    expect(await Promise.all([a, b, c].map(async ({ contactId }) => said(await fileOf(house, contactId))))).toEqual(start);
    expect((await mergesOf(house, a.contactId)).items.map(({ canUndo }) => canUndo)).toEqual([false, false]);
  });

  test('what cannot be merged is refused in so many words, and a merge told twice is done once', async () => {
    const house = await open();
    const [a, b, c] = [await newcomer(house), await newcomer(house), await newcomer(house)];
    const into = (id: string) => `/api/contacts/${id}/merge`;
    expect(await refusalOf(house, 'POST', into(a.contactId), { id: nanoid(), otherId: a.contactId })).toMatchObject({ code: 'invalid' });
    expect(await refusalOf(house, 'POST', into(a.contactId), { id: nanoid(), otherId: nanoid() })).toMatchObject({ code: 'not-found' });
    const request = { id: nanoid(), otherId: b.contactId };
    const done = await house.json<Merged>('POST', into(a.contactId), request);
    expect(await house.json('POST', into(a.contactId), request)).toEqual(done);
    expect(await refusalOf(house, 'POST', into(a.contactId), { ...request, otherId: c.contactId })).toMatchObject({ code: 'conflict' });
    expect(await refusalOf(house, 'POST', into(c.contactId), { id: nanoid(), otherId: b.contactId })).toMatchObject({ code: 'conflict' });
    expect(await refusalOf(house, 'POST', into(b.contactId), { id: nanoid(), otherId: a.contactId })).toMatchObject({ code: 'conflict' });
    await get(c.socket, 'data:erase', { confirm: 'erase' });
    expect(await refusalOf(house, 'POST', into(a.contactId), { id: nanoid(), otherId: c.contactId })).toMatchObject({
      code: 'conflict',
      field: 'otherId',
    });
  });

  test('two agents who merge two files crosswise at one moment lose nothing: one is told that it was done', async () => {
    const house = await open();
    for (let round = 0; round < 4; round += 1) {
      const [a, b] = [await newcomer(house), await newcomer(house)];
      const [one, other] = await Promise.all([
        house.call('POST', `/api/contacts/${a.contactId}/merge`, { id: nanoid(), otherId: b.contactId }),
        house.call('POST', `/api/contacts/${b.contactId}/merge`, { id: nanoid(), otherId: a.contactId }),
      ]);
      expect([one.status, other.status].sort()).toEqual([200, 409]);
      const { id } = await fileOf(house, a.contactId);
      expect(await conversationIdsOf(house, id)).toEqual([a.conversationId, b.conversationId].sort());
    }
  });

  test('a visitor who was merged into a customer by an agent sees nothing of that customer, and changes nothing of it', async () => {
    const house = await open();
    const { sign: site } = await openSigningSite(house, 'HS256');
    const ruth = await house.visitor({ identity: await site({ sub: 'ruth', name: 'Ruth Cohen', email: 'ruth@home.example' }) });
    const { conversation } = await post(ruth.socket, 'my secret order');
    const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
    const ruthId = items[0]?.id as string;
    const stranger = await newcomer(house, { name: 'R.', phone: '050-999 9999' });
    await merge(house, ruthId, stranger.contactId);
    expect((await fileOf(house, stranger.contactId)).id).toBe(ruthId);
    const seen = await house.visitor({ token: stranger.token });
    expect(seen.session.visitor).toMatchObject({ name: 'R.', phone: '+972509999999', email: null, isVerified: false });
    const { conversations } = await get<{ conversations: VisitorConversation[] }>(seen.socket, 'conversation:list', {});
    expect(conversations.map(({ id }) => id)).toEqual([stranger.conversationId]);
    expect(await ask(seen.socket, 'message:list', { conversationId: conversation.id })).toMatchObject({ error: { code: 'not-found' } });
    const { visitor } = await get<{ visitor: Visitor }>(seen.socket, 'visitor:identify', { name: 'Mallory', email: 'm@x.example' });
    expect(visitor).toMatchObject({ name: 'Mallory', email: 'm@x.example', phone: '+972509999999' });
    expect(said(await fileOf(house, ruthId))).toMatchObject({
      name: 'Ruth Cohen',
      reached: expect.arrayContaining(['email ruth@home.example true', 'email m@x.example false']),
    });
    const exported = JSON.stringify(await get<ExportedData>(seen.socket, 'data:export', {}));
    expect(exported).not.toContain('ruth@home.example');
    expect(exported).not.toContain('my secret order');
    expect(exported).toContain('Mallory');
    await get(seen.socket, 'data:erase', { confirm: 'erase' });
    expect(await fileOf(house, ruthId)).toMatchObject({
      name: 'Ruth Cohen',
      identities: expect.arrayContaining(['ruth', 'ruth@home.example'].map((value) => expect.objectContaining({ value }))),
    });
    const { db } = house.server.app.storage;
    expect(JSON.stringify(await db.selectFrom('contactMerge').selectAll().execute())).not.toContain('972509999999');
    const back = await house.visitor({ token: ruth.session.token, identity: await site({ sub: 'ruth' }) });
    const own = await get<{ conversations: VisitorConversation[] }>(back.socket, 'conversation:list', {});
    expect(own.conversations.map(({ id }) => id)).toContain(conversation.id);
  });

  test('a lead into which files were merged is closed into the person who signs in: their links lead there, and they can be taken out', async () => {
    const house = await open();
    const { sign: site } = await openSigningSite(house, 'HS256');
    const ruth = await house.visitor({ identity: await site({ sub: 'ruth', name: 'Ruth' }) });
    await post(ruth.socket, 'hello');
    const ruthId = (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items[0]?.id as string;
    const other = await newcomer(house, { name: 'Ruti', phone: '050-111 1111' });
    const lead = await newcomer(house, { name: 'R', company: 'Cacti' });
    const { merge: made } = await merge(house, lead.contactId, other.contactId);
    await get(lead.socket, 'visitor:identify', { identity: await site({ sub: 'ruth' }) });
    expect((await fileOf(house, other.contactId)).id).toBe(ruthId);
    expect(await conversationIdsOf(house, ruthId)).toHaveLength(3);
    await undo(house, made.id);
    expect(await conversationIdsOf(house, other.contactId)).toEqual([other.conversationId]);
    expect(said(await fileOf(house, ruthId))).toMatchObject({ name: 'Ruth', company: 'Cacti' });
    expect(said(await fileOf(house, other.contactId))).toMatchObject({ name: 'Ruti', reached: ['phone +972501111111 false'] });
  });

  test('what a merge that was undone says of a lead goes with the person whose lead it was', async () => {
    const house = await open();
    const { sign: site } = await openSigningSite(house, 'HS256');
    const stranger = await newcomer(house, { name: 'Omar' });
    const lead = await newcomer(house, { name: 'Ruth Private', phone: '050-111 1111' });
    const { merge: made } = await merge(house, stranger.contactId, lead.contactId);
    await undo(house, made.id);
    const ruth = await house.visitor({ identity: await site({ sub: 'ruth', name: 'Ruth' }) });
    await post(ruth.socket, 'hello');
    await get(lead.socket, 'visitor:identify', { identity: await site({ sub: 'ruth' }) });
    expect((await mergesOf(house, stranger.contactId)).items).toMatchObject([{ name: 'Ruth Private', undoneAt: expect.any(Number) }]);
    await get(ruth.socket, 'data:erase', { confirm: 'erase' });
    expect((await mergesOf(house, stranger.contactId)).items).toMatchObject([{ name: null, canUndo: false }]);
    const { db } = house.server.app.storage;
    const kept = JSON.stringify(await db.selectFrom('contactMerge').selectAll().execute());
    for (const trace of ['Ruth Private', '972501111111']) expect(kept).not.toContain(trace);
  });

  test('who agrees in the chat of a file that it was merged into leaves a record of it', async () => {
    const house = await open();
    const [ruth, guest] = [await newcomer(house, { name: 'Ruth' }), await newcomer(house, { name: 'R.' })];
    const { merge: made } = await merge(house, ruth.contactId, guest.contactId);
    await get(guest.socket, 'visitor:identify', { consent: true, consentText: 'You may write to me' });
    const consentsOf = async (id: string) => (await house.json<List<Consent>>('GET', `/api/contacts/${id}/consents`)).items;
    const record = { kind: 'data', isGiven: true, how: 'form', text: 'You may write to me' };
    expect(await consentsOf(ruth.contactId)).toMatchObject([record]);
    // Two files of one person: what was said stands where it was said, and whoever said it takes it along.
    await undo(house, made.id);
    expect(await consentsOf(ruth.contactId)).toEqual([]);
    expect(await consentsOf(guest.contactId)).toMatchObject([record]);
    expect((await fileOf(house, ruth.contactId)).consent).toBeNull();
    expect((await fileOf(house, guest.contactId)).consent).toMatchObject({ text: 'You may write to me' });
  });

  test('who is erased is erased from what was merged as well, and no merge brings it back', async () => {
    const house = await open();
    const { sign: site } = await openSigningSite(house, 'HS256');
    const ruth = await house.visitor({ identity: await site({ sub: 'ruth', name: 'Ruth' }) });
    await post(ruth.socket, 'hello');
    const ruthId = (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items[0]?.id as string;
    const other = await newcomer(house, { name: 'Secretname', phone: '050-111 1111' });
    const { merge: made } = await merge(house, ruthId, other.contactId);
    await get(ruth.socket, 'data:erase', { confirm: 'erase' });
    expect(await refusalOf(house, 'POST', `/api/merges/${made.id}/undo`)).toMatchObject({ code: 'conflict' });
    expect(await mergesOf(house, ruthId)).toMatchObject({ items: [{ name: null, canUndo: false, moved: {} }] });
    const { db } = house.server.app.storage;
    expect(JSON.stringify(await db.selectFrom('contactMerge').selectAll().execute())).not.toContain('Secretname');
    expect(
      await refusalOf(house, 'POST', `/api/contacts/${ruthId}/merge`, { id: nanoid(), otherId: (await newcomer(house)).contactId }),
    ).toMatchObject({
      code: 'conflict',
    });
  });

  test('purchases, tickets and tasks come along with what the customer is worth, and return; nothing new comes into the empty file', async () => {
    const house = await open();
    const [ruth, other] = [await newcomer(house, { name: 'Ruth' }), await newcomer(house, { name: 'Ruti' })];
    const into = (contactId: string) =>
      [
        ['/api/purchases', { id: nanoid(), contactId, currency: 'ILS', at: Date.now(), total: 10_000 }],
        ['/api/tickets', { id: nanoid(), contactId, subject: 'Broken pot' }],
        ['/api/tasks', { id: nanoid(), contactId, phone: '050-777 7777', dueAt: Date.now() + 3_600_000 }],
      ] as const;
    for (const [route, body] of into(other.contactId)) await house.json('POST', route, body);
    const { merge: made } = await merge(house, ruth.contactId, other.contactId);
    expect(made.moved).toMatchObject({ purchase: 1, ticket: 1, task: 1 });
    expect(await fileOf(house, ruth.contactId)).toMatchObject({
      lifecycle: 'customer',
      purchases: { count: 1, total: { amount: 10_000 } },
    });
    for (const [route, body] of into(other.contactId)) {
      const { status } = await house.call('POST', route, body);
      expect(status < 300 || status === 409, `${route}: ${status}`).toBe(true);
    }
    const { db } = house.server.app.storage;
    for (const table of ['purchase', 'ticket', 'task'] as const) {
      expect(await db.selectFrom(table).select('id').where('contactId', '=', other.contactId).execute(), table).toEqual([]);
    }
    await undo(house, made.id);
    expect(await fileOf(house, other.contactId)).toMatchObject({
      lifecycle: 'customer',
      purchases: { count: 1, total: { amount: 10_000 } },
    });
    for (const table of ['purchase', 'ticket', 'task'] as const) {
      expect(await db.selectFrom(table).select('id').where('contactId', '=', other.contactId).execute(), table).toHaveLength(1);
    }
  });

  test('a block follows into the file that is kept, and leaves it when the merge is taken back', async () => {
    const house = await open();
    const [ruth, troll] = [await newcomer(house, { name: 'Ruth' }), await newcomer(house, { name: 'Troll' })];
    await house.json('POST', `/api/contacts/${troll.contactId}/block`, { lasts: 'week' });
    const { merge: made } = await merge(house, ruth.contactId, troll.contactId);
    expect((await fileOf(house, ruth.contactId)).blocked).toBeDefined();
    expect(await ask(ruth.socket, 'message:post', { id: nanoid(), text: 'hello?' })).toMatchObject({ error: { code: 'forbidden' } });
    await undo(house, made.id);
    expect(await ask(ruth.socket, 'message:post', { id: nanoid(), text: 'hello?' })).toMatchObject({ ok: true });
    expect(await ask(troll.socket, 'message:post', { id: nanoid(), text: 'boo' })).toMatchObject({ error: { code: 'forbidden' } });
  });

  test('one file is split: what was chosen goes into a new one with its browser, and the rest stays', async () => {
    const house = await open();
    const ruth = await newcomer(house, ruthTold);
    const noa = await newcomer(house, { name: 'Noa', email: 'noa@home.example' });
    await merge(house, ruth.contactId, noa.contactId);
    const request = {
      id: nanoid(),
      name: 'Noa',
      items: { conversation: [noa.conversationId] },
      identityIds: await identityIds(house, 'noa@home.example'),
    };
    const done = await split(house, ruth.contactId, request);
    expect(done).toMatchObject({
      contact: { id: request.id, name: 'Noa' },
      other: { id: ruth.contactId },
      moved: { conversation: 1, visitor: 1 },
    });
    expect(await conversationIdsOf(house, request.id)).toEqual([noa.conversationId]);
    expect(await conversationIdsOf(house, ruth.contactId)).toEqual([ruth.conversationId]);
    await get(noa.socket, 'conversation:end', { conversationId: noa.conversationId });
    await post(noa.socket, 'me again');
    expect(await conversationIdsOf(house, ruth.contactId)).toEqual([ruth.conversationId]);
    const toldIn = async (contactId: string) =>
      (await house.json<TimelinePage>('GET', `/api/contacts/${contactId}/timeline?kinds=change`)).items[0]?.changes;
    const plainly = { field: 'split', name: null, from: null };
    expect(await toldIn(ruth.contactId)).toEqual([{ ...plainly, to: 'Noa', contactId: request.id }]);
    expect(await toldIn(request.id)).toEqual([{ ...plainly, to: 'Ruth', contactId: ruth.contactId }]);
    await split(house, ruth.contactId, request);
    expect(await refusalOf(house, 'POST', `/api/contacts/${ruth.contactId}/split`, { ...request, id: nanoid() })).toMatchObject({
      code: 'conflict',
    });
    expect(await refusalOf(house, 'POST', `/api/contacts/${ruth.contactId}/split`, { id: nanoid() })).toMatchObject({
      code: 'invalid',
      field: 'items',
    });
    await house.call('DELETE', `/api/contacts/${request.id}`);
    expect(await toldIn(ruth.contactId), 'who was erased is named nowhere').toEqual([{ ...plainly, to: true }]);
  });

  test('whatever stands in a file can be put into a new one, with what hangs on it, and both are worth what is in them', async () => {
    const house = await open();
    const ruth = await newcomer(house, { name: 'Ruth', consent: true });
    const { contactId } = ruth;
    const stages = [{ id: nanoid(), name: 'New', probability: 10 }];
    const pipelineId = nanoid();
    await house.json('POST', '/api/pipelines', { id: pipelineId, name: 'Sales', currency: 'ILS', stages });
    const items: Record<string, string[]> = {};
    for (const kind of thingKinds) items[kind] = [await things[kind].make({ house, contactId, pipelineId, words: `${kind} of Dan` })];
    const stays = await things.purchase.make({ house, contactId, pipelineId, words: 'of Ruth' });
    const { contact, moved } = await split(house, contactId, { name: 'Dan', items });
    expect(moved).toEqual(Object.fromEntries(thingKinds.map((kind) => [kind, 1])));
    const { items: kept } = await house.json<List<{ id: string }>>('GET', `/api/purchases?contactId=${contactId}`);
    expect(kept.map(({ id }) => id)).toEqual([stays]);
    expect(await fileOf(house, contact.id)).toMatchObject({ name: 'Dan', lifecycle: 'customer', purchases: { count: 1 }, consent: null });
    expect(await fileOf(house, contactId)).toMatchObject({ lifecycle: 'customer', purchases: { count: 1 } });
    const { items: told } = await house.json<TimelinePage>('GET', `/api/contacts/${contact.id}/timeline`);
    const seen = new Set(told.map(({ kind }) => kind));
    for (const kind of ['purchase', 'opportunity', 'ticket', 'document', 'note', 'task', 'change'] as const) expect(seen).toContain(kind);
    const refused = await refusalOf(house, 'POST', `/api/contacts/${contactId}/split`, {
      id: nanoid(),
      items: { purchase: items.purchase },
    });
    expect(refused).toMatchObject({ code: 'conflict', field: 'items' });
  });

  test('a visitor who tells a phone that stands in a file is proposed as a claim; refused, it is never proposed again', async () => {
    const house = await open();
    const agent = await house.agent();
    const ruth = await newcomer(house, { name: 'Ruth Cohen' });
    await house.json('PATCH', `/api/contacts/${ruth.contactId}`, { phone: '050-123 4567' });
    const lead = await newcomer(house);
    await expect.poll(() => house.server.app.storage.db.selectFrom('contactLikenessDue').select('contactId').execute()).toEqual([]);
    const told = nextFact<Contact>(agent.socket, 'contact:changed', ({ id }) => id === lead.contactId);
    await get(lead.socket, 'visitor:identify', { phone: '0501234567' });
    await told;
    await expect
      .poll(() => likenessesOf(house, lead.contactId), { timeout: 10_000 })
      .toMatchObject([
        {
          kind: 'claim',
          contact: { id: lead.contactId },
          other: { id: ruth.contactId, name: 'Ruth Cohen' },
          reasons: [{ sign: 'phone', value: '+972501234567' }],
        },
      ]);
    const [claim] = await likenessesOf(house, ruth.contactId);
    const viewer = await house.hire('Avi', 'viewer');
    expect(await likenessesOf(house, lead.contactId, viewer.cookie)).toHaveLength(1);
    expect(await refusalOf(house, 'POST', `/api/likenesses/${claim?.id}/refuse`, {}, { cookie: viewer.cookie })).toMatchObject({
      code: 'forbidden',
    });
    const { cookie } = await house.hire('Noa');
    expect((await house.call('POST', `/api/likenesses/${claim?.id}/refuse`, undefined, { cookie })).status, 'an agent says so').toBe(204);
    await get(lead.socket, 'visitor:identify', { name: 'Ruth Cohen' });
    await expect.poll(async () => (await fileOf(house, lead.contactId)).name).toBe('Ruth Cohen');
    await expect.poll(() => house.server.app.storage.db.selectFrom('contactLikenessDue').select('contactId').execute()).toEqual([]);
    expect(await likenessesOf(house, lead.contactId)).toEqual([]);
  });
});

async function identityIds(house: House, value: string): Promise<string[]> {
  const { db } = house.server.app.storage;
  return (await db.selectFrom('identity').select('id').where('value', '=', value).execute()).map(({ id }) => id);
}
