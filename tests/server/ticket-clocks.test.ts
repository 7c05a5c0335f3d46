import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { AgentNotice } from '../../shared/agent-notice.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import type { SlaBreach, SlaRules } from '../../shared/sla.ts';
import type { Ticket, TicketCategory, TicketFile, TicketPage } from '../../shared/ticket.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear } from '../helpers/house.ts';

const MINUTE_MS = 60_000;
const patient = { timeout: 15_000 };
const rules: SlaRules = {
  name: 'קריאות',
  isOn: true,
  when: {},
  firstResponseMs: 10 * MINUTE_MS,
  nextResponseMs: 1 * MINUTE_MS,
  resolutionMs: 60 * MINUTE_MS,
  isBusinessTime: false,
  warnAfter: 0.5,
  appliesTo: ['tickets'],
};

const promise = (house: House, given: Partial<SlaRules> = {}) =>
  house.json('POST', '/api/sla-policies', { id: nanoid(), ...rules, ...given });
const openTicket = (house: House, body: Record<string, unknown> = {}) =>
  house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), subject: 'המקרר לא מקרר', ...body });
const fileOf = (house: House, id: string) => house.json<TicketFile>('GET', `/api/tickets/${id}`);
const move = async (house: House, id: string, status: string) =>
  house.json<Ticket>('PATCH', `/api/tickets/${id}`, { version: (await fileOf(house, id)).version, status });

