import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Ticket, TicketChange, TicketFile, TicketWork } from '../../shared/ticket.ts';
import { makeRole, makeTeam } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, hear } from '../helpers/house.ts';
import { merge, newcomer } from './merging-scene.ts';

const openTicket = (house: House, body: object = {}) =>
  house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), subject: 'המקרר לא מקרר', ...body });
const fileOf = (house: House, id: string) => house.json<TicketFile>('GET', `/api/tickets/${id}`);
async function change(house: House, id: string, patch: object, cookie = house.cookie) {
  const { version } = await fileOf(house, id);
  return house.json<Ticket>('PATCH', `/api/tickets/${id}`, { version, ...patch }, { cookie });
}
async function history(house: House, id: string, cookie = house.cookie) {
  const { items } = await house.json<{ items: TicketChange[] }>('GET', `/api/tickets/${id}/changes`, undefined, { cookie });
  return items;
}

describe.each(databases)('on $name', ({ open }) => {
  test('the history says who changed what when, by name, as far as the reader may see whom and what', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const ruth = await newcomer(house, { name: 'רות' });
    const service = await makeTeam(house, 'שירות');
    const [ticket, parent] = [await openTicket(house, { description: 'לא מקרר' }), await openTicket(house, { subject: 'הפסקת חשמל' })];
    await change(house, ticket.id, { description: 'לא מקרר מאתמול', assigneeId: noa.id }, noa.cookie);
    await change(house, ticket.id, { contactId: ruth.contactId });
    await change(house, ticket.id, { parentId: parent.id });
    await house.call('POST', `/api/tickets/${ticket.id}/conversations`, { conversationId: ruth.conversationId });
    const told = (await history(house, ticket.id)).map(({ field, agent, before, after, beforeName, afterName }) => {
      return [
        agent?.name,
        field,
        beforeName ?? (field === 'description' ? before : null),
        afterName ?? (field === 'description' ? after : null),
      ];
    });
    expect(told.slice(0, 3)).toEqual([
      ['Dana', 'conversation', null, 'רות'],
      ['Dana', 'parentId', null, '#2 הפסקת חשמל'],
      ['Dana', 'contactId', null, 'רות'],
    ]);
    expect(told.slice(3)).toEqual(
      expect.arrayContaining([
        ['Noa', 'description', 'לא מקרר', 'לא מקרר מאתמול'],
        ['Noa', 'assigneeId', null, 'Noa'],
        ['Dana', 'created', null, null],
      ]),
    );
    // Names of people, and of what is out of sight, are told to nobody who may not see these.
    await change(house, parent.id, { teamId: service.id });
    const rina = await house.hire('Rina', (await makeRole(house, 'rina', ['conversations:view-queue', 'tickets:view'])).id);
    await change(house, ticket.id, { assigneeId: null });
    const seen = await history(house, ticket.id, rina.cookie);
    expect(seen.find(({ field }) => field === 'contactId')).toMatchObject({ after: ruth.contactId, afterName: null });
    expect(seen.find(({ field }) => field === 'parentId')).toMatchObject({ after: parent.id, afterName: null });
    expect(seen.find(({ field }) => field === 'assigneeId')).toMatchObject({ beforeName: 'Noa', after: null });
  });

  test('an entry of work that is corrected or taken away leaves a line, which says how long and not what, and comes back at its time', async () => {
    const house = await open();
    const ticket = await openTicket(house);
    const route = `/api/tickets/${ticket.id}/log`;
    const done = Date.now() - 3_600_000;
    const entry = await house.json<TicketWork>('POST', route, { id: nanoid(), text: 'SECRET', minutes: 20, at: done });
    expect(entry.at).toBe(done);
    const early = await house.json<TicketWork>('POST', route, { id: nanoid(), text: 'x', minutes: 1, at: Date.now() + 86_400_000 });
    expect(early.at).toBeLessThanOrEqual(Date.now() + 60_000);
    await house.json('PATCH', `${route}/${entry.id}`, { text: 'SECRET', minutes: 20 });
    await house.json('PATCH', `${route}/${entry.id}`, { text: 'SECRET', minutes: 25 });
    await house.call('DELETE', `${route}/${entry.id}`);
    const told = await history(house, ticket.id);
    expect(told.filter(({ field }) => field === 'work').map(({ before, after }) => [before, after])).toEqual([
      ['25', null],
      ['20', '25'],
    ]);
    expect(JSON.stringify(told)).not.toContain('SECRET');
  });

  test('a ticket that is given to another customer takes that one’s company, unless somebody chose another', async () => {
    const house = await open();
    const company = await house.json<{ id: string }>('POST', '/api/companies', { id: nanoid(), name: 'מאפיית לחם' });
    const own = await house.json<{ id: string }>('POST', '/api/companies', { id: nanoid(), name: 'בית קפה' });
    const [ruth, omar] = [await newcomer(house, { name: 'רות' }), await newcomer(house, { name: 'עומר' })];
    await house.json('PATCH', `/api/contacts/${omar.contactId}`, { companyId: company.id });
    const ticket = await openTicket(house, { contactId: ruth.contactId });
    expect((await change(house, ticket.id, { contactId: omar.contactId })).company?.id).toBe(company.id);
    // A company that somebody chose stays.
    await change(house, ticket.id, { companyId: own.id });
    expect(await change(house, ticket.id, { contactId: ruth.contactId })).toMatchObject({ company: { id: own.id } });
    expect(await change(house, ticket.id, { contactId: null, companyId: null })).toMatchObject({ contact: null, company: null });
    const gone = await newcomer(house);
    await merge(house, omar.contactId, gone.contactId);
    expect((await change(house, ticket.id, { contactId: gone.contactId })).contact?.id).toBe(omar.contactId);
  });

  test('tickets under one that is deleted stand by themselves, and say so', async () => {
    const house = await open();
    const parent = await openTicket(house);
    const child = await openTicket(house, { parentId: parent.id });
    const told = hear<Ticket>((await house.agent()).socket, 'ticket:changed');
    await house.call('DELETE', `/api/tickets/${parent.id}`);
    await expect.poll(() => told.at(-1), { timeout: 10_000 }).toMatchObject({ id: child.id, parentId: null, version: 2 });
    expect((await history(house, child.id))[0]).toMatchObject({
      field: 'parentId',
      before: parent.id,
      after: null,
      agent: { name: 'Dana' },
    });
  });
});
