import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { Permission } from '../../shared/agent.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { AgentSessionStarted, OpenedConversation } from '../../shared/events.ts';
import type { SearchReply } from '../../shared/search.ts';
import type { Task, TaskPage } from '../../shared/task.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, nextFact, openHouse } from '../helpers/house.ts';

/** Everything that a socket hears from now on, whatever it is called. */
function hearAll(socket: Socket): { event: string; text: string }[] {
  const heard: { event: string; text: string }[] = [];
  socket.onAny((event: string, ...fact: unknown[]) => heard.push({ event, text: JSON.stringify(fact) }));
  return heard;
}

const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort();

async function openScopes(house: House) {
  const view = async (name: string, permission: 'own' | 'queue' | 'team') =>
    (await makeRole(house, name, [`conversations:view-${permission}`, 'conversations:reply', 'conversations:assign'])).id;
  const [own, queue, team] = [await view('own', 'own'), await view('queue', 'queue'), await view('team', 'team')];
  const sales = await makeTeam(house, 'מכירות');
  const service = await makeTeam(house, 'שירות');
  const people = {
    oren: await house.hire('Oren', own, [sales.id]),
    keren: await house.hire('Keren', queue, [sales.id]),
    tamar: await house.hire('Tamar', team, [sales.id]),
    shai: await house.hire('Shai', team, [service.id]),
  };
  return { sales, service, people };
}

