import { describe, expect, onTestFinished, test } from 'vitest';
import { AnswerMatching } from '../../server/answers/answer-matching.ts';
import { answerBody, questionIn } from '../../server/answers/answer-texts.ts';
import { languageOf } from '../../server/answers/question-language.ts';
import type { Answer, AnswerTrial } from '../../shared/automatic-answer.ts';
import { type House, openEmptyHouse, openHouse } from '../helpers/house.ts';
import { freshDatabaseUrl } from '../helpers/postgres.ts';

const returns = {
  question: { en: 'How do I return a product?' },
  phrasings: ['refund please'],
  bodies: { en: { text: 'Within 14 days.' } },
};
const hours = { question: { en: 'When are you open?' }, phrasings: ['opening hours'], bodies: { en: { text: '9 to 5.' } } };

async function fill(house: House): Promise<string> {
  await house.json('POST', '/api/answers', hours);
  return (await house.json<Answer>('POST', '/api/answers', returns)).id;
}

function moody(house: House, source = new URL('./moody-thread-program.ts', import.meta.url)): AnswerMatching {
  const matching = new AnswerMatching(house.server.app, { source, silentMaxMs: 4_000 });
  onTestFinished(() => matching.close());
  return matching;
}

describe('a thread that fails', () => {
  test('is started again, and whoever asks next is answered', async () => {
    const house = await openHouse();
    const id = await fill(house);
    const matching = moody(house);
    const bad = await matching.ask('end', { withinMs: 20_000 });
    expect(bad).toMatchObject({ decision: 'none', isUnready: true, suggestions: [] });
    expect(await matching.ask('refund please', { withinMs: 20_000 })).toMatchObject({ decision: 'answer', answerId: id });
  });

  test('is waited for no longer than one may, and never throws', async () => {
    const house = await openHouse();
    await fill(house);
    const matching = moody(house);
    expect(await matching.ask('refund please', { withinMs: 20_000 })).toMatchObject({ decision: 'answer' });
    expect(await matching.ask('think', { withinMs: 300 })).toMatchObject({ decision: 'none', isUnready: true });
    // Lost in thought for good: it is ended, and the next one answers.
    await expect.poll(async () => (await matching.ask('refund please', { withinMs: 1_000 })).decision, { timeout: 30_000 }).toBe('answer');
    const nowhere = moody(house, new URL('file:///nowhere/thread.js'));
    expect(await nowhere.ask('refund please', { withinMs: 300 })).toMatchObject({ decision: 'none', isUnready: true });
  });
});

test('a question over which the thread stumbles is answered with nothing, and everybody else as always', async () => {
  const house = await openHouse();
  const id = await fill(house);
  const matching = moody(house);
  const [stumbled, other] = await Promise.all([
    matching.ask('stumble over a refund please', { withinMs: 20_000 }),
    matching.ask('refund please', { withinMs: 20_000 }),
  ]);
  expect(stumbled).toMatchObject({ decision: 'none', suggestions: [] });
  expect(stumbled.isUnready, 'asked again it would stumble again').toBeUndefined();
  expect(other).toMatchObject({ decision: 'answer', answerId: id });
});

test('an answer that cannot be read is silent, and the others speak', async () => {
  const house = await openHouse();
  const id = await fill(house);
  const broken = await house.json<Answer>('POST', '/api/answers', { ...hours, question: { en: 'Where are you?' } });
  const { storage } = house.server.app;
  await storage.write((trx) => trx.updateTable('answer').set({ phrasings: '[' }).where('id', '=', broken.id).execute());
  const matching = moody(house);
  expect(await matching.ask('refund please', { withinMs: 20_000 })).toMatchObject({ decision: 'answer', answerId: id });
});

test('nothing is started while no answer is on, and nothing is known to be wrong then', async () => {
  const house = await openHouse();
  const matching = moody(house, new URL('file:///nowhere/thread.js'));
  const trial = await matching.ask('refund please');
  expect(trial).toMatchObject({ decision: 'none', language: 'en', suggestions: [] });
  expect(trial.isUnready).toBeUndefined();
  await house.json('POST', '/api/answers', { ...returns, isOn: false });
  matching.mark();
  expect((await matching.ask('refund please')).isUnready).toBeUndefined();
});

