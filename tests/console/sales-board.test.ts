// @vitest-environment node
import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import { Http } from '../../console/http.ts';
import { BoardState } from '../../console/opportunities/board-state.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Opportunity, Pipeline } from '../../shared/opportunity.ts';
import { makeToken, writeIn } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';

async function openBoard(house: House, cookie: string, pipeline: Pipeline): Promise<BoardState> {
  const { token } = await makeToken(house, cookie);
  const state = new BoardState(new Http({ serverUrl: house.url, apiToken: token }));
  state.show({ pipelineId: pipeline.id, owner: '', q: '' });
  await expect.poll(() => state.board.value).not.toBeNull();
  return state;
}

async function furnish(house: House): Promise<{ pipeline: Pipeline; cards: Opportunity[] }> {
  const { conversationId } = await writeIn(house, 'שלום');
  const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`);
  const stages = ['פנייה', 'הצעה', 'סוכם'].map((name) => ({ id: nanoid(), name, probability: 50 }));
  const pipeline = await house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'מכירות', currency: 'ILS', stages });
  const cards: Opportunity[] = [];
  for (const name of ['שלישי', 'שני', 'ראשון']) {
    cards.unshift(
      await house.json('POST', '/api/opportunities', { id: nanoid(), contactId: contact.id, pipelineId: pipeline.id, name, amount: 100 }),
    );
  }
  return { pipeline, cards };
}

const shown = (state: BoardState) => state.board.value?.columns.map(({ items }) => items.map(({ name }) => name));

test('a card lies where it was put before the server has answered, and stays there', async () => {
  const house = await openHouse();
  const { pipeline, cards } = await furnish(house);
  const board = await openBoard(house, house.cookie, pipeline);
  expect(shown(board)).toEqual([['ראשון', 'שני', 'שלישי'], [], []]);
  const moving = board.move(cards[0] as Opportunity, { stageId: pipeline.stages[1]?.id ?? '', index: 0 });
  expect(shown(board)).toEqual([['שני', 'שלישי'], ['ראשון'], []]);
  expect(await moving).toBeNull();
  expect(shown(board)).toEqual([['שני', 'שלישי'], ['ראשון'], []]);
  expect(board.board.value?.columns[1]).toMatchObject({ count: 1, sums: [{ currency: 'ILS', amount: 100, weighted: 50 }] });
  await board.move(board.board.value?.columns[0]?.items[1] as Opportunity, { stageId: pipeline.stages[0]?.id ?? '', index: 0 });
  expect(shown(board)?.[0]).toEqual(['שלישי', 'שני']);
});

test('a card that a colleague has just taken elsewhere is shown where it is, and why is said', async () => {
  const house = await openHouse();
  const { pipeline, cards } = await furnish(house);
  const card = cards[0] as Opportunity;
  const board = await openBoard(house, house.cookie, pipeline);
  const from = { stageId: card.stageId, status: card.status };
  await house.json('POST', `/api/opportunities/${card.id}/move`, { from, stageId: pipeline.stages[2]?.id, afterId: null });
  expect(await board.move(card, { stageId: pipeline.stages[1]?.id ?? '', index: 0 })).toMatchObject({ code: 'stale' });
  expect(shown(board)).toEqual([['שני', 'שלישי'], [], ['ראשון']]);
});

test('without a network a card goes back to where it was', async () => {
  const house = await openHouse();
  const { pipeline, cards } = await furnish(house);
  const board = await openBoard(house, house.cookie, pipeline);
  await house.stop();
  expect(await board.move(cards[0] as Opportunity, { stageId: pipeline.stages[1]?.id ?? '', index: 0 })).toMatchObject({
    code: 'unavailable',
  });
  expect(shown(board)).toEqual([['ראשון', 'שני', 'שלישי'], [], []]);
  await house.start();
  await board.load();
  expect(board.error.value).toBeNull();
});

test('what a colleague moves is shown moved as soon as it is told', async () => {
  const house = await openHouse();
  const { pipeline, cards } = await furnish(house);
  const card = cards[1] as Opportunity;
  const board = await openBoard(house, house.cookie, pipeline);
  const moved = await house.json<Opportunity>('POST', `/api/opportunities/${card.id}/move`, {
    from: { stageId: card.stageId, status: card.status },
    stageId: pipeline.stages[2]?.id,
    afterId: null,
  });
  board.changed(moved);
  expect(shown(board)).toEqual([['ראשון', 'שלישי'], [], ['שני']]);
  await expect.poll(() => board.board.value?.columns[2]?.count).toBe(1);
  board.close();
});

test('a card that was found by its note shows where the words stand, and still does while a colleague changes it', async () => {
  const house = await openHouse();
  const { pipeline, cards } = await furnish(house);
  const card = cards[1] as Opportunity;
  await house.json('PATCH', `/api/opportunities/${card.id}`, { version: 1, note: 'רוצה מערכת טפטוף' });
  const board = await openBoard(house, house.cookie, pipeline);
  board.show({ pipelineId: pipeline.id, owner: '', q: 'טפטוף' });
  await expect.poll(() => shown(board)).toEqual([['שני'], [], []]);
  const excerpt = { text: 'רוצה מערכת טפטוף', marks: [{ from: 11, to: 16 }] };
  expect(board.board.value?.columns[0]?.items[0]?.excerpt).toEqual(excerpt);
  board.changed(await house.json<Opportunity>('PATCH', `/api/opportunities/${card.id}`, { version: 2, amount: 500 }));
  expect(board.board.value?.columns[0]?.items[0]).toMatchObject({ amount: 500, excerpt });
  board.changed(await house.json<Opportunity>('PATCH', `/api/opportunities/${card.id}`, { version: 3, note: null }));
  expect(board.board.value?.columns[0]?.items[0]).not.toHaveProperty('excerpt');
  board.close();
});
