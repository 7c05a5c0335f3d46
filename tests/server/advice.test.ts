import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import { inTurns } from '../../server/advice/bit-by-bit.ts';
import { CannedFinder } from '../../server/advice/canned-finder.ts';
import { readLibrary } from '../../server/matching/library.ts';
import { readEncoder } from '../../server/matching/sentence-encoder.ts';
import type { Advice } from '../../shared/advice.ts';
import type { Answer, AnswerCreateRequest } from '../../shared/automatic-answer.ts';
import type { CannedResponse } from '../../shared/canned-response.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, openHouse } from '../helpers/house.ts';

const returns: AnswerCreateRequest = {
  question: { he: 'איך מחזירים מוצר?', en: 'How do I return a product?' },
  phrasings: ['אני רוצה להחזיר את מה שקניתי', 'I want to return what I bought', 'how can I send it back', 'return policy'],
  bodies: { he: { text: 'אפשר להחזיר תוך 14 יום.' }, en: { text: 'You can return it within 14 days.' } },
};

function spentMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function adviceOn(house: House, conversationId: string, cookie = house.cookie): Promise<Advice> {
  return house.json('GET', `/api/conversations/${conversationId}/advice`, undefined, { cookie });
}

function makeCanned(house: House, body: Partial<CannedResponse>, cookie = house.cookie): Promise<CannedResponse> {
  const first = { shortcut: 'warranty', title: 'How long is the warranty', texts: { en: 'Two years.' }, reach: 'shared' };
  return house.json('POST', '/api/canned-responses', { ...first, ...body }, { cookie });
}

/** Whatever is new since the last look is known after a second. */
const soon = { timeout: 10_000, interval: 200 };

describe.each(databases)('on $name', ({ open }) => {
  test('an agent is told what fits the open question, in the customer’s language, and nothing once it is answered', async () => {
    const house = await open();
    const answer = await house.json<Answer>('POST', '/api/answers', returns);
    const canned = await makeCanned(house, { texts: { en: 'Two years, {{contact.firstName|dear customer}}.', he: 'שנתיים.' } });
    const dana = await house.agent();

    const hebrew = await writeIn(house, 'אני רוצה להחזיר מה שקניתי');
    await vi.waitFor(async () => expect((await adviceOn(house, hebrew.conversationId)).suggestions).not.toEqual([]), soon);
    const advice = await adviceOn(house, hebrew.conversationId);
    expect(advice.suggestions[0]).toMatchObject({
      kind: 'answer',
      id: answer.id,
      title: 'איך מחזירים מוצר?',
      text: 'אפשר להחזיר תוך 14 יום.',
    });
    expect(advice.suggestions[0]?.reason.shared).toContain('להחזיר');

    const english = await writeIn(house, 'hello! how long is the warranty on this?');
    const suggested = (await adviceOn(house, english.conversationId)).suggestions;
    expect(suggested[0]).toMatchObject({ kind: 'canned', id: canned.id, text: 'Two years, {{contact.firstName|dear customer}}.' });
    expect(suggested.length).toBeLessThanOrEqual(3);

    await get(dana.socket, 'message:post', { id: nanoid(), conversationId: english.conversationId, text: 'Two years.' });
    expect(await adviceOn(house, english.conversationId)).toEqual({ messageId: null, suggestions: [] });
    await get(english.socket, 'message:post', { id: nanoid(), text: '🙏' });
    expect((await adviceOn(house, english.conversationId)).suggestions).toEqual([]);
  });

  test('a colleague’s own canned responses are suggested to nobody else, nor another team’s, nor one that was changed away', async () => {
    const house = await open();
    const [sales, service] = [await makeTeam(house, 'מכירות'), await makeTeam(house, 'שירות')];
    const omar = await house.hire('Omar', 'agent', [sales.id]);
    const rina = await house.hire('Rina', 'agent', [service.id]);
    const own = await makeCanned(house, { reach: 'personal' }, omar.cookie);
    const { conversationId } = await writeIn(house, 'how long is the warranty?');
    const idsFor = async (cookie: string) => (await adviceOn(house, conversationId, cookie)).suggestions.map(({ id }) => id);
    expect(await idsFor(omar.cookie)).toEqual([own.id]);
    expect(await idsFor(rina.cookie)).toEqual([]);
    await house.json(
      'PATCH',
      `/api/canned-responses/${own.id}`,
      { title: 'Bank holidays', shortcut: 'holidays', texts: { en: 'We are closed.' } },
      { cookie: omar.cookie },
    );
    await vi.waitFor(async () => expect(await idsFor(omar.cookie)).not.toContain(own.id), soon);
  });
});

