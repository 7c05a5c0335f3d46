import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { linkConversation } from '../../server/tickets/ticket-links.ts';
import type { Caller } from '../../server/transport/wire.ts';
import type { AgentNotice } from '../../shared/agent-notice.ts';
import type { Message } from '../../shared/message.ts';
import type {
  Ticket,
  TicketCategory,
  TicketChange,
  TicketFile,
  TicketPage,
  TicketReason,
  TicketWork,
  TicketWorkPage,
} from '../../shared/ticket.ts';
import { mayMoveTicket, ticketStatuses } from '../../shared/ticket-moves.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear } from '../helpers/house.ts';
import { merge, newcomer } from './merging-scene.ts';

const patient = { timeout: 15_000 };

const openTicket = (house: House, body: Record<string, unknown> = {}, cookie?: string) =>
  house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), subject: 'המקרר לא מקרר', ...body }, cookie ? { cookie } : undefined);
const fileOf = (house: House, id: string, cookie?: string) =>
  house.json<TicketFile>('GET', `/api/tickets/${id}`, undefined, cookie ? { cookie } : undefined);
const list = async (house: House, query = '', cookie?: string) =>
  (await house.json<TicketPage>('GET', `/api/tickets?${query}`, undefined, cookie ? { cookie } : undefined)).items;

async function change(house: House, ticket: Pick<Ticket, 'id' | 'version'>, patch: Record<string, unknown>, cookie?: string) {
  return house.json<Ticket>('PATCH', `/api/tickets/${ticket.id}`, { version: ticket.version, ...patch }, cookie ? { cookie } : undefined);
}

async function refusal(house: House, method: string, route: string, body?: unknown, cookie?: string) {
  const response = await house.call(method, route, body, cookie ? { cookie } : undefined);
  const { code, field } = (await response.json()) as { code: string; field?: string };
  return field === undefined ? code : `${code} ${field}`;
}