describe.each(databases)('on $name', ({ open }) => {
  test('each sees what its role lets it see: in the list, when it opens one, and over REST', async () => {
    const house = await open();
    const { sales, service, people } = await openScopes(house);
    const dana = await house.agent();
    const give = (conversationId: string, to: { agentId?: string; teamId?: string }) =>
      get(dana.socket, 'conversation:assign', { conversationId, ...to });
    const [nobodys, ofSales, ofService, orens, danas] = [
      (await writeIn(house, 'a')).conversationId,
      (await writeIn(house, 'b')).conversationId,
      (await writeIn(house, 'c')).conversationId,
      (await writeIn(house, 'd')).conversationId,
      (await writeIn(house, 'e')).conversationId,
    ];
    await give(ofSales, { teamId: sales.id });
    await give(ofService, { teamId: service.id });
    await give(orens, { agentId: people.oren.id });
    await give(danas, { agentId: dana.session.agent.id });
    const expected = {
      oren: [orens],
      keren: [nobodys, ofSales],
      tamar: [nobodys, ofSales, orens],
      shai: [nobodys, ofService],
    };
    for (const [name, ids] of Object.entries(expected)) {
      const { cookie } = people[name as keyof typeof people];
      const { socket, session } = await house.agent(cookie);
      expect(idsOf(session.conversations), name).toEqual(ids.toSorted());
      const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations', undefined, { cookie });
      expect(idsOf(items), name).toEqual(ids.toSorted());
      for (const conversationId of [nobodys, ofSales, ofService, orens, danas]) {
        const reply = await ask<OpenedConversation>(socket, 'conversation:open', { conversationId });
        const status = (await house.call('GET', `/api/conversations/${conversationId}/messages`, undefined, { cookie })).status;
        const seen = ids.includes(conversationId);
        expect([reply.ok || reply.error.code, status], `${name} ${conversationId}`).toEqual(seen ? [true, 200] : ['not-found', 404]);
      }
    }
  });

  test('nothing of a conversation reaches a colleague who may not see it, not even while they knock', async () => {
    const house = await open();
    const { people } = await openScopes(house);
    const dana = await house.agent();
    const visitor = await writeIn(house, 'the first words');
    const { conversationId } = visitor;
    await get(dana.socket, 'conversation:assign', { conversationId, agentId: dana.session.agent.id });
    const foreign = await Promise.all(Object.values(people).map(({ cookie }) => house.agent(cookie)));
    const heard = foreign.map(({ socket }) => hearAll(socket));

    await get(dana.socket, 'conversation:open', { conversationId });
    for (const { socket } of foreign) {
      const knock = ['conversation:open', 'conversation:leave', 'message:list', 'conversation:read', 'conversation:resolve', 'typing:set'];
      await Promise.all(knock.map((event) => ask(socket, event, { conversationId, seq: 1, typing: true })));
      const post = await ask(socket, 'message:post', { id: nanoid(), conversationId, text: 'let me in' });
      expect(post).toMatchObject({ ok: false, error: { code: 'not-found' } });
      expect(await ask(socket, 'conversation:assign', { conversationId, agentId: null })).toMatchObject({ ok: false });
    }
    const told = nextFact(dana.socket, 'message:posted');
    visitor.socket.emit('typing:set', { conversationId, text: 'half a secret' });
    await get(visitor.socket, 'message:post', { id: nanoid(), conversationId, text: 'the whole secret' });
    await told;
    await get(dana.socket, 'message:post', { id: nanoid(), conversationId, text: 'a note about it', visibility: 'internal' });
    await get(dana.socket, 'conversation:tag', { conversationId, tags: ['secret'] });
    // A fact that everybody hears, told after all of these: what would have leaked has arrived by now.
    const last = foreign.map(({ socket }) => nextFact(socket, 'teams:changed'));
    await makeTeam(house, 'the end');
    await Promise.all(last);
    for (const facts of heard) expect(facts.filter(({ text }) => text.includes(conversationId) || text.includes('secret'))).toEqual([]);
  });

  test('a conversation that is given to another team leaves the list and the screen of who had it open', async () => {
    const house = await open();
    const { sales, service, people } = await openScopes(house);
    const dana = await house.agent();
    const visitor = await writeIn(house, 'שלום');
    const { conversationId } = visitor;
    await get(dana.socket, 'conversation:assign', { conversationId, teamId: sales.id });
    const [tamar, shai] = [await house.agent(people.tamar.cookie), await house.agent(people.shai.cookie)];
    await get(tamar.socket, 'conversation:open', { conversationId });

    const gone = nextFact<{ conversationId: string }>(tamar.socket, 'conversation:gone');
    const come = nextFact<ConversationSummary>(shai.socket, 'conversation:changed', ({ id }) => id === conversationId);
    await get(dana.socket, 'conversation:assign', { conversationId, teamId: service.id });
    expect(await gone).toEqual({ conversationId });
    expect((await come).teamId).toBe(service.id);
    const heard = hearAll(tamar.socket);
    await get(visitor.socket, 'message:post', { id: nanoid(), conversationId, text: 'עוד משהו' });
    expect(await ask(tamar.socket, 'message:list', { conversationId })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(heard.filter(({ text }) => text.includes(conversationId))).toEqual([]);
  });

  test('a search finds what one sees, and gives away no word of the rest', async () => {
    const house = await open();
    const { people } = await openScopes(house);
    const dana = await house.agent();
    const mine = (await writeIn(house, 'the parcel is green')).conversationId;
    const theirs = (await writeIn(house, 'greenhouse keys 4580111122223333 call 050-7654321')).conversationId;
    await get(dana.socket, 'conversation:assign', { conversationId: mine, agentId: people.oren.id });
    await get(dana.socket, 'conversation:assign', { conversationId: theirs, agentId: dana.session.agent.id });
    const as = { cookie: people.oren.cookie };
    const search = (q: string, headers = {}) =>
      house.json<SearchReply>('GET', `/api/search?${new URLSearchParams({ q })}`, undefined, headers);
    const idsFound = async (q: string, headers = {}) =>
      (await search(q, headers)).items.flatMap((hit) => (hit.kind === 'message' ? [hit.conversation.id] : []));
    await expect
      .poll(async () => idsOf((await idsFound('green')).map((id) => ({ id }))), { timeout: 15_000 })
      .toEqual([mine, theirs].sort());

    expect(await idsFound('green', as)).toEqual([mine]);
    const reply = await search('green', as);
    expect(reply.words).toEqual(['green']);
    for (const q of ['greenhouse', 'greenhousee', '4580111122223333', '0507654321', '050765', '458', theirs]) {
      const nothing = await search(q, as);
      expect(nothing.items, q).toEqual([]);
      expect(JSON.stringify([nothing.words, nothing.corrections]), q).not.toMatch(/greenhouse|4580111|7654321/);
    }
    const finds = (id: string) => house.call('GET', `/api/conversations/${id}/finds?q=green`, undefined, as);
    expect([(await finds(mine)).status, (await finds(theirs)).status]).toEqual([200, 404]);
  });

  test('who may not see how to reach people searches by names alone', async () => {
    const house = await open();
    const role = await makeRole(house, 'discreet', ['conversations:view-all', 'contacts:view']);
    const as = { cookie: (await house.hire('Noa', role.id)).cookie };
    const visitor = await writeIn(house, 'שלום');
    await get(visitor.socket, 'visitor:identify', { name: 'Ruth Levi', phone: '050-123-4567', email: 'ruth.hidden@home.example' });
    const search = (q: string, headers = {}) =>
      house.json<SearchReply>('GET', `/api/search?${new URLSearchParams({ q })}`, undefined, headers);
    for (const q of ['levi', 'hidden', '0501234567', '4567', 'ruth.hidden@home.example']) {
      expect(
        (await search(q)).items.map(({ kind }) => kind),
        q,
      ).toContain('contact');
    }
    for (const q of ['hidden', 'hiden', 'levi hidden', '0501234567', '050 123', '4567', 'ruth.hidden@home.example', 'home']) {
      const nothing = await search(q, as);
      expect(nothing.items, q).toEqual([]);
      expect(JSON.stringify(nothing), q).not.toMatch(/hidden|1234567|home/);
    }
    const found = await search('levi', as);
    expect(found.items.map(({ kind }) => kind)).toEqual(['conversation', 'contact']);
    expect(JSON.stringify(found)).not.toMatch(/hidden|1234567|home/);
    expect(JSON.stringify(await search('rut', as))).not.toMatch(/hidden|1234567|home/);
    const contact = found.items.find((hit) => hit.kind === 'contact');
    const byId = await search(contact?.kind === 'contact' ? contact.contact.id : '', as);
    expect(byId.items).toMatchObject([{ kind: 'contact', contact: { isMasked: true } }]);
    expect(JSON.stringify(byId)).not.toMatch(/hidden|1234567|home/);
  });

  test('who takes what waited for anybody takes it out of the others’ queue', async () => {
    const house = await open();
    const { people } = await openScopes(house);
    const { conversationId } = await writeIn(house, 'מישהו שם?');
    const [keren, shai] = [await house.agent(people.keren.cookie), await house.agent(people.shai.cookie)];
    const gone = nextFact<{ conversationId: string }>(shai.socket, 'conversation:gone');
    await get(keren.socket, 'message:post', { id: nanoid(), conversationId, text: 'כאן' });
    expect(await gone).toEqual({ conversationId });
    expect(await ask(shai.socket, 'conversation:open', { conversationId })).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  test('a team that is removed leaves its conversations to no team', async () => {
    const house = await open();
    const { sales, people } = await openScopes(house);
    const dana = await house.agent();
    const { conversationId } = await writeIn(house, 'שלום');
    await get(dana.socket, 'conversation:assign', { conversationId, teamId: sales.id });
    const shai = await house.agent(people.shai.cookie);
    expect(shai.session.conversations).toEqual([]);
    const come = nextFact<ConversationSummary>(shai.socket, 'conversation:changed');
    expect((await house.call('DELETE', `/api/teams/${sales.id}`)).status).toBe(204);
    expect(await come).toMatchObject({ id: conversationId, teamId: null });
    expect(await ask(dana.socket, 'conversation:assign', { conversationId, teamId: sales.id })).toMatchObject({
      ok: false,
      error: { code: 'not-found', field: 'teamId' },
    });
  });
});

test('a role that changes takes and gives at once, on the connection that is open', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'changing', ['conversations:view-all', 'conversations:reply']);
  const noa = await house.hire('Noa', role.id);
  const { socket } = await house.agent(noa.cookie);
  const visitor = await writeIn(house, 'שלום');
  const { conversationId } = visitor;
  await get(socket, 'conversation:open', { conversationId });

  const startedAt = performance.now();
  const less = nextFact<AgentSessionStarted>(socket, 'session:started');
  await house.json('PATCH', `/api/roles/${role.id}`, { permissions: ['conversations:view-own'] });
  expect((await less).conversations).toEqual([]);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  const heard = hearAll(socket);
  await get(visitor.socket, 'message:post', { id: nanoid(), conversationId, text: 'עוד' });
  expect(await ask(socket, 'message:post', { id: nanoid(), conversationId, text: 'x' })).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  });
  expect(heard.filter(({ text }) => text.includes(conversationId))).toEqual([]);
  expect((await house.call('GET', `/api/conversations/${conversationId}`, undefined, { cookie: noa.cookie })).status).toBe(404);

  const more = nextFact<AgentSessionStarted>(socket, 'session:started');
  await house.json('PATCH', `/api/roles/${role.id}`, { permissions: ['conversations:view-all', 'conversations:reply'] });
  expect((await more).conversations.map(({ id }) => id)).toEqual([conversationId]);
  await get(socket, 'message:post', { id: nanoid(), conversationId, text: 'שוב כאן' });
});