test('what one may not see has no advice, and who may not reply is told so', async () => {
  const house = await openHouse();
  const service = await makeTeam(house, 'שירות');
  const member = await makeRole(house, 'member', ['conversations:view-team', 'conversations:reply']);
  const omar = await house.hire('Omar', member.id);
  const reader = await makeRole(house, 'reader', ['conversations:view-all']);
  const rina = await house.hire('Rina', reader.id);
  const { conversationId } = await writeIn(house, 'how long is the warranty?');
  const dana = await house.agent();
  await get(dana.socket, 'conversation:assign', { conversationId, teamId: service.id });
  const refused = await house.call('GET', `/api/conversations/${conversationId}/advice`, undefined, { cookie: omar.cookie });
  expect(refused.status).toBe(404);
  expect((await house.call('GET', `/api/conversations/${conversationId}/advice`, undefined, { cookie: rina.cookie })).status).toBe(403);
});

test('a question said in several short messages is read as one', async () => {
  const house = await openHouse();
  await house.json('POST', '/api/answers', returns);
  const { socket, conversationId } = await writeIn(house, 'return policy');
  await vi.waitFor(async () => expect((await adviceOn(house, conversationId)).suggestions).toHaveLength(1), soon);
  await get(socket, 'message:post', { id: nanoid(), text: 'hello? anybody there?' });
  expect((await adviceOn(house, conversationId)).suggestions).toHaveLength(1);
});

test('whether suggestions are wanted is the agent’s own, and is remembered', async () => {
  const house = await openHouse();
  const me = () => house.json<{ profile: { isAdviceHidden: boolean } }>('GET', '/api/session');
  expect((await me()).profile.isAdviceHidden).toBe(false);
  await house.json('PATCH', '/api/profile', { isAdviceHidden: true });
  expect((await me()).profile.isAdviceHidden).toBe(true);
  await house.json('PATCH', '/api/profile', { signature: 'Dana' });
  expect((await me()).profile.isAdviceHidden).toBe(true);
});

test('two thousand canned responses are made ready without holding anybody up, and looked through in a moment', async () => {
  const library = readLibrary();
  const rows = Array.from({ length: 2_000 }, (_, at) => {
    const { id, question, answer } = library[at % library.length] as (typeof library)[number];
    return {
      id: `${at}`,
      place: 'shared',
      title: `${question.he} ${at}`,
      shortcut: `${id}-${at}`,
      texts: [answer.he ?? '', answer.en ?? ''],
    };
  });
  // In time of the processor: what neighbours on the machine take is not ours.
  readEncoder();
  let longestMs = 0;
  let before = process.cpuUsage();
  let isBuilding = true;
  const turn = () => {
    longestMs = Math.max(longestMs, spentMs(before));
    before = process.cpuUsage();
    if (isBuilding) setImmediate(turn);
  };
  setImmediate(turn);
  const index = await inTurns(CannedFinder.building(rows));
  isBuilding = false;
  before = process.cpuUsage();
  expect(index.find('מה שעות הפתיחה שלכם?', ['shared'])).not.toEqual([]);
  expect(longestMs).toBeLessThan(50);
  expect(spentMs(before)).toBeLessThan(50);
});