describe.each(databases)('on $name', ({ open }) => {
  test('a ticket is promised a first response and an end, by the policy that is for tickets, and a chat by that for chats', async () => {
    const house = await open();
    await promise(house);
    await promise(house, { name: 'צ׳אטים', appliesTo: ['chats'], firstResponseMs: 2 * MINUTE_MS, resolutionMs: null });
    const ruth = await writeIn(house, 'שלום');
    const chat = () => house.json<{ sla: { dueAt: number } | null; createdAt: number }>('GET', `/api/conversations/${ruth.conversationId}`);
    await expect.poll(async () => ((await chat()).sla?.dueAt ?? 0) - (await chat()).createdAt, patient).toBe(2 * MINUTE_MS);
    const ticket = await openTicket(house);
    expect(ticket.sla).toMatchObject({ target: 'first-response', dueAt: ticket.createdAt + 10 * MINUTE_MS });
    const taken = await move(house, ticket.id, 'open');
    expect(taken.sla).toMatchObject({ target: 'resolution', dueAt: ticket.createdAt + 60 * MINUTE_MS });
    expect(await fileOf(house, ticket.id)).toMatchObject({ policy: { name: 'קריאות', resolutionMs: 60 * MINUTE_MS } });
    expect((await move(house, ticket.id, 'solved')).sla).toBeNull();
  });

  test('the clock stands still while the ticket waits for the customer or is on hold, and goes on after', async () => {
    const house = await open();
    await promise(house);
    const ticket = await openTicket(house);
    await move(house, ticket.id, 'open');
    house.clockOffsetMs += 20 * MINUTE_MS;
    expect((await move(house, ticket.id, 'waiting-for-customer')).sla).toBeNull();
    house.clockOffsetMs += 600 * MINUTE_MS;
    await move(house, ticket.id, 'on-hold');
    house.clockOffsetMs += 600 * MINUTE_MS;
    const { sla, updatedAt } = await move(house, ticket.id, 'open');
    const leftMs = (sla?.dueAt ?? 0) - updatedAt;
    expect(Math.abs(leftMs - 40 * MINUTE_MS)).toBeLessThan(10_000);
    expect((await fileOf(house, ticket.id)).breaches).toEqual([]);
  });

  test('who has the ticket is warned, who leads hears that it is late, each once, and lateness ends with the answer', async () => {
    const house = await open();
    await promise(house);
    const noa = await house.hire('Noa');
    const sara = await house.hire('Sara', 'supervisor');
    const noas = hear<AgentNotice>((await house.agent(noa.cookie)).socket, 'notice:posted');
    const saras = hear<AgentNotice>((await house.agent(sara.cookie)).socket, 'notice:posted');
    const ticket = await openTicket(house, { assigneeId: noa.id });
    house.clockOffsetMs += 6 * MINUTE_MS;
    await expect.poll(() => noas.map(({ kind }) => kind), patient).toEqual(['ticket', 'sla-warning']);
    expect(noas[1]).toMatchObject({ conversationId: null, ticket: { number: ticket.number }, sla: { target: 'first-response' } });
    const breaching = () => house.json<TicketPage>('GET', '/api/tickets?view=breaching');
    expect((await breaching()).items.map(({ id }) => id)).toEqual([ticket.id]);
    expect((await house.json<TicketPage>('GET', '/api/tickets?overdue=true')).items).toEqual([]);
    house.clockOffsetMs += 5 * MINUTE_MS;
    await expect.poll(() => saras.map(({ kind }) => kind), patient).toEqual(['sla-breach']);
    expect((await house.json<TicketPage>('GET', '/api/tickets?overdue=true')).items.map(({ id }) => id)).toEqual([ticket.id]);
    expect((await house.json<TicketPage>('GET', '/api/tickets?overdue=false')).items).toEqual([]);
    house.clockOffsetMs += MINUTE_MS;
    await move(house, ticket.id, 'open');
    const { breaches } = await fileOf(house, ticket.id);
    expect(breaches).toMatchObject([{ target: 'first-response', dueAt: ticket.createdAt + 10 * MINUTE_MS }]);
    expect(Math.abs((breaches[0]?.lateMs ?? 0) - 2 * MINUTE_MS)).toBeLessThan(20_000);
    expect(noas.map(({ kind }) => kind)).toEqual(['ticket', 'sla-warning', 'sla-breach']);
  });

  test('tickets that are there already are promised what is promised from now on', async () => {
    const house = await open();
    const ticket = await openTicket(house);
    expect(ticket.sla).toBeNull();
    await promise(house);
    await expect.poll(async () => (await fileOf(house, ticket.id)).sla?.target, patient).toBe('first-response');
  });

  test('a promise for one category is for tickets about it and below it, follows them when that changes, and is for no chat', async () => {
    const house = await open();
    const category = (name: string, parentId: string | null = null) =>
      house.json<TicketCategory>('POST', '/api/ticket-categories', { id: nanoid(), name, parentId });
    const repairs = await category('תיקונים');
    const fridges = await category('מקררים', repairs.id);
    const other = await category('חשבונות');
    await promise(house, { when: { ticketCategoryIds: [repairs.id] }, appliesTo: ['chats', 'tickets'] });
    const ruth = await writeIn(house, 'שלום');
    const ticket = await openTicket(house, { categoryId: fridges.id });
    expect(ticket.sla?.dueAt).toBe(ticket.createdAt + 10 * MINUTE_MS);
    expect((await openTicket(house, { categoryId: other.id })).sla).toBeNull();
    expect((await openTicket(house)).sla).toBeNull();
    const patch = (categoryId: string | null, version: number) =>
      house.json<Ticket>('PATCH', `/api/tickets/${ticket.id}`, { version, categoryId });
    expect((await patch(other.id, 1)).sla).toBeNull();
    expect((await patch(fridges.id, 2)).sla).not.toBeNull();
    await house.json('PATCH', `/api/ticket-categories/${fridges.id}`, { parentId: other.id });
    await expect.poll(async () => (await fileOf(house, ticket.id)).sla, patient).toBeNull();
    expect((await house.json<{ sla: unknown }>('GET', `/api/conversations/${ruth.conversationId}`)).sla).toBeNull();
  });

  test('whoever leads finds the broken promises of tickets among those of chats and on the board, as far as it may see tickets', async () => {
    const house = await open();
    await promise(house, { appliesTo: ['chats', 'tickets'], resolutionMs: null });
    const leads = ['conversations:view-all', 'reports:view'] as const;
    const rina = await house.hire('Rina', (await makeRole(house, 'rina', [...leads])).id);
    const sara = await house.hire('Sara', (await makeRole(house, 'sara', [...leads, 'tickets:view'])).id);
    const since = Date.now() - 60 * MINUTE_MS;
    const boards = await Promise.all(
      [sara, rina].map(async ({ cookie }) => {
        const { socket } = await house.agent(cookie);
        let board = await get<NowBoard>(socket, 'now:watch', { since });
        socket.on('now:changed', (next: NowBoard) => {
          board = next;
        });
        return () => board;
      }),
    );
    const [saras, rinas] = boards as [() => NowBoard, () => NowBoard];
    const ticket = await openTicket(house);
    const ruth = await writeIn(house, 'שלום');
    house.clockOffsetMs += 6 * MINUTE_MS;
    await expect.poll(() => saras().tickets, patient).toMatchObject({ breached: 0, soon: 1, rows: [{ id: ticket.id }] });
    house.clockOffsetMs += 5 * MINUTE_MS;
    await expect.poll(() => [saras().tickets.breached, saras().today.broken], patient).toEqual([1, 2]);
    await expect.poll(() => rinas().today.broken, patient).toBe(1);
    expect(rinas().tickets).toEqual({ breached: 0, soon: 0, rows: [] });
    const breaches = async (query = '', cookie = house.cookie) =>
      (await house.json<{ items: SlaBreach[] }>('GET', `/api/sla-breaches?${query}`, undefined, { cookie })).items;
    const whose = ({ conversationId, ticket: own }: SlaBreach) => conversationId ?? own?.number;
    expect((await breaches()).map(whose).sort()).toEqual([ticket.number, ruth.conversationId].sort());
    expect((await breaches('of=tickets')).map(whose)).toEqual([ticket.number]);
    expect((await breaches('of=chats')).map(whose)).toEqual([ruth.conversationId]);
    expect((await breaches('', rina.cookie)).map(whose)).toEqual([ruth.conversationId]);
    const first = await house.json<{ items: SlaBreach[]; next: string }>('GET', '/api/sla-breaches?limit=1');
    const second = await house.json<{ items: SlaBreach[]; next: null }>('GET', `/api/sla-breaches?limit=1&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(whose)).toEqual((await breaches()).map(whose));
    expect(second.next).toBeNull();
    await move(house, ticket.id, 'solved');
    await expect.poll(() => saras().tickets.breached, patient).toBe(0);
  });
});