test('who may not see how to reach people finds phones and addresses hidden everywhere, and nobody by them', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'discreet', ['conversations:view-all', 'contacts:edit', 'conversations:reply']);
  const noa = await house.hire('Noa', role.id);
  const visitor = await writeIn(house, 'שלום');
  const { socket } = await house.agent(noa.cookie);
  const facts = hearAll(socket);
  const changed = nextFact<Contact>(socket, 'contact:changed');
  await get(visitor.socket, 'visitor:identify', {
    name: 'רות',
    phone: '050-123-4567',
    email: 'ruth@home.example',
    fields: { address: 'הרצל 5' },
  });
  const file = await changed;
  expect(file).toMatchObject({ name: 'רות', isMasked: true, fields: { address: '•••' } });
  await get(socket, 'conversation:open', { conversationId: visitor.conversationId });
  const as = { cookie: noa.cookie };
  const answers = [
    await house.json('GET', '/api/contacts', undefined, as),
    await house.json('GET', `/api/contacts/${file.id}`, undefined, as),
    await get(socket, 'conversation:open', { conversationId: visitor.conversationId }),
    await house.json('PATCH', `/api/contacts/${file.id}`, { name: 'רות אברהם' }, as),
  ];
  for (const answer of [...answers, ...facts]) expect(JSON.stringify(answer)).not.toMatch(/1234567|ruth@home|הרצל/);
  for (const q of ['0501234567', 'ruth@home', '4567']) {
    expect(await house.json('GET', `/api/contacts?q=${q}`, undefined, as), q).toEqual({ items: [], next: null });
  }
  expect((await house.json<{ items: unknown[] }>('GET', `/api/contacts?q=${encodeURIComponent('רות')}`, undefined, as)).items).toHaveLength(
    1,
  );
  expect((await house.call('PATCH', `/api/contacts/${file.id}`, { phone: '0509999999' }, as)).status).toBe(403);
  expect(JSON.stringify(await house.json('GET', `/api/contacts/${file.id}`))).toContain('1234567');
});

