import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { addEntries, entryWords } from '../../server/words/entries.ts';
import type { Ticket, TicketPage, TicketWork } from '../../shared/ticket.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House } from '../helpers/house.ts';

const openTicket = (house: House, body: object) => house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), subject: 'קריאה', ...body });
const page = (house: House, q: string, more = '', cookie = house.cookie) =>
  house.json<TicketPage>('GET', `/api/tickets?q=${encodeURIComponent(q)}${more}`, undefined, { cookie });
const numbers = async (house: House, q: string, more = '', cookie = house.cookie) =>
  (await page(house, q, more, cookie)).items.map(({ number }) => number);

describe.each(databases)('on $name', ({ open }) => {
  test('a ticket is found by the words of its subject, its description and its work log, in any form, and by what they are now', async () => {
    const house = await open();
    const fridge = await openTicket(house, { subject: 'המקרר לא מקרר', description: 'כתוב על המדבקה XK-4711, והמנוע רועש' });
    const bill = await openTicket(house, { subject: 'חשבונית כפולה', externalId: 'ERP-900' });
    const log = `/api/tickets/${bill.id}/log`;
    const entry = await house.json<TicketWork>('POST', log, { id: nanoid(), text: 'דיברתי עם הנהלת החשבונות על ההחזר', minutes: 5 });
    // With and without what Hebrew writes onto a word, beginnings, several words from different places, and a slip.
    expect(await numbers(house, 'מנוע')).toEqual([1]);
    expect(await numbers(house, 'שהמנוע')).toEqual([1]);
    expect(await numbers(house, 'החזרים')).toEqual([2]);
    expect(await numbers(house, 'חשבונית החזר')).toEqual([2]);
    expect(await numbers(house, 'מדבקה מקררים')).toEqual([1]);
    expect(await numbers(house, 'מדבקה החזר')).toEqual([]);
    expect(await numbers(house, 'ERP-900')).toEqual([2]);
    const slipped = await page(house, 'מדבכה');
    expect(slipped.items.map(({ number }) => number)).toEqual([1]);
    expect(slipped.corrections?.[0]).toMatchObject({ typed: 'מדבכה', used: expect.arrayContaining(['מדבקה']) });
    // A number is the ticket's, or stands in its words; with the sign it is the ticket's alone.
    expect(await numbers(house, '4711')).toEqual([1]);
    expect(await numbers(house, '2')).toEqual([2]);
    expect(await numbers(house, '#4711')).toEqual([]);
    expect(await numbers(house, '!!!')).toEqual([]);

    await house.json('PATCH', `/api/tickets/${fridge.id}`, { version: 1, description: 'הוחלף מדחס' });
    expect([await numbers(house, 'מנוע'), await numbers(house, 'מדחס')]).toEqual([[], [1]]);
    await house.json('PATCH', `${log}/${entry.id}`, { text: 'נשלח זיכוי', minutes: 5 });
    expect([await numbers(house, 'הנהלת'), await numbers(house, 'זיכוי')]).toEqual([[], [2]]);
    await house.call('DELETE', `${log}/${entry.id}`);
    expect(await numbers(house, 'זיכוי')).toEqual([]);
    await house.json('PATCH', `/api/tickets/${fridge.id}`, { version: 2, status: 'solved' });
    expect(await numbers(house, 'מקרר', '&status=unsolved')).toEqual([]);
    await house.call('DELETE', `/api/tickets/${fridge.id}`);
    expect(await numbers(house, 'מקרר')).toEqual([]);
  });

  test('where the subject does not hold the words, the piece of the description or of the log is shown that does', async () => {
    const house = await open();
    const story = 'הלקוחה התקשרה וביקשה שנחזור אליה. '.repeat(15);
    const fridge = await openTicket(house, { subject: 'המקרר רועש', description: `${story}כתוב על המדבקה XK-4711. ${story}` });
    const log = { id: nanoid(), text: `${story}הזמנתי מדחס מהיבואן. ${story}`, minutes: 5 };
    await house.json('POST', `/api/tickets/${fridge.id}/log`, log);
    await house.json('POST', `/api/tickets/${fridge.id}/log`, { id: nanoid(), text: 'נקבע טכנאי', minutes: 5 });
    const excerpt = async (q: string) => {
      const { text = '', marks = [] } = (await page(house, q)).items[0]?.excerpt ?? {};
      expect(text.length).toBeLessThan(200);
      return marks.map(({ from, to }) => text.slice(from, to));
    };
    expect((await page(house, 'מקרר')).items[0]).not.toHaveProperty('excerpt');
    expect(await excerpt('מדבקה')).toEqual(['המדבקה']);
    expect(await excerpt('מקרר טכנאי')).toEqual(['טכנאי']);
    expect(await excerpt('מדחסים יבואן')).toEqual(['מדחס', 'מהיבואן']);
    expect((await page(house, '#1')).items[0]).not.toHaveProperty('excerpt');
  });

  test('who may not see a ticket does not find it, and is not told which words stand in it', async () => {
    const house = await open();
    const service = await makeTeam(house, 'שירות');
    const omar = await house.hire('Omar', (await makeRole(house, 'own', ['conversations:view-queue', 'tickets:edit'])).id);
    await openTicket(house, { subject: 'סודי', description: 'פינגווין', teamId: service.id });
    await openTicket(house, { subject: 'גלוי' });
    expect(await numbers(house, 'פינגווין')).toEqual([1]);
    expect(await numbers(house, 'פינגווין', '', omar.cookie)).toEqual([]);
    expect(await page(house, 'פינגוויו', '', omar.cookie)).toEqual({ items: [], next: null });
  });

  test('a word of a person who is erased is found no more, and no word of it is left', async () => {
    const house = await open();
    const ruth = await writeIn(house, 'הזברה שלי ברחה');
    const ticket = await house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), conversationId: ruth.conversationId });
    await house.json('POST', `/api/tickets/${ticket.id}/log`, { id: nanoid(), text: 'חיפשתי את הזברה', minutes: 5 });
    expect(await numbers(house, 'זברה')).toEqual([1]);
    await get(ruth.socket, 'data:erase', { confirm: 'erase' });
    const { db } = house.server.app.storage;
    expect(await db.selectFrom('ticketEntry').select('text').execute()).toEqual([]);
    expect(await db.selectFrom('ticketWord').select('word').execute()).toEqual([]);
    expect(await numbers(house, 'זברה')).toEqual([]);
  });

  test('a word that stands in very many tickets lists them all, the latest change first, page by page and by every filter', async () => {
    const house = await open();
    const many = 4_200;
    const { storage } = house.server.app;
    const [first] = await Promise.all([openTicket(house, { subject: 'הזמנה מיוחדת' }), openTicket(house, { subject: 'אחר' })]);
    expect(await numbers(house, 'מיוחדת')).toEqual([first.number]);
    const row = await storage.db.selectFrom('ticket').selectAll().where('id', '=', first.id).executeTakeFirstOrThrow();
    await storage.write(async (trx) => {
      for (let at = 0; at < many; at += 300) {
        const rows = Array.from({ length: 300 }, (_, place) => {
          const number = 10 + at + place;
          const moment = row.createdAt - number;
          return { ...row, id: nanoid(), number, subject: `הזמנה ${number}`, createdAt: moment, updatedAt: moment };
        });
        await trx.insertInto('ticket').values(rows).execute();
        await addEntries(
          trx,
          'ticketEntry',
          rows.map(({ id, subject, createdAt }) => ({ id, createdAt, words: entryWords(subject) })),
        );
      }
      await trx.deleteFrom('ticketToIndex').execute();
    });
    const one = await page(house, 'הזמנות', '&limit=2');
    expect(one.items.map(({ number }) => number)).toEqual([first.number, 10]);
    expect((await page(house, 'הזמנות', `&limit=2&cursor=${one.next}`)).items.map(({ number }) => number)).toEqual([11, 12]);
    expect(await numbers(house, 'הזמנה מיוחדת')).toEqual([first.number]);
    await house.json('PATCH', `/api/tickets/${first.id}`, { version: 1, priority: 'urgent' });
    expect(await numbers(house, 'הזמנה', '&priority=urgent')).toEqual([first.number]);
  });
});
