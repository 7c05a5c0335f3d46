import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Answer, AnswerCreateRequest, AnswerTrial } from '../../shared/automatic-answer.ts';
import { databases } from '../helpers/databases.ts';
import { type House, hear, nextFact, openHouse } from '../helpers/house.ts';

const hours: AnswerCreateRequest = {
  question: { he: 'מה שעות הפתיחה?' },
  phrasings: ['מתי אתם פתוחים', 'עד איזו שעה אתם עובדים', 'when do you open'],
  bodies: { he: { text: 'אנחנו פתוחים א׳–ה׳ 9:00–18:00.' }, en: { text: 'Sunday to Thursday, 9 to 18.' } },
};
const returns: AnswerCreateRequest = {
  question: { he: 'איך מחזירים מוצר?', en: 'How do I return a product?' },
  phrasings: ['אני רוצה להחזיר את מה שקניתי', 'I want to return what I bought', 'refund please'],
  bodies: { he: { text: 'אפשר להחזיר תוך 14 יום.', quickReplies: ['איפה הסניף?'] } },
};

function make(house: House, body: AnswerCreateRequest): Promise<Answer> {
  return house.json('POST', '/api/answers', body);
}

function ask(house: House, body: Record<string, unknown>): Promise<AnswerTrial> {
  return house.json('POST', '/api/answers/try', body);
}

/** Whatever would be given or offered. */
function idsIn({ answerId, suggestions }: AnswerTrial): (string | undefined)[] {
  return [answerId, ...suggestions.map((one) => one.answerId)];
}

async function refusal(house: House, method: string, route: string, body?: unknown, cookie = house.cookie) {
  const response = await house.call(method, `/api${route}`, body, { cookie });
  const { code, field, detail } = (await response.json()) as { code?: string; field?: string; detail?: string };
  return { code, field, detail };
}

async function idsOf(house: House, query = ''): Promise<string[]> {
  return (await house.json<{ items: Answer[] }>('GET', `/api/answers${query}`)).items.map(({ id }) => id);
}