test('calls are told to those who may see them, and the phone to those who may see how to reach people', async () => {
  const house = await openHouse();
  const hire = async (name: string, permissions: Permission[]) => {
    const { cookie } = await house.hire(name, (await makeRole(house, name, permissions)).id);
    const { socket } = await house.agent(cookie);
    return { as: { cookie }, socket, facts: hearAll(socket) };
  };
  const stranger = await hire('Stranger', ['conversations:view-all', 'contacts:view-details', 'contacts:edit']);
  const discreet = await hire('Discreet', ['conversations:view-all', 'contacts:view', 'tasks:edit']);
  const whole = await hire('Whole', ['conversations:view-all', 'contacts:view-details', 'tasks:view']);
  const visitor = await writeIn(house, 'שלום');
  const [masked, told] = [discreet, whole].map(({ socket }) => nextFact<Task>(socket, 'task:changed'));
  const id = nanoid();
  await get(visitor.socket, 'callback:request', { id, phone: '050-123-4567', note: 'הרצל 5' });
  expect(await masked).toMatchObject({ id, phone: '••••••67', note: '•••', isMasked: true });
  expect(await told).toMatchObject({ id, phone: '+972501234567', note: 'הרצל 5' });

  const answers = [
    await house.json('GET', '/api/tasks', undefined, discreet.as),
    await house.json('PATCH', `/api/tasks/${id}`, { status: 'done' }, discreet.as),
  ];
  for (const answer of [...answers, ...discreet.facts]) expect(JSON.stringify(answer)).not.toMatch(/1234567|הרצל/);
  expect((await house.call('PATCH', `/api/tasks/${id}`, { status: 'open' }, whole.as)).status).toBe(403);
  expect((await house.call('GET', '/api/tasks', undefined, stranger.as)).status).toBe(403);
  const last = nextFact(stranger.socket, 'teams:changed');
  await makeTeam(house, 'the end');
  await last;
  expect(stranger.facts.filter(({ event }) => event.startsWith('task'))).toEqual([]);
});

