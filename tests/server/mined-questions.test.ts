import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test, vi } from 'vitest';
import type { AnswerDraftProposal, ChangedGroup, QuestionExample, QuestionGroup, QuestionPage } from '../../shared/question.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, openHouse } from '../helpers/house.ts';

const seen = { timeout: 20_000, interval: 50 };
const DAY_MS = 24 * 60 * 60_000;

function period(house: House, days = 30): string {
  const now = Date.now() + house.clockOffsetMs;
  return `from=${now - (days - 1) * DAY_MS}&to=${now + 60_000}`;
}

async function pageOf(house: House, query = '', cookie = house.cookie): Promise<QuestionPage> {
  return house.json<QuestionPage>('GET', `/api/questions?${period(house)}${query}`, undefined, { cookie });
}

async function examplesOf(house: House, id: string, cookie = house.cookie): Promise<QuestionExample[]> {
  return (await house.json<{ items: QuestionExample[] }>('GET', `/api/questions/${id}/examples?${period(house)}`, undefined, { cookie }))
    .items;
}

/** The group in which somebody asked in these words, once there is one of so many. */
async function groupOf(house: House, words: string, count: number): Promise<QuestionGroup> {
  return vi.waitFor(async () => {
    const { items } = await pageOf(house);
    for (const group of items) {
      if (group.count !== count) continue;
      if ((await examplesOf(house, group.id)).some(({ text }) => text.includes(words))) return group;
    }
    throw new Error(`no group of ${count} with "${words}": ${items.map(({ name, count }) => `${name} ${count}`).join(', ')}`);
  }, seen);
}

async function reply(agent: Socket, conversationId: string, text: string): Promise<void> {
  await get(agent, 'message:post', { id: nanoid(), conversationId, text });
}

const hours = ['מה שעות הפתיחה שלכם?', 'מהן שעות הפתיחה?', 'מה שעות הפתיחה היום?'];
const returns = ['How can I return my order?', 'how can i return an order', 'Can I return my order?'];