test('while hundreds of answers are learned, the old ones go on answering, and what was switched off is silent at once', async () => {
  const house = await openHouse();
  const id = await fill(house);
  const { matching } = house.server;
  expect(await matching.ask('refund please', { isFresh: true, withinMs: 20_000 })).toMatchObject({ answerId: id });
  // No digits: to the matcher all numbers are alike.
  const syllables = ['ba', 'ke', 'li', 'mo', 'nu', 'pa', 're', 'si', 'to', 'vu'];
  const thing = (at: number) => [...`${at + 100}`].map((digit) => syllables[Number(digit)]).join('');
  const rows = Array.from({ length: 300 }, (_, at) => `Where is the ${thing(at)}?,x,about ${thing(at)} things`);
  const text = ['question en,answer en,phrasings', ...rows].join('\n');
  await house.json('POST', '/api/answers/import', { format: 'csv', text });
  const order: string[] = [];
  const asked = async (name: string, isFresh: boolean): Promise<AnswerTrial> => {
    const trial = await matching.ask(isFresh ? `about ${thing(17)} things` : 'refund please', { isFresh, withinMs: 25_000 });
    order.push(name);
    return trial;
  };
  const [late, early] = await Promise.all([asked('new', true), asked('old', false)]);
  expect(order).toEqual(['old', 'new']);
  expect(early.answerId).toBe(id);
  expect(late.suggestions[0]?.reason.phrase).toBe(`about ${thing(17)} things`);
  await house.json('PATCH', `/api/answers/${id}`, { isOn: false });
  expect((await matching.ask('refund please', { isFresh: true, withinMs: 25_000 })).answerId).not.toBe(id);
}, 60_000);

test('what is changed at one server is known at the other within seconds', async () => {
  const databaseUrl = await freshDatabaseUrl();
  const environment = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
  const one = await openHouse({ databaseUrl, environment });
  const other = await openEmptyHouse({ databaseUrl, environment });
  const ask = async () => (await other.server.matching.ask('refund please', { withinMs: 10_000 })).answerId;
  expect(await ask()).toBeUndefined();
  const id = await fill(one);
  await expect.poll(ask).toBe(id);
  await one.json('PATCH', `/api/answers/${id}`, { phrasings: [], question: { en: 'Where do you deliver?' } });
  await expect.poll(ask).not.toBe(id);
  await one.json('PATCH', `/api/answers/${id}`, { phrasings: ['refund please'] });
  await expect.poll(ask).toBe(id);
  await one.call('DELETE', `/api/answers/${id}`);
  await expect.poll(ask).not.toBe(id);
});

test('the language of a question is heard from its letters, its small words, and whoever asks', () => {
  expect(languageOf('מתי ה-delivery שלי מגיע? order 1234', null)).toBe('he');
  expect(languageOf('متى تفتحون', 'he')).toBe('ar');
  expect(languageOf('Где мой заказ?', 'he')).toBe('ru');
  expect(languageOf('where is my order?', 'fr')).toBe('en');
  expect(languageOf('où est ma commande ?', 'en')).toBe('fr');
  expect(languageOf('¿cuándo llega mi pedido?', 'en')).toBe('es');
  expect(languageOf('quando chega o meu pedido?', 'en')).toBe('pt');
  expect(languageOf('wo ist meine Bestellung', 'en')).toBe('de');
  expect(languageOf('iPhone 15 Pro', 'de-AT')).toBe('de');
  expect(languageOf('iPhone 15 Pro', null, ['fr', 'en'])).toBe('fr');
  expect(languageOf('🙂 123', 'ru-RU', ['he'])).toBe('ru');
  expect(languageOf('', null)).toBe('he');
});

test('an answer is said in the language of the question, else of the inbox, else in any', () => {
  const bodies: Answer['bodies'] = { en: { text: 'Hello', quickReplies: ['ok'] }, ru: { text: 'Привет', quickReplies: [] } };
  expect(answerBody({ bodies }, 'ru', ['en'])).toEqual({ text: 'Привет', quickReplies: [], language: 'ru' });
  expect(answerBody({ bodies }, 'he', [null, 'en'])).toEqual({ text: 'Hello', quickReplies: ['ok'], language: 'en' });
  expect(answerBody({ bodies }, 'he')).toMatchObject({ language: 'en' });
  expect(questionIn({ question: { he: 'מתי?', en: 'When?' } }, 'fr', ['en'])).toBe('When?');
});
