import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Board, Opportunity, OpportunityPage, Pipeline } from '../../shared/opportunity.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House } from '../helpers/house.ts';

const stages = () => ['פנייה', 'הצעה'].map((name) => ({ id: nanoid(), name, probability: 50 }));
const makePipeline = (house: House) =>
  house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'מכירות', currency: 'ILS', stages: stages() });

async function meet(house: House, name: string): Promise<{ id: string; erase: () => Promise<unknown> }> {
  const { conversationId, socket } = await writeIn(house, 'שלום');
  const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`);
  await house.json('PATCH', `/api/contacts/${contact.id}`, { name });
  return { id: contact.id, erase: () => get(socket, 'data:erase', { confirm: 'erase' }) };
}

const offer = (house: House, contactId: string, { id: pipelineId }: Pipeline, some: object) =>
  house.json<Opportunity>('POST', '/api/opportunities', { id: nanoid(), contactId, pipelineId, amount: 100, ...some });
const page = (house: House, q: string, more = '') =>
  house.json<OpportunityPage>('GET', `/api/opportunities?q=${encodeURIComponent(q)}${more}`);
const boardOf = (house: House, { id }: Pipeline, q: string) =>
  house.json<Board>('GET', `/api/opportunities/board?pipelineId=${id}&q=${encodeURIComponent(q)}`);
const seenAt = ({ stageId, status }: Opportunity) => ({ stageId, status });

describe.each(databases)('on $name', ({ open }) => {
  test('board and list find an opportunity by every word of its name, of its notes and of whose it is, in any form, as they are now', async () => {
    const house = await open();
    const [ruth, omar, sales] = [await meet(house, 'רות כהן'), await meet(house, 'Omar Haddad'), await makePipeline(house)];
    const garden = await offer(house, ruth.id, sales, { name: 'גינה על הגג', note: 'ביקשה הצעה למערכת השקיה בטפטוף' });
    const kitchen = await offer(house, omar.id, sales, { name: 'Outdoor kitchen', stageId: sales.stages[1]?.id });
    const found = async (q: string, more = '') => {
      const [list, board] = [await page(house, q, more), await boardOf(house, sales, q)];
      const names = list.items.map(({ name }) => name);
      const cards = board.columns.flatMap(({ items }) => items.map(({ name }) => name));
      if (more === '') expect(cards.toSorted()).toEqual(names.toSorted());
      expect(board.columns.map(({ count }) => count)).toEqual(board.columns.map(({ items }) => items.length));
      return names;
    };
    // With and without what Hebrew writes onto a word, beginnings, words from different places, and a slip.
    expect(await found('גג')).toEqual([garden.name]);
    expect(await found('לגינה')).toEqual([garden.name]);
    expect(await found('שהטפטוף')).toEqual([garden.name]);
    expect(await found('kit')).toEqual([kitchen.name]);
    expect(await found('haddad outdoor')).toEqual([kitchen.name]);
    expect(await found('כהן השקיה')).toEqual([garden.name]);
    expect(await found('כהן kitchen')).toEqual([]);
    expect(await found('!!!')).toEqual([]);
    expect(await found('kithcen')).toEqual([kitchen.name]);
    const corrected = [{ typed: 'kithcen', used: ['kitchen'] }];
    expect([(await page(house, 'kithcen')).corrections, (await boardOf(house, sales, 'kithcen')).corrections]).toEqual([
      corrected,
      corrected,
    ]);

    await house.json('PATCH', `/api/opportunities/${garden.id}`, { version: 1, note: 'רוצה דשא', contactId: omar.id });
    expect([await found('טפטוף'), await found('דשא'), await found('כהן'), (await found('Haddad')).length]).toEqual([
      [],
      [garden.name],
      [],
      2,
    ]);
    await house.json('PATCH', `/api/contacts/${omar.id}`, { name: 'Omar Nasser' });
    expect([await found('Haddad'), (await found('nasser')).length]).toEqual([[], 2]);
    const why = { from: seenAt(kitchen), status: 'lost', lostNote: 'The neighbour sold them one' };
    await house.json('POST', `/api/opportunities/${kitchen.id}/close`, why);
    expect([await found('neighbour', '&status=lost'), await found('neighbour', '&status=open')]).toEqual([[kitchen.name], []]);
    await house.call('DELETE', `/api/opportunities/${kitchen.id}`);
    expect(await found('neighbour', '&status=lost')).toEqual([]);
  });

  test('where the words stand in a note, the piece of it is shown with the words marked', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house, 'רות כהן'), await makePipeline(house)];
    const story = 'סיפרה על החצר ועל הכלב. '.repeat(20);
    await offer(house, ruth.id, sales, { name: 'גינה', note: `${story}הכי חשוב לה הטפטוף. ${story}` });
    const [byName] = (await page(house, 'גינה כהן')).items;
    expect(byName).not.toHaveProperty('excerpt');
    for (const { items } of [
      await page(house, 'גינה טפטוף'),
      (await boardOf(house, sales, 'גינה טפטוף')).columns[0] as Board['columns'][0],
    ]) {
      const { text = '', marks = [] } = items[0]?.excerpt ?? {};
      expect(text.length).toBeLessThan(200);
      expect(marks.map(({ from, to }) => text.slice(from, to))).toEqual(['הטפטוף']);
    }
  });

  test('of a customer who is erased no word is left', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house, 'רות כהן'), await makePipeline(house)];
    await offer(house, ruth.id, sales, { name: 'זברה', note: 'פינגווין' });
    expect((await page(house, 'זברה פינגווין רות')).items).toHaveLength(1);
    await ruth.erase();
    expect((await page(house, 'זברה')).items).toEqual([]);
    const { db } = house.server.app.storage;
    expect(await db.selectFrom('opportunityEntry').select('text').execute()).toEqual([]);
    expect(await db.selectFrom('opportunityWord').select('word').execute()).toEqual([]);
  });
});
