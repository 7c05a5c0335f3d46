import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../shared/message.ts';
import type { Ticket, TicketFile, VisitorTicket } from '../../shared/ticket.ts';
import { databases } from '../helpers/databases.ts';
import { get, hear } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';

const patient = { timeout: 15_000 };

describe.each(databases)('on $name', ({ open }) => {
  test('a person whom the site vouches for sees its tickets in every browser; one who only claims to be it sees nothing', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const identity = await site.sign({ sub: 'ruth', name: 'Ruth', email: 'ruth@example.com' });
    const ruth = await house.visitor({ identity });
    const tablet = await house.visitor({ identity });
    const claimer = await house.visitor();
    await get(claimer.socket, 'visitor:identify', { name: 'Ruth', email: 'ruth@example.com' });
    await get(claimer.socket, 'message:post', { id: nanoid(), text: 'אני רות' });
    const { message } = await get<{ message: Message }>(ruth.socket, 'message:post', { id: nanoid(), text: 'המקרר לא מקרר' });
    const heard = hear<{ ticketId: string; ticket: VisitorTicket | null }>(tablet.socket, 'ticket:changed');
    const claimed = hear(claimer.socket, 'ticket:changed');

    const create = { id: nanoid(), conversationId: message.conversationId, description: 'SECRET' };
    const ticket = await house.json<Ticket>('POST', '/api/tickets', create);
    await house.json('POST', `/api/tickets/${ticket.id}/log`, { id: nanoid(), text: 'SECRET', minutes: 5 });
    const patch = { version: 1, status: 'open', update: 'הטכנאי בדרך' };
    const opened = await house.json<Ticket>('PATCH', `/api/tickets/${ticket.id}`, patch);
    const seen = { number: 1, subject: 'המקרר לא מקרר', status: 'open', update: { text: 'הטכנאי בדרך' } };
    await expect.poll(() => heard.at(-1)?.ticket, patient).toMatchObject(seen);
    const listed = async (socket: typeof ruth.socket) => (await get<{ tickets: VisitorTicket[] }>(socket, 'ticket:list', {})).tickets;
    expect(await listed(ruth.socket)).toMatchObject([seen]);
    expect(await listed(claimer.socket)).toEqual([]);
    expect(JSON.stringify([heard, await listed(tablet.socket)])).not.toContain('SECRET');
    expect(Object.keys((await listed(ruth.socket))[0] ?? {}).sort()).toEqual(
      ['createdAt', 'id', 'number', 'status', 'subject', 'update', 'updatedAt'].sort(),
    );

    await house.json('PATCH', `/api/tickets/${ticket.id}`, { version: opened.version, isHidden: true });
    await expect.poll(() => heard.at(-1), patient).toEqual({ ticketId: ticket.id, ticket: null });
    expect(await listed(ruth.socket)).toEqual([]);
    expect(claimed).toEqual([]);
  });

  test('a ticket that turns out to be another customer’s is gone from the first one’s window', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const ruth = await house.visitor({ identity: await site.sign({ sub: 'ruth', name: 'Ruth' }) });
    const { message } = await get<{ message: Message }>(ruth.socket, 'message:post', { id: nanoid(), text: 'המקרר לא מקרר' });
    const heard = hear<{ ticketId: string; ticket: VisitorTicket | null }>(ruth.socket, 'ticket:changed');
    const ticket = await house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), conversationId: message.conversationId });
    await expect.poll(() => heard.at(-1)?.ticket?.number, patient).toBe(1);
    await house.json('PATCH', `/api/tickets/${ticket.id}`, { version: 1, contactId: null });
    await expect.poll(() => heard.at(-1), patient).toEqual({ ticketId: ticket.id, ticket: null });
  });

  test('a lead that turns out to be somebody known brings its tickets along, and who is erased leaves no word in them', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    await house.visitor({ identity: await site.sign({ sub: 'ruth', name: 'Ruth' }) });
    const { socket } = await house.visitor();
    const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), text: 'המקרר שלי לא מקרר' });
    const ticket = await house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), conversationId: message.conversationId });
    await house.json('POST', `/api/tickets/${ticket.id}/log`, { id: nanoid(), text: 'רות אמרה', minutes: 5 });
    await get(socket, 'visitor:identify', { identity: await site.sign({ sub: 'ruth', name: 'Ruth' }) });
    const moved = await house.json<TicketFile>('GET', `/api/tickets/${ticket.id}`);
    expect(moved.contact).toMatchObject({ name: 'Ruth' });
    expect(moved.contact?.id).not.toBe(ticket.contact?.id);
    const { tickets } = await get<{ tickets: VisitorTicket[] }>(socket, 'ticket:list', {});
    expect(tickets).toHaveLength(1);

    await get(socket, 'data:erase', { confirm: 'erase' });
    const erased = await house.json<TicketFile>('GET', `/api/tickets/${ticket.id}`);
    expect(erased).toMatchObject({ number: 1, subject: '', description: '', status: 'closed', minutes: 5 });
    expect(erased.erasedAt).not.toBeNull();
    const everything = JSON.stringify([
      erased,
      await house.json('GET', `/api/tickets/${ticket.id}/log`),
      await house.json('GET', `/api/tickets/${ticket.id}/changes`),
    ]);
    for (const word of ['המקרר', 'רות', 'Ruth']) expect(everything).not.toContain(word);
    const refused = await house.call('POST', '/api/tickets', { id: nanoid(), subject: 'x', contactId: erased.contact?.id });
    expect(refused.status).toBe(409);
  });
});