test.each(databases)('on $name a promised call is seen with its conversation, and by whoever is to make it', async ({ open }) => {
  const house = await open();
  const sales = await makeTeam(house, 'מכירות');
  const role = (await makeRole(house, 'Team', ['conversations:view-team', 'contacts:view-details', 'tasks:edit'])).id;
  const hire = async (name: string, teamIds: string[]) => {
    const { id, cookie } = await house.hire(name, role, teamIds);
    const { socket } = await house.agent(cookie);
    return { id, as: { cookie }, socket, facts: hearAll(socket) };
  };
  const [tamar, shai] = [await hire('Tamar', [sales.id]), await hire('Shai', [])];
  const dana = await house.agent();
  const visitor = await writeIn(house, 'שלום');
  await get(dana.socket, 'conversation:assign', { conversationId: visitor.conversationId, teamId: sales.id });
  const id = nanoid();
  const told = nextFact<Task>(tamar.socket, 'task:changed');
  await get(visitor.socket, 'callback:request', { id, phone: '050-123-4567' });
  expect(await told).toMatchObject({ id, phone: '+972501234567' });
  const pageOf = (as: Record<string, string>) => house.json<TaskPage>('GET', '/api/tasks', undefined, as);
  const change = async (as: Record<string, string>, patch: object) => (await house.call('PATCH', `/api/tasks/${id}`, patch, as)).status;
  expect(await pageOf(tamar.as)).toMatchObject({ open: 1, items: [{ id }] });
  expect(await pageOf(shai.as)).toMatchObject({ open: 0, overdue: 0, items: [] });
  expect([await change(shai.as, { status: 'done' }), await change(tamar.as, { status: 'done' })]).toEqual([404, 200]);
  expect(shai.facts.filter(({ event }) => event.startsWith('task'))).toEqual([]);

  const given = nextFact<Task>(shai.socket, 'task:changed');
  await change(tamar.as, { status: 'open', ownerId: shai.id });
  expect(await given).toMatchObject({ id, ownerId: shai.id });
  expect(await pageOf(shai.as)).toMatchObject({ open: 1, items: [{ id }] });
  expect(await change(shai.as, { status: 'done' })).toBe(200);
});

test('who is erased leaves the screens of all who see the conversation, and those who do not hear nothing', async () => {
  const house = await openHouse();
  const { people } = await openScopes(house);
  const dana = await house.agent();
  const visitor = await writeIn(house, 'the secret');
  const { conversationId } = visitor;
  await get(visitor.socket, 'visitor:identify', { name: 'רות', phone: '050-123-4567' });
  await get(dana.socket, 'conversation:assign', { conversationId, agentId: people.oren.id });
  // Oren has no right to customer files, Shai none to this conversation.
  const [oren, shai] = [await house.agent(people.oren.cookie), await house.agent(people.shai.cookie)];
  const heard = hearAll(shai.socket);
  const erased = nextFact<{ contact: Contact; conversationIds: string[] }>(oren.socket, 'contact:erased');
  const file = nextFact<Contact>(dana.socket, 'contact:changed');
  await get(visitor.socket, 'data:erase', { confirm: 'erase' });
  expect(await erased).toMatchObject({ conversationIds: [conversationId], contact: { name: null, identities: [] } });
  expect((await file).erasedAt).toBeTypeOf('number');
  const last = nextFact(shai.socket, 'teams:changed');
  await makeTeam(house, 'the end');
  await last;
  expect(heard.filter(({ event, text }) => event.startsWith('contact') || text.includes(conversationId))).toEqual([]);
});

test('who hands a conversation out of sight is told what became of it, and no word more', async () => {
  const house = await openHouse();
  const { people } = await openScopes(house);
  const visitor = await writeIn(house, 'the secret');
  const { conversationId } = visitor;
  const keren = await house.agent(people.keren.cookie);
  await get(visitor.socket, 'conversation:end', { conversationId });
  await get(visitor.socket, 'conversation:rate', { conversationId, score: 1, comment: 'the secret' });
  const { conversation } = await get<{ conversation: ConversationSummary }>(keren.socket, 'conversation:assign', {
    conversationId,
    agentId: people.shai.id,
  });
  expect(conversation).toMatchObject({ id: conversationId, assigneeId: people.shai.id, lastMessage: null });
  expect(JSON.stringify(conversation)).not.toContain('secret');
});