describe.each(databases)('on $name', ({ open }) => {
  test('a ticket opened from a chat has the customer’s first words, its file and the chat, and the same request again finds it', async () => {
    const house = await open();
    const ruth = await writeIn(house, '  המקרר\nלא מקרר  כבר יומיים ');
    const body = { id: nanoid(), conversationId: ruth.conversationId };
    const first = await house.json<Ticket>('POST', '/api/tickets', body);
    expect(first).toMatchObject({ number: 1, subject: 'המקרר לא מקרר כבר יומיים', status: 'new', version: 1, priority: 'normal' });
    expect(await house.json<Ticket>('POST', '/api/tickets', body)).toEqual(first);
    const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${ruth.conversationId}`);
    expect(first.contact?.id).toBe(contact.id);
    expect(await fileOf(house, first.id)).toMatchObject({ conversations: [{ id: ruth.conversationId }], children: [], parent: null });
    expect(await list(house, `conversationId=${ruth.conversationId}`)).toHaveLength(1);
    expect(await list(house, `contactId=${contact.id}`)).toHaveLength(1);
  });

  test('tickets opened by many at the same moment have numbers one after the other, and one that fails takes none', async () => {
    const house = await open();
    const opened = await Promise.all(Array.from({ length: 8 }, (_, at) => openTicket(house, { subject: `תקלה ${at}` })));
    expect(opened.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await refusal(house, 'POST', '/api/tickets', { id: nanoid(), subject: 'x', categoryId: nanoid() })).toBe('not-found categoryId');
    expect((await openTicket(house)).number).toBe(9);
  });

  test('a ticket moves only as it may, whatever the console offers', async () => {
    const house = await open();
    for (const from of ticketStatuses) {
      for (const to of ticketStatuses) {
        let ticket = await openTicket(house);
        if (from !== 'new') ticket = await change(house, ticket, { status: from });
        const response = await house.call('PATCH', `/api/tickets/${ticket.id}`, { version: ticket.version, status: to });
        const isAllowed = from === to || mayMoveTicket(from, to);
        expect(response.ok, `${from} → ${to}`).toBe(isAllowed);
      }
    }
  }, 60_000);

  test('of two agents who change a ticket at once the second is told, and what it says again is done already', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const ticket = await openTicket(house);
    const solved = await change(house, ticket, { status: 'solved' }, noa.cookie);
    expect(await refusal(house, 'PATCH', `/api/tickets/${ticket.id}`, { version: 1, status: 'on-hold' })).toBe('conflict status');
    expect(await refusal(house, 'PATCH', `/api/tickets/${ticket.id}`, { version: 1, priority: 'urgent' })).toBe('stale version');
    // A reply that was lost: nothing is done twice.
    expect(await change(house, ticket, { status: 'solved' }, noa.cookie)).toMatchObject({ version: solved.version, overAt: solved.overAt });
    const races = await Promise.all(
      ['low', 'high', 'urgent'].map((priority) =>
        house.call('PATCH', `/api/tickets/${ticket.id}`, { version: solved.version, priority }).then(({ status }) => status),
      ),
    );
    expect(races.sort()).toEqual([200, 409, 409]);
  });

  test('a ticket is closed for a reason once there are reasons, and loses it when it is opened again', async () => {
    const house = await open();
    const ticket = await openTicket(house);
    const reason = await house.json<TicketReason>('POST', '/api/ticket-reasons', { id: nanoid(), name: 'תוקן' });
    const route = `/api/tickets/${ticket.id}`;
    expect(await refusal(house, 'PATCH', route, { version: 1, status: 'closed' })).toBe('invalid reasonId');
    expect(await refusal(house, 'PATCH', route, { version: 1, status: 'closed', reasonId: nanoid() })).toBe('not-found reasonId');
    expect(await refusal(house, 'PATCH', route, { version: 1, reasonId: reason.id })).toBe('invalid reasonId');
    const closed = await change(house, ticket, { status: 'closed', reasonId: reason.id });
    expect(closed).toMatchObject({ status: 'closed', reasonId: reason.id });
    expect(closed.overAt).not.toBeNull();
    expect(await change(house, closed, { status: 'open' })).toMatchObject({ status: 'open', reasonId: null, overAt: null });
  });

  test('tickets stand under one another without a ring, and one that ends asks what becomes of those under it', async () => {
    const house = await open();
    const parent = await openTicket(house, { subject: 'הפסקת חשמל' });
    const child = await openTicket(house, { subject: 'סניף צפון', parentId: parent.id });
    const grandchild = await openTicket(house, { subject: 'קופה 2', parentId: child.id });
    expect((await fileOf(house, parent.id)).children.map(({ id }) => id)).toEqual([child.id]);
    expect((await fileOf(house, child.id)).parent?.id).toBe(parent.id);
    const under = (id: string) => ({ version: 1, parentId: id });
    expect(await refusal(house, 'PATCH', `/api/tickets/${parent.id}`, under(grandchild.id))).toBe('conflict parentId');
    expect(await refusal(house, 'PATCH', `/api/tickets/${parent.id}`, under(parent.id))).toBe('conflict parentId');
    const [one, other] = [await openTicket(house), await openTicket(house)];
    const both = await Promise.all([
      house.call('PATCH', `/api/tickets/${one.id}`, under(other.id)),
      house.call('PATCH', `/api/tickets/${other.id}`, under(one.id)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);

    expect(await refusal(house, 'PATCH', `/api/tickets/${parent.id}`, { version: 1, status: 'solved' })).toBe('conflict children');
    await change(house, parent, { status: 'solved', children: 'follow' });
    for (const id of [child.id, grandchild.id]) expect((await fileOf(house, id)).status).toBe('solved');
  });

  test('the work log is for colleagues, everybody changes their own entries, and its minutes are summed', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const ticket = await openTicket(house);
    const route = `/api/tickets/${ticket.id}/log`;
    const entry = { id: nanoid(), text: 'התקשרתי ליצרן', minutes: 20 };
    const work = await house.json<TicketWork>('POST', route, entry, { cookie: noa.cookie });
    expect(await house.json<TicketWork>('POST', route, entry, { cookie: noa.cookie })).toEqual(work);
    await house.json('POST', route, { id: nanoid(), text: 'הוזמן טכנאי', minutes: 15 });
    expect(await house.json<TicketWorkPage>('GET', route)).toMatchObject({
      minutes: 35,
      items: [{ minutes: 15 }, { agent: { name: 'Noa' } }],
    });
    expect(await refusal(house, 'PATCH', `${route}/${work.id}`, { text: 'x', minutes: 1 })).toBe('forbidden');
    expect(await refusal(house, 'DELETE', `${route}/${work.id}`)).toBe('forbidden');
    await house.json('PATCH', `${route}/${work.id}`, { text: 'התקשרתי ליצרן פעמיים', minutes: 40 }, { cookie: noa.cookie });
    expect((await fileOf(house, ticket.id)).minutes).toBe(55);
    await house.call('DELETE', `${route}/${work.id}`, undefined, { cookie: noa.cookie });
    expect((await fileOf(house, ticket.id)).minutes).toBe(15);
    expect(await refusal(house, 'POST', route, { id: nanoid(), text: ' ', minutes: 0 })).toBe('invalid text');
  });

  test('an agent sees tickets as it sees chats, hears of those alone, and of one that is taken out of its sight', async () => {
    const house = await open();
    const own = await makeRole(house, 'own', ['conversations:view-queue', 'tickets:edit']);
    const blind = await makeRole(house, 'blind', ['conversations:view-all']);
    const omar = await house.hire('Omar', own.id);
    const rina = await house.hire('Rina', blind.id);
    const service = await makeTeam(house, 'שירות');
    const omars = (await house.agent(omar.cookie)).socket;
    const changed = hear<Ticket>(omars, 'ticket:changed');
    const gone = hear<{ ticketId: string }>(omars, 'ticket:gone');
    const told = hear<AgentNotice>(omars, 'notice:posted');
    const rinas = hear<Ticket>((await house.agent(rina.cookie)).socket, 'ticket:changed');

    const hidden = await openTicket(house, { subject: 'של הצוות', teamId: service.id });
    const shown = await openTicket(house, { subject: 'של כולם' });
    const given = await openTicket(house, { subject: 'של עומר', assigneeId: omar.id });
    expect((await list(house, '', omar.cookie)).map(({ id }) => id)).toEqual([given.id, shown.id]);
    expect((await list(house, 'view=mine', omar.cookie)).map(({ id }) => id)).toEqual([given.id]);
    expect((await list(house, 'view=unassigned', omar.cookie)).map(({ id }) => id)).toEqual([shown.id]);
    for (const [method, at, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { version: 1, subject: 'x' }],
      ['GET', '/log', undefined],
      ['GET', '/changes', undefined],
      ['POST', '/log', { id: nanoid(), text: 'x', minutes: 1 }],
      ['POST', '/related', { ticketId: shown.id }],
    ] as const) {
      expect(await refusal(house, method, `/api/tickets/${hidden.id}${at}`, body, omar.cookie), `${method} ${at}`).toBe('not-found');
    }
    expect(await refusal(house, 'PATCH', `/api/tickets/${shown.id}`, { version: 1, parentId: hidden.id }, omar.cookie)).toBe(
      'not-found parentId',
    );
    expect(await refusal(house, 'GET', '/api/tickets', undefined, rina.cookie)).toBe('forbidden');
    await expect.poll(() => told.map(({ kind, ticket }) => [kind, ticket?.subject]), patient).toEqual([['ticket', 'של עומר']]);
    await change(house, shown, { teamId: service.id });
    await expect.poll(() => gone.map(({ ticketId }) => ticketId), patient).toEqual([shown.id]);
    expect(new Set(changed.map(({ id }) => id))).toEqual(new Set([given.id, shown.id]));
    expect(rinas).toEqual([]);
  });

  test('tickets are found by number, by words with their prefixes, by category with what is under it, and page by page', async () => {
    const house = await open();
    const category = (name: string, parentId: string | null = null) =>
      house.json<TicketCategory>('POST', '/api/ticket-categories', { id: nanoid(), name, parentId });
    const repairs = await category('תיקונים');
    const fridges = await category('מקררים', repairs.id);
    expect(await refusal(house, 'POST', '/api/ticket-categories', { id: nanoid(), name: 'עמוק', parentId: fridges.id })).toBe(
      'conflict parentId',
    );
    expect(await refusal(house, 'POST', '/api/ticket-categories', { id: nanoid(), name: 'תיקונים' })).toBe('conflict name');
    const cold = await openTicket(house, { subject: 'המקרר לא מקרר', categoryId: fridges.id, externalId: 'ERP-7' });
    const bill = await openTicket(house, { subject: 'חשבונית כפולה', priority: 'urgent' });
    const ids = async (query: string) => (await list(house, query)).map(({ id }) => id);
    expect(await ids('q=2')).toEqual([bill.id]);
    expect(await ids('q=%232')).toEqual([bill.id]);
    expect(await ids(`q=${encodeURIComponent('מקרר')}`)).toEqual([cold.id]);
    expect(await ids(`q=${encodeURIComponent('חשב כפו')}`)).toEqual([bill.id]);
    expect(await ids(`categoryId=${repairs.id}`)).toEqual([cold.id]);
    expect(await ids('priority=urgent')).toEqual([bill.id]);
    expect(await ids('externalId=ERP-7')).toEqual([cold.id]);
    expect(await refusal(house, 'POST', '/api/tickets', { id: nanoid(), subject: 'x', externalId: 'ERP-7' })).toBe('conflict externalId');
    await house.json('PATCH', `/api/ticket-categories/${fridges.id}`, { isArchived: true });
    expect(await refusal(house, 'POST', '/api/tickets', { id: nanoid(), subject: 'x', categoryId: fridges.id })).toBe(
      'conflict categoryId',
    );
    await change(house, cold, { priority: 'high' });
    await change(house, bill, { status: 'solved' });
    expect(await ids('status=unsolved')).toEqual([cold.id]);
    expect(await ids('status=over')).toEqual([bill.id]);
    const first = await house.json<TicketPage>('GET', '/api/tickets?limit=1');
    const second = await house.json<TicketPage>('GET', `/api/tickets?limit=1&cursor=${first.next}`);
    expect([first.items[0]?.id, second.items[0]?.id, second.next]).toEqual([bill.id, cold.id, null]);
  });

  test('the customer is told in the chat in its language, where the category or the agent says so, and never what is internal', async () => {
    const house = await open();
    const { socket, session } = await house.visitor({ locale: 'fr' });
    const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), text: 'Mon frigo est en panne' });
    expect(session.visitor.isVerified).toBe(false);
    const heard = hear<Message>(socket, 'message:posted');
    const anything = hear<unknown>(socket, 'ticket:changed');
    const telling = await house.json<TicketCategory>('POST', '/api/ticket-categories', { id: nanoid(), name: 'x', tellsCustomer: true });
    let ticket = await openTicket(house, { conversationId: message.conversationId, subject: 'Frigo', description: 'SECRET' });
    await house.json('POST', `/api/tickets/${ticket.id}/log`, { id: nanoid(), text: 'SECRET', minutes: 5 });
    ticket = await change(house, ticket, { status: 'open' });
    ticket = await change(house, ticket, { status: 'on-hold', tell: true });
    ticket = await change(house, ticket, { categoryId: telling.id });
    ticket = await change(house, ticket, { status: 'open', tell: false });
    ticket = await change(house, ticket, { status: 'solved', update: 'Une pièce a été changée.' });
    expect(ticket.publicUpdate?.text).toBe('Une pièce a été changée.');
    await expect
      .poll(() => heard.map(({ text }) => text), patient)
      .toEqual(['Demande n° 1 (Frigo): en attente', 'Demande n° 1 (Frigo): résolue\nUne pièce a été changée.']);
    expect(heard.every(({ author }) => author.kind === 'bot')).toBe(true);
    expect(anything).toEqual([]);
    const { items } = await house.json<{ items: TicketChange[] }>('GET', `/api/tickets/${ticket.id}/changes`);
    expect(items.map(({ field, before, after }) => [field, before, after]).slice(0, 4)).toEqual(
      expect.arrayContaining([
        ['status', 'open', 'solved'],
        ['update', null, 'Une pièce a été changée.'],
      ]),
    );
  });

  test('a ticket that waits for the customer goes on when the customer writes', async () => {
    const house = await open();
    const ruth = await writeIn(house, 'המקרר לא מקרר');
    const ticket = await openTicket(house, { conversationId: ruth.conversationId });
    await change(house, ticket, { status: 'waiting-for-customer' });
    await get(ruth.socket, 'message:post', { id: nanoid(), conversationId: ruth.conversationId, text: 'הנה המספר הסידורי' });
    await expect.poll(async () => (await fileOf(house, ticket.id)).status, patient).toBe('open');
  });

  test('fields that administrators made are kept by their rights, and the history tells what stood in them to those alone who see them', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const field = (key: string, more: object = {}) =>
      house.json('POST', '/api/fields', { id: nanoid(), entity: 'ticket', key, name: key, kind: 'text', ...more });
    await field('serial');
    await field('blame', { viewRoles: ['supervisor'] });
    const ticket = await openTicket(house, { values: { serial: 'X-200', blame: 'SECRET' } });
    expect((await fileOf(house, ticket.id)).values).toEqual({ serial: 'X-200', blame: 'SECRET' });
    expect((await fileOf(house, ticket.id, noa.cookie)).values).toEqual({ serial: 'X-200' });
    const changed = await change(house, ticket, { values: { serial: 'X-201' } }, noa.cookie);
    expect((await fileOf(house, ticket.id)).values).toEqual({ serial: 'X-201', blame: 'SECRET' });
    expect(await refusal(house, 'PATCH', `/api/tickets/${ticket.id}`, { version: 1, values: { serial: 'X-202' } })).toBe('stale version');
    expect((await fileOf(house, ticket.id)).values.serial).toBe('X-201');
    const wrong = { version: changed.version, values: { blame: 'x' } };
    expect(await refusal(house, 'PATCH', `/api/tickets/${ticket.id}`, wrong, noa.cookie)).toBe('invalid values.blame');
    await change(house, changed, { values: { blame: 'OTHER' } });
    const history = await house.json('GET', `/api/tickets/${ticket.id}/changes`, undefined, { cookie: noa.cookie });
    expect(JSON.stringify(history)).toContain('values.blame');
    for (const word of ['SECRET', 'OTHER']) expect(JSON.stringify(history)).not.toContain(word);
    const told = (await house.json<{ items: TicketChange[] }>('GET', `/api/tickets/${ticket.id}/changes`)).items;
    expect(told.filter(({ field: key }) => key.startsWith('values.')).map(({ before, after }) => [before, after])).toEqual([
      ['"SECRET"', '"OTHER"'],
      ['"X-200"', '"X-201"'],
    ]);
  });

  test('who leaves has no tickets any more, and neither does a team that is gone', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const service = await makeTeam(house, 'שירות', [noa.id]);
    const ticket = await openTicket(house, { assigneeId: noa.id, teamId: service.id });
    await house.json('PATCH', `/api/agents/${noa.id}`, { isActive: false });
    await house.call('DELETE', `/api/teams/${service.id}`);
    expect(await fileOf(house, ticket.id)).toMatchObject({ assigneeId: null, teamId: null });
  });

  test('chats and other tickets are linked and taken off, said twice or once, and a removed ticket leaves nothing behind', async () => {
    const house = await open();
    const [ruth, david] = [await writeIn(house, 'שלום'), await writeIn(house, 'גם אצלי')];
    const [one, other] = [await openTicket(house), await openTicket(house)];
    const put = (at: string, body: unknown) => house.call('POST', `/api/tickets/${one.id}/${at}`, body).then(({ status }) => status);
    for (const { conversationId } of [ruth, david, ruth]) expect(await put('conversations', { conversationId })).toBe(204);
    expect([await put('related', { ticketId: other.id }), await put('related', { ticketId: other.id })]).toEqual([204, 204]);
    expect(await put('related', { ticketId: one.id })).toBe(400);
    const file = await fileOf(house, one.id);
    expect(file.conversations).toHaveLength(2);
    expect(file.contact).not.toBeNull();
    expect((await fileOf(house, other.id)).related.map(({ id }) => id)).toEqual([one.id]);
    await house.call('DELETE', `/api/tickets/${one.id}/conversations/${david.conversationId}`);
    await house.call('DELETE', `/api/tickets/${other.id}/related/${one.id}`);
    expect(await fileOf(house, one.id)).toMatchObject({ related: [], conversations: [{ id: ruth.conversationId }] });
    expect((await house.call('DELETE', `/api/tickets/${one.id}`)).status).toBe(204);
    expect(await refusal(house, 'GET', `/api/tickets/${one.id}`)).toBe('not-found');
    expect((await openTicket(house)).number).toBe(3);
  });

  test('a ticket is linked with a chat whose file is merged away at that moment, and stands in the file that is left', async () => {
    const house = await open();
    const [ruth, ruti] = [await newcomer(house), await newcomer(house)];
    const ticket = await openTicket(house);
    const { app } = house.server;
    const dana = (await app.findCaller({ cookie: house.cookie }, undefined)) as Caller;
    let isMerged = false;
    const late: App = {
      ...app,
      storage: {
        ...app.storage,
        write: async (job) => {
          if (!isMerged) await merge(house, ruth.contactId, ruti.contactId);
          isMerged = true;
          return app.storage.write(job);
        },
      },
    };
    await linkConversation(late, dana, { ticketId: ticket.id, conversationId: ruti.conversationId });
    expect((await fileOf(house, ticket.id)).contact?.id).toBe(ruth.contactId);
  });
});
