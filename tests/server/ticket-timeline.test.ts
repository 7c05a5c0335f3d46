import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { ticketTimeline } from '../../server/tickets/ticket-timeline.ts';
import type { Cursor } from '../../server/transport/cursor.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import type { House } from '../helpers/house.ts';

const open = (house: House, body: object) => house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), ...body });

async function callerOf(house: House, cookie: string) {
  const caller = await house.server.app.findCaller({ cookie }, undefined);
  if (!caller) throw new Error('Nobody is signed in.');
  return caller;
}

describe.each(databases)('on $name', ({ open: openHouse }) => {
  test('a customer’s tickets stand in its timeline, newest first, page by page, found by words, and none out of sight', async () => {
    const house = await openHouse();
    const ruth = await writeIn(house, 'שלום');
    const service = await makeTeam(house, 'שירות');
    const opened: Ticket[] = [];
    for (const subject of ['המקרר לא מקרר', 'חשבונית כפולה', 'משלוח שלא הגיע']) {
      house.clockOffsetMs += 1_000;
      opened.push(
        await open(house, { conversationId: ruth.conversationId, subject, description: subject.startsWith('חשב') ? 'פעמיים' : '' }),
      );
    }
    house.clockOffsetMs += 1_000;
    await open(house, { conversationId: ruth.conversationId, subject: 'לא של כולם', teamId: service.id });
    const { app } = house.server;
    const ask = async (cookie: string, given: { before?: Cursor | null; limit?: number; words?: string[] } = {}) =>
      ticketTimeline.list(app, await callerOf(house, cookie), {
        contactId: opened[0]?.contact?.id ?? '',
        kinds: ['ticket'],
        before: null,
        limit: 10,
        words: [],
        ...given,
      });
    const dana = await ask(house.cookie);
    expect(dana.map(({ title }) => title)).toEqual(['לא של כולם', 'משלוח שלא הגיע', 'חשבונית כפולה', 'המקרר לא מקרר']);
    expect(dana[3]).toMatchObject({ kind: 'ticket', agent: { name: 'Dana' }, facts: { number: 1, status: 'new', priority: 'normal' } });

    const queue = await makeRole(house, 'queue', ['conversations:view-queue', 'tickets:view']);
    const blind = await makeRole(house, 'blind', ['conversations:view-all']);
    const omar = await house.hire('Omar', queue.id);
    const rina = await house.hire('Rina', blind.id);
    expect(await ask(omar.cookie)).toHaveLength(3);
    expect(await ask(rina.cookie)).toEqual([]);
    const [first, second] = await ask(omar.cookie, { limit: 2 });
    expect([first?.title, second?.title]).toEqual(['משלוח שלא הגיע', 'חשבונית כפולה']);
    const rest = await ask(omar.cookie, { limit: 2, before: second ? { at: second.at, id: second.id } : null });
    expect(rest.map(({ title }) => title)).toEqual(['המקרר לא מקרר']);
    expect((await ask(omar.cookie, { words: ['פעמיימ'] })).map(({ title }) => title)).toEqual(['חשבונית כפולה']);
    expect(await ask(omar.cookie, { words: ['פעמיימ', 'מקרר'] })).toEqual([]);
  });
});