describe.each(databases)('on $name', ({ open }) => {
  test('what many ask in their own words stands as one question, counted, with who answered and how long it took', async () => {
    const house = await open();
    const dana = await house.agent();
    const asked = [];
    for (const text of [...hours, ...returns, 'האם יש לכם חניה לנכים ליד הסניף?']) asked.push(await writeIn(house, text));
    await reply(dana.socket, asked[0]?.conversationId ?? '', 'אנחנו פתוחים בימים א-ה בין 9:00 ל-18:00');
    const group = await groupOf(house, hours[0] as string, 3);
    await vi.waitFor(async () => {
      const page = await pageOf(house);
      expect(page).toMatchObject({ questions: 7, single: 1, conversations: 7, groups: 2, isReading: false });
      expect(page.updatedAt).not.toBeNull();
      expect(page.items.find(({ id }) => id === group.id)).toMatchObject({
        count: 3,
        before: 0,
        trend: null,
        unanswered: 2,
        answeredByBot: 0,
        answeredByAgents: [{ name: 'Dana', count: 1 }],
        share: 3 / 7,
      });
    }, seen);
    const examples = await examplesOf(house, group.id);
    expect(examples.map(({ text }) => text).sort()).toEqual([...hours].sort());
    expect(examples.find(({ text }) => text === hours[0])).toMatchObject({ answeredBy: { kind: 'agent', name: 'Dana' }, seq: 1 });
  });

  test('a new question joins its group within seconds, and a private word or a greeting joins none', async () => {
    const house = await open();
    for (const text of hours) await writeIn(house, text);
    const group = await groupOf(house, hours[0] as string, 3);
    const visitor = await writeIn(house, 'שלום');
    await get(visitor.socket, 'message:post', { id: nanoid(), text: 'מה שעות הפתיחה שלכם?' });
    await get(visitor.socket, 'message:post', { id: nanoid(), text: 'תודה!' });
    for (const text of ['היי, יש שם מישהו?', 'היי, יש שם מישהו?', 'hi', 'hi', 'Hello, how are you?', 'Hello, how are you?']) {
      await writeIn(house, text);
    }
    const grown = await groupOf(house, hours[0] as string, 4);
    expect(grown.id).toBe(group.id);
    expect(await pageOf(house)).toMatchObject({ questions: 4, groups: 1 });
  });

  test('what people decide survives the next grouping: a name, a merge, a split and what is ignored', async () => {
    const house = await open();
    for (const text of [...hours, ...returns]) await writeIn(house, text);
    const opening = await groupOf(house, hours[0] as string, 3);
    const back = await groupOf(house, returns[0] as string, 3);
    const named = await house.json<ChangedGroup>('POST', `/api/questions/${opening.id}/rename`, { name: 'שעות', version: opening.version });
    const merged = await house.json<ChangedGroup>('POST', `/api/questions/${opening.id}/merge`, { ids: [back.id], version: named.version });
    for (const text of ['מה שעות הפתיחה שלכם??', 'Can I return my order, please?']) await writeIn(house, text);
    const both = await groupOf(house, returns[0] as string, 8);
    expect(both).toMatchObject({ id: opening.id, name: 'שעות', isNamed: true, version: merged.version });
    expect(both.merged).toMatchObject([{ id: back.id }]);

    const restored = await house.json<ChangedGroup>('POST', `/api/questions/${back.id}/restore`, { version: both.merged[0]?.version });
    expect(await groupOf(house, returns[0] as string, 4)).toMatchObject({ id: back.id });
    expect(await groupOf(house, hours[0] as string, 4)).toMatchObject({ id: opening.id });

    const chosen = (await examplesOf(house, back.id)).find(({ text }) => text === 'Can I return my order?');
    const split = await house.json<ChangedGroup>('POST', `/api/questions/${back.id}/split`, {
      id: nanoid(),
      questionIds: [chosen?.id],
      name: 'May I return it',
      version: restored.version,
    });
    await vi.waitFor(async () => {
      const { items } = await pageOf(house);
      expect(items.find(({ id }) => id === split.id)).toMatchObject({ name: 'May I return it' });
      const counts = items.filter(({ id }) => id === split.id || id === back.id).map(({ count }) => count);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    }, seen);

    await house.json('POST', `/api/questions/${opening.id}/ignore`, { version: merged.version });
    await writeIn(house, 'מהן שעות הפתיחה שלכם?');
    await vi.waitFor(async () => {
      expect((await pageOf(house, '&show=ignored')).items).toMatchObject([{ id: opening.id, count: 5 }]);
      expect((await pageOf(house)).items.map(({ id }) => id)).not.toContain(opening.id);
    }, seen);
  });

  test('of two administrators who change the same group the second is told, and nothing of the first is lost', async () => {
    const house = await open();
    for (const text of hours) await writeIn(house, text);
    const { id, version } = await groupOf(house, hours[0] as string, 3);
    const [one, other] = await Promise.all([
      house.call('POST', `/api/questions/${id}/rename`, { name: 'ראשון', version }),
      house.call('POST', `/api/questions/${id}/rename`, { name: 'שני', version }),
    ]);
    expect([one.status, other.status].sort()).toEqual([200, 409]);
    const winner = one.ok ? 'ראשון' : 'שני';
    expect((await pageOf(house)).items[0]).toMatchObject({ name: winner, version: version + 1 });
  });

  test('nobody is told of conversations that are out of sight, not even in a number', async () => {
    const house = await open();
    const role = await makeRole(house, 'Team leader', ['conversations:view-team', 'conversations:reply', 'reports:view']);
    const lior = await house.hire('Lior', role.id);
    const team = await makeTeam(house, 'Shop', [lior.id]);
    const dana = await house.agent();
    const talks = [];
    for (const text of hours) talks.push(await writeIn(house, text));
    await get(dana.socket, 'conversation:assign', { conversationId: talks[0]?.conversationId, teamId: team.id });
    await groupOf(house, hours[0] as string, 3);
    const { agentId } = { agentId: (await house.json<{ id: string }>('GET', '/api/session')).id };
    for (const talk of talks.slice(1)) await get(dana.socket, 'conversation:assign', { conversationId: talk.conversationId, agentId });
    const page = await pageOf(house, '', lior.cookie);
    expect(page).toMatchObject({ questions: 1, conversations: 1, items: [{ count: 1, share: 1 }] });
    expect(await examplesOf(house, page.items[0]?.id ?? '', lior.cookie)).toHaveLength(1);
  });

  test('a person who is erased leaves a number behind and no word', async () => {
    const house = await open();
    const shown = new Set<string>();
    const first = await writeIn(house, 'האם הבושם של רבקה לוי הגיע לחנות?');
    for (const text of ['האם הבושם הגיע לחנות?', 'הבושם הגיע לחנות?']) await writeIn(house, text);
    const group = await groupOf(house, 'רבקה', 3);
    await get(first.socket, 'data:erase', { confirm: 'erase' });
    await vi.waitFor(async () => {
      const [now] = (await pageOf(house)).items;
      expect(now).toMatchObject({ id: group.id, count: 3 });
      shown.add(now?.name ?? '');
      expect(now?.name).not.toContain('רבקה');
      const texts = (await examplesOf(house, group.id)).map(({ text }) => text);
      expect(texts).toHaveLength(2);
      expect(texts.join()).not.toContain('רבקה');
    }, seen);
    const draft = await house.json<AnswerDraftProposal>('POST', `/api/questions/${group.id}/answer-draft`, {});
    expect(JSON.stringify(draft)).not.toContain('רבקה');
  });
});

test('an answer begins with how people asked and what agents said most, without names, phones and numbers', async () => {
  const house = await openHouse();
  const dana = await house.agent();
  const asked = [
    'When will my order arrive?',
    'when will order 4455667 arrive',
    'When will my order finally arrive?',
    'My order: when will it arrive? My phone is 054-1234567',
    'when does my order arrive',
  ];
  for (const [at, text] of asked.entries()) {
    const { conversationId } = await writeIn(house, text);
    const said = [
      'Orders arrive within 3 business days.',
      'Hi! Orders arrive within 3 business days, Dana',
      'Orders arrive within 3 business days.',
    ];
    await reply(
      dana.socket,
      conversationId,
      said[at] ?? 'Please write to me at dana@shop.example or 03-7654321, I will look it up for you',
    );
  }
  const group = await groupOf(house, 'When will my order arrive?', 5);
  const draft = await house.json<AnswerDraftProposal>('POST', `/api/questions/${group.id}/answer-draft`, {});
  expect(draft).toMatchObject({ groupId: group.id, language: 'en', replies: { en: 'Orders arrive within 3 business days.' } });
  expect(draft.phrasings.length).toBeGreaterThanOrEqual(2);
  expect(JSON.stringify(draft)).not.toMatch(/4455667|1234567|dana@|Dana/);
});

test('conversations from before the update are read too, and a server that stops goes on where it was', async () => {
  const house = await openHouse();
  for (const text of hours) await writeIn(house, text);
  await groupOf(house, hours[0] as string, 3);
  await house.server.app.storage.write(async (trx) => {
    await trx.deleteFrom('question').execute();
    await trx.deleteFrom('questionTalk').execute();
    await trx.deleteFrom('questionMining').execute();
  });
  await house.stop();
  await house.start();
  await groupOf(house, hours[0] as string, 3);
});
