import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { QuestionGrouping } from '../../server/questions/question-grouping.ts';
import type { ChangedGroup, QuestionExample, QuestionGroup, QuestionPage } from '../../shared/question.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openEmptyHouse, openHouse } from '../helpers/house.ts';
import { freshDatabaseUrl } from '../helpers/postgres.ts';

const seen = { timeout: 25_000, interval: 100 };

async function pageOf(house: House, query = ''): Promise<QuestionPage> {
  const now = Date.now();
  return house.json<QuestionPage>('GET', `/api/questions?from=${now - 60_000}&to=${now + 60_000}${query}`);
}

async function textsOf(house: House, { id }: Pick<QuestionGroup, 'id'>): Promise<string[]> {
  const now = Date.now();
  const { items } = await house.json<{ items: QuestionExample[] }>(
    'GET',
    `/api/questions/${id}/examples?from=${now - 60_000}&to=${now + 60_000}&limit=50`,
  );
  return items.map(({ text }) => text);
}

/** The group with all of these, and nothing else. */
async function groupOf(house: House, words: readonly string[], query = ''): Promise<QuestionGroup> {
  return vi.waitFor(async () => {
    const { items } = await pageOf(house, query);
    for (const group of items) {
      if (group.count === words.length && (await textsOf(house, group)).toSorted().join() === words.toSorted().join()) return group;
    }
    throw new Error(`no group of these: ${items.map(({ name, count }) => `${name} ${count}`).join(', ')}`);
  }, seen);
}

async function ask(house: House, texts: readonly string[]): Promise<void> {
  for (const text of texts) await writeIn(house, text);
}

const hours = ['מה שעות הפתיחה שלכם?', 'מהן שעות הפתיחה?', 'מה שעות הפתיחה היום?'];
const returns = ['How can I return my order?', 'how can i return an order', 'Can I return my order?'];
const paying = ['איך אפשר לשלם', 'אתם מקבלים אשראי', 'אפשר בתשלומים'];

describe.each(databases)('on $name', ({ open }) => {
  test('with one question more they are put together by what they mean, and what people decided about the few stays', async () => {
    const all = [...hours, ...returns, ...paying];
    const house = await open({ manyQuestions: all.length });
    await ask(house, all.slice(0, -1));
    const [opening, back] = [await groupOf(house, hours), await groupOf(house, returns)];
    expect((await pageOf(house)).single, 'in other words it is another question').toBe(2);
    const named = await house.json<ChangedGroup>('POST', `/api/questions/${opening.id}/rename`, { name: 'שעות', version: opening.version });
    await house.json('POST', `/api/questions/${back.id}/ignore`, { version: back.version });

    await ask(house, all.slice(-1));
    await groupOf(house, paying);
    expect(await groupOf(house, hours)).toMatchObject({ id: opening.id, name: 'שעות', version: named.version });
    expect(await groupOf(house, returns, '&show=ignored')).toMatchObject({ id: back.id });

    // From now on the thread's groups are what new questions are looked up in.
    await ask(house, ['מה שעות הפתיחה מחר?']);
    expect((await groupOf(house, [...hours, 'מה שעות הפתיחה מחר?'])).id).toBe(opening.id);
  }, 60_000);
});

test('with one question fewer nothing is learnt from their number', async () => {
  const all = [...hours, ...returns, ...paying];
  const house = await openHouse({ manyQuestions: all.length + 1 });
  await ask(house, all);
  await groupOf(house, hours);
  await groupOf(house, returns);
  await vi.waitFor(async () => expect(await pageOf(house)).toMatchObject({ groups: 2, single: 3, questions: 9 }), seen);
});

test('what is decided while questions are being put into groups is seen right after, and waits for no rest', async () => {
  const house = await openHouse();
  await ask(house, hours);
  await groupOf(house, hours);
  const { app } = house.server;
  const grouping = new QuestionGrouping(app);
  onTestFinished(() => grouping.stop());
  // The house groups its questions too, and either of them takes the wish.
  const step = async () => {
    await app.storage.write((trx) => trx.updateTable('questionMining').set({ isWanted: 1 }).execute());
    return grouping.step();
  };
  await vi.waitFor(async () => {
    const deciding = setInterval(() => grouping.hurry(), 1);
    const hasGrouped = await step().finally(() => clearInterval(deciding));
    expect(hasGrouped).toBe(true);
    expect(await step()).toBe(true);
  }, seen);
});

test('two servers that put the same questions into groups at once make no group twice, and lose no decision', async () => {
  const databaseUrl = await freshDatabaseUrl();
  const options = { databaseUrl, environment: { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') } };
  const one = await openHouse(options);
  const other = await openEmptyHouse(options);
  Object.assign(other, { cookie: one.cookie, inbox: one.inbox });
  await Promise.all([ask(one, hours), ask(other, returns)]);
  const [opening, back] = [await groupOf(other, hours), await groupOf(one, returns)];
  const rename = (house: House, { id, version }: QuestionGroup, name: string) =>
    house.json<ChangedGroup>('POST', `/api/questions/${id}/rename`, { name, version });
  // A decision hurries the server at which it was made.
  await Promise.all([
    rename(one, opening, 'שעות'),
    rename(other, back, 'Returns'),
    ask(other, ['מה שעות הפתיחה מחר?']),
    ask(one, ['can I return my order please?']),
  ]);
  for (const house of [one, other]) {
    expect(await groupOf(house, [...hours, 'מה שעות הפתיחה מחר?'])).toMatchObject({ id: opening.id, name: 'שעות' });
    expect(await groupOf(house, [...returns, 'can I return my order please?'])).toMatchObject({ id: back.id, name: 'Returns' });
  }
  expect(await pageOf(one)).toMatchObject({ groups: 2, questions: 8, single: 0 });
}, 60_000);