describe.each(databases)('on $name', ({ open }) => {
  test('what an administrator writes is kept as it was written, is found by its words, and goes', async () => {
    const house = await open();
    const first = await make(house, hours);
    const second = await make(house, { ...returns, tags: ['שירות'], inboxIds: [house.inbox.id], moment: 'outside', isOn: false });
    expect(await house.json('GET', `/api/answers/${second.id}`)).toEqual(second);
    expect(second).toMatchObject({ ...returns, tags: ['שירות'], inboxIds: [house.inbox.id], moment: 'outside', isOn: false, files: [] });
    expect(await idsOf(house)).toEqual([first.id, second.id]);
    expect(await idsOf(house, `?words=${encodeURIComponent('להחזיר')}`)).toEqual([second.id]);
    expect(await idsOf(house, '?words=REFUND%20ple')).toEqual([second.id]);
    expect(await idsOf(house, `?words=${encodeURIComponent('להחזיר פתוחים')}`)).toEqual([]);
    expect(await idsOf(house, '?words=%25_')).toEqual([]);
    expect(await idsOf(house, '?isOn=true')).toEqual([first.id]);
    expect(await idsOf(house, `?tag=${encodeURIComponent('שירות')}`)).toEqual([second.id]);
    expect(await idsOf(house, `?inboxId=${house.inbox.id}`)).toEqual([first.id, second.id]);
    expect(await idsOf(house, `?inboxId=${nanoid()}`)).toEqual([first.id]);
    expect((await house.call('DELETE', `/api/answers/${first.id}`)).status).toBe(204);
    expect(await refusal(house, 'GET', `/answers/${first.id}`)).toMatchObject({ code: 'not-found' });
  });

  test('a question is answered, offered or left alone, in the language that it is asked in, and one says why', async () => {
    const house = await open();
    expect(await ask(house, { text: 'מתי פתוח?' })).toMatchObject({ decision: 'none', suggestions: [], language: 'he' });
    const first = await make(house, hours);
    const second = await make(house, returns);
    const trial = await ask(house, { text: 'היי, עד איזו שעה אתם פתוחים היום?' });
    expect(trial.suggestions[0]).toMatchObject({ answerId: first.id });
    expect(trial.language).toBe('he');
    expect(trial.reason?.shared).toContain('שעה');
    expect(trial.reason?.phraseNumber).toBe(2);
    expect(await ask(house, { text: 'refund please' })).toMatchObject({ decision: 'answer', answerId: second.id, language: 'en' });
    const strange = await ask(house, { text: '🦘🦘🦘' });
    expect(strange).toMatchObject({ decision: 'none', suggestions: [] });
    expect(strange.answerId).toBeUndefined();
  });

  test('an edit is live at once: a new phrasing is known, and what was switched off says nothing', async () => {
    const house = await open();
    await make(house, hours);
    const { id } = await make(house, returns);
    const text = 'הפלמינגו שבור לגמרי';
    expect((await ask(house, { text })).decision).not.toBe('answer');
    await house.json('PATCH', `/api/answers/${id}`, { phrasings: [...(returns.phrasings ?? []), text] });
    expect(await ask(house, { text })).toMatchObject({ decision: 'answer', answerId: id, reason: { phraseNumber: 4 } });
    await house.json('PATCH', `/api/answers/${id}`, { isOn: false });
    expect(idsIn(await ask(house, { text }))).not.toContain(id);
  });

  test('a long list is read page by page', async () => {
    const house = await open();
    const made = [];
    for (let at = 0; at < 7; at++) made.push((await make(house, { ...hours, question: { he: `שאלה ${at}` } })).id);
    const read: string[] = [];
    let next: string | null = null;
    do {
      const page: { items: Answer[]; next: string | null } = await house.json(
        'GET',
        `/api/answers?limit=3${next ? `&cursor=${next}` : ''}`,
      );
      read.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next);
    expect([...read].sort()).toEqual([...made].sort());
  });

  test('a retry makes no second copy, and of two who change an answer at once one is told', async () => {
    const house = await open();
    const id = nanoid();
    const copies = await Promise.all([1, 2, 3].map(() => make(house, { ...hours, id })));
    for (const copy of copies) expect(copy).toEqual(copies[0]);
    expect(await idsOf(house)).toEqual([id]);
    const changes = await Promise.all(
      ['first', 'second'].map((tag) => house.call('PATCH', `/api/answers/${id}`, { tags: [tag], expectedAt: copies[0]?.updatedAt })),
    );
    expect(changes.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('an inbox that goes takes its answers to nobody else’s visitors', async () => {
    const house = await open();
    const other = await house.json<{ id: string }>('POST', '/api/inboxes', { name: 'Outlet' });
    const only = await make(house, { ...hours, inboxIds: [other.id] });
    const both = await make(house, { ...returns, inboxIds: [house.inbox.id, other.id] });
    expect((await house.call('DELETE', `/api/inboxes/${other.id}`)).ok).toBe(true);
    expect(await house.json('GET', `/api/answers/${only.id}`)).toMatchObject({ inboxIds: null, isOn: false });
    expect(await house.json('GET', `/api/answers/${both.id}`)).toMatchObject({ inboxIds: [house.inbox.id], isOn: true });
  });
});

test('an answer speaks where and when it may, and nowhere else', async () => {
  const house = await openHouse();
  const other = await house.json<{ id: string }>('POST', '/api/inboxes', { name: 'Outlet' });
  const { id } = await make(house, { ...hours, inboxIds: [other.id], validFrom: 1_000_000, validTo: 2_000_000, moment: 'outside' });
  await make(house, returns);
  const speaks = async (asked: Record<string, unknown>) =>
    idsIn(await ask(house, { text: 'מה שעות הפתיחה?', at: 1_500_000, ...asked })).includes(id);
  expect(await speaks({})).toBe(true);
  expect(await speaks({ inboxId: other.id, moment: 'outside' })).toBe(true);
  expect(await speaks({ inboxId: house.inbox.id, moment: 'outside' })).toBe(false);
  expect(await speaks({ inboxId: other.id, moment: 'waiting' })).toBe(false);
  expect(await speaks({ at: 999_999 })).toBe(false);
  expect(await speaks({ at: 1_000_000 })).toBe(true);
  expect(await speaks({ at: 2_000_000 })).toBe(false);
  // Without hours the business is always open, and at another time than now one does not know who is there.
  expect(await ask(house, { text: 'x', inboxId: other.id, at: 1_500_000 })).toMatchObject({ moment: 'waiting' });
  expect(await ask(house, { text: 'x', inboxId: other.id })).toMatchObject({ moment: 'outside' });
  await house.json('PATCH', `/api/answers/${id}`, { moment: 'waiting' });
  expect(await speaks({ inboxId: other.id })).toBe(true);
  expect(await refusal(house, 'POST', '/answers/try', { text: 'x', inboxId: nanoid() })).toMatchObject({
    code: 'not-found',
    field: 'inboxId',
  });
});

test('who replies may read answers and try them; who manages them may write; a viewer may neither', async () => {
  const house = await openHouse();
  const omar = await house.hire('Omar');
  const vera = await house.hire('Vera', 'viewer');
  const { id } = await make(house, hours);
  const status = async (method: string, route: string, cookie: string, body?: unknown) =>
    (await house.call(method, `/api${route}`, body, { cookie })).status;
  expect(await status('GET', '/answers', omar.cookie)).toBe(200);
  expect(await status('GET', `/answers/${id}`, omar.cookie)).toBe(200);
  expect(await status('POST', '/answers/try', omar.cookie, { text: 'x' })).toBe(200);
  expect(await status('POST', '/answers', omar.cookie, hours)).toBe(403);
  expect(await status('PATCH', `/answers/${id}`, omar.cookie, { isOn: false })).toBe(403);
  expect(await status('DELETE', `/answers/${id}`, omar.cookie)).toBe(403);
  expect(await status('GET', '/answers', vera.cookie)).toBe(403);
  expect(await status('POST', '/answers/try', vera.cookie, { text: 'x' })).toBe(403);
});

test('every console hears that an answer has changed', async () => {
  const house = await openHouse();
  const desk = await house.agent();
  const heard = nextFact<{ id: string | null }>(desk.socket, 'answers:changed');
  const { id } = await make(house, hours);
  expect(await heard).toEqual({ id });
  const all = hear<{ id: string | null }>(desk.socket, 'answers:changed');
  await house.call('DELETE', `/api/answers/${id}`);
  await expect.poll(() => all).toEqual([{ id }]);
});

test('bad input is refused at its field, and nothing is changed', async () => {
  const house = await openHouse();
  const made = await make(house, hours);
  const field = async (change: Record<string, unknown>) => (await refusal(house, 'POST', '/answers', { ...hours, ...change })).field;
  expect(await field({ question: { he: ' ' } })).toBe('question');
  expect(await field({ bodies: { he: { text: ' ' } } })).toBe('bodies');
  expect(await field({ phrasings: ['', 'x'] })).toBe('phrasings.0');
  expect(await field({ validFrom: 2, validTo: 1 })).toBe('validTo');
  expect(await field({ inboxIds: [nanoid()] })).toBe('inboxIds');
  expect(await field({ fileIds: [nanoid()] })).toBe('fileIds');
  await house.json('PATCH', `/api/answers/${made.id}`, { validFrom: 5 });
  expect((await refusal(house, 'PATCH', `/answers/${made.id}`, { validTo: 4 })).field).toBe('validTo');
  expect(await idsOf(house)).toEqual([made.id]);
});

describe('the library', () => {
  interface Ready {
    id: string;
    question: Record<string, string>;
    answer: Record<string, string>;
    blanks: Record<string, string[]>;
    answerIds: string[];
  }

  test('offers what customers ask everywhere, and knows what is answered already', async () => {
    const house = await openHouse();
    const { items } = await house.json<{ items: Ready[] }>('GET', '/api/answers/library?language=he');
    expect(items.length).toBeGreaterThan(120);
    const ready = items.find(({ id }) => id === 'opening-hours');
    expect(ready).toMatchObject({ question: { he: expect.stringContaining('שעות') }, answerIds: [] });
    expect(ready?.question.en).toBeUndefined();
    const { id } = await make(house, { ...hours, intent: 'opening-hours' });
    const again = await house.json<{ items: Ready[] }>('GET', '/api/answers/library?language=he');
    expect(again.items.find(({ id }) => id === 'opening-hours')?.answerIds).toEqual([id]);
  });

  test('makes answers that are off until their blanks are filled in, and says which one is not', async () => {
    const house = await openHouse();
    const { items } = await house.json<{ items: Ready[] }>('GET', '/api/answers/library?language=he');
    const ready = items.find(({ id }) => id === 'opening-hours') as Ready;
    const blank = ready.blanks.he?.[0] as string;
    const body = {
      intents: [
        { id: ready.id, answerId: nanoid(), texts: ready.answer },
        { id: 'where-is-order', texts: { he: 'בדרך אליכם' } },
      ],
    };
    const known = new Set(items.map(({ id }) => id));
    if (!known.has('where-is-order')) body.intents[1] = { ...body.intents[1], id: items[3]?.id } as never;
    const made = await house.json<{ items: Answer[] }>('POST', '/api/answers/from-library', body);
    expect(made.items.map(({ isOn }) => isOn)).toEqual([false, true]);
    const refused = await refusal(house, 'PATCH', `/answers/${made.items[0]?.id}`, { isOn: true });
    expect(refused).toMatchObject({ code: 'invalid', field: 'bodies.he.text', detail: expect.stringContaining(blank) });
    const filled = { bodies: { he: { text: 'א׳–ה׳ 9–18 [בסניף הראשי]' } }, isOn: true };
    expect(await house.json('PATCH', `/api/answers/${made.items[0]?.id}`, filled)).toMatchObject({ isOn: true });
    const again = await house.json<{ items: Answer[] }>('POST', '/api/answers/from-library', { intents: body.intents.slice(0, 1) });
    expect(again.items[0]).toMatchObject({ id: made.items[0]?.id, isOn: true });
    expect(await idsOf(house)).toHaveLength(2);
    expect(await refusal(house, 'POST', '/answers/from-library', { intents: [{ id: 'no-such' }] })).toMatchObject({
      field: 'intents.0.id',
    });
  });

  test('lends its words: what nobody wrote down is understood in another language', async () => {
    const house = await openHouse();
    const { id } = await make(house, { question: { he: 'מה שעות הפתיחה?' }, bodies: hours.bodies, intent: 'opening-hours' });
    await make(house, { ...returns, intent: null });
    const trial = await ask(house, { text: 'what time do you open tomorrow' });
    expect(trial.suggestions[0]).toMatchObject({ answerId: id, reason: { phraseNumber: 0 } });
    expect(trial.language).toBe('en');
  });
});
