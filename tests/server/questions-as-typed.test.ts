import { beforeAll, describe, expect, test } from 'vitest';
import { decide, judge, SUGGEST_AT } from '../../server/matching/judgement.ts';
import { Matcher } from '../../server/matching/matcher.ts';
import { readEncoder } from '../../server/matching/sentence-encoder.ts';

/** A shop with a dozen answers, as its owner wrote them. */
const shop: Record<string, string[]> = {
  hours: ['מה שעות הפתיחה שלכם?', 'עד מתי אתם פתוחים היום', 'מתי סוגרים', 'באיזה שעה נפתחת החנות', 'When are you open?'],
  returns: ['איך מחזירים מוצר?', 'אני רוצה להחזיר את הנעליים שקניתי', 'אפשר החזר כספי', 'How do I return an item?', 'I want my money back'],
  delivery: ['כמה עולה משלוח?', 'מה המחיר של שליח עד הבית', 'דמי משלוח', 'How much is delivery?', 'do you charge for shipping'],
  order: ['איפה ההזמנה שלי?', 'ההזמנה עוד לא הגיעה', 'מתי תגיע החבילה', 'Where is my order?', 'track my parcel'],
  parking: ['יש אצלכם חניה?', 'איפה חונים ליד החנות', 'Is there parking?', 'where can I leave my car'],
  invoice: ['אפשר לקבל חשבונית?', 'תשלחו לי חשבונית מס למייל', 'I need an invoice'],
  person: ['אני רוצה לדבר עם נציג', 'תנו לי בן אדם', 'Can I talk to a person?'],
  gift: ['יש לכם אריזת מתנה?', 'אפשר לעטוף כמתנה', 'Do you wrap gifts?'],
  warranty: ['כמה זמן האחריות?', 'יש אחריות על המוצר', 'What warranty is there?'],
  jobs: ['אתם מחפשים עובדים?', 'איפה שולחים קורות חיים', 'Are you hiring?'],
};
const ids = Object.keys(shop);
let matcher: Matcher;

beforeAll(() => {
  matcher = Matcher.build(
    ids.map((id) => ({ id, phrases: shop[id] ?? [] })),
    readEncoder(),
  );
});

function best(text: string): { id: string; confidence: number } {
  const [first] = judge(matcher, text);
  return { id: ids[first?.answer ?? -1] ?? 'nothing', confidence: first?.confidence ?? 0 };
}

describe('what means the same is given the same answer', () => {
  test.each([
    ['with niqqud', 'מָה שְׁעוֹת הַפְּתִיחָה שֶׁלָּכֶם?', 'hours'],
    ['with geresh and gershayim of all kinds', "אפשר לקבל ''חשבונית״?", 'invoice'],
    ['with prefixes', 'ושהמשלוח כמה עולה', 'delivery'],
    ['with the wrong final letters', 'איפה חוניםם ליד החנות', 'parking'],
    ['with letters leaned on', 'איפההההה ההזמנה שליייי', 'order'],
    ['on an English keyboard, as its keys lie', 'thpv vvznbv akh', 'order'],
    ['on an English keyboard, about hours', 'nv agu, vp,hjv akfo', 'hours'],
    ['in English on a Hebrew keyboard', "'יקרק ןד צט םרגקר", 'order'],
    ['in capitals and without spaces around signs', 'WHERE IS MY ORDER?!!!', 'order'],
    ['with a slip in a word', 'איפה ההזנמה שלי', 'order'],
    ['with two slips', 'wehre is my ordr', 'order'],
    ['in two languages at once', 'היי, where is the הזמנה שלי please', 'order'],
    ['with emoji around', '😡😡 איפה ההזמנה שלי 📦', 'order'],
    ['with a number and a link', 'איפה הזמנה 48213? https://shop.example/orders/48213', 'order'],
    ['in Russian, which nobody wrote an answer in', 'где мой заказ', 'order'],
    ['in Arabic, which nobody wrote an answer in', 'وين طلبيتي', 'order'],
  ])('%s', (_, text, id) => {
    const { id: found, confidence } = best(text);
    expect({ found, isOffered: confidence >= SUGGEST_AT }).toEqual({ found: id, isOffered: true });
  });
});

test('what is word for word one of an answer’s phrases is answered', () => {
  for (const id of ids) {
    for (const phrase of shop[id] ?? []) {
      const judged = judge(matcher, phrase);
      expect({ phrase, decision: decide(judged), id: ids[judged[0]?.answer ?? -1] }).toEqual({ phrase, decision: 'answer', id });
    }
  }
});

test.each([
  ['emoji alone', '😀😀🎉'],
  ['one letter', 'א'],
  ['a full stop', '.'],
  ['nothing but spaces and signs', '  ?!  \n\t '],
  ['a number', '4580123412341234'],
  ['a zero-width joiner', '\u200d\u200f'],
  ['half of a pair', '\ud83d'],
  ['what has nothing to do with a shop', 'מי היה נשיא ארצות הברית במלחמת האזרחים'],
  ['a log', `${'2026-11-22T09:31:02.113Z ERROR worker[12] ECONNRESET at TLSSocket.onConnectEnd (node:_tls_wrap:1727:19)\n'.repeat(60)}`],
  ['8,000 characters without a question', 'lorem ipsum dolor sit amet consectetur '.repeat(205)],
])('%s is not answered', (_, text) => {
  expect(decide(judge(matcher, text))).not.toBe('answer');
});

test('a question at the head of 8,000 characters is still read, quickly', () => {
  const [first] = judge(matcher, `איפה ההזמנה שלי? ${'ועוד משהו שקרה לי אתמול בדרך '.repeat(280)}`);
  expect(ids[first?.answer ?? -1]).toBeDefined();
});

test('an answer that may not speak is not thought of', () => {
  const judged = judge(matcher, 'איפה ההזמנה שלי?', (answer) => ids[answer] !== 'order');
  expect(judged.map(({ answer }) => ids[answer])).not.toContain('order');
  expect(decide(judged)).not.toBe('answer');
});

describe('in a house with one answer', () => {
  const alone = () => Matcher.build([{ id: 'returns', phrases: shop.returns ?? [] }], readEncoder());

  test.each([['zzz qqq'], ['כמה עולה חניה'], ['אתם מחפשים עובדים'], ['what is the capital of France'], ['где мой заказ']])(
    '%s is left alone',
    (text) => {
      const [first] = judge(alone(), text);
      expect(first?.confidence ?? 0).toBeLessThan(0.5);
    },
  );

  test('what it answers is answered', () => {
    for (const text of ['אני רוצה להחזיר מוצר', 'how can I return this', 'אפשר לקבל החזר כספי?']) {
      const judged = judge(alone(), text);
      expect({ text, isThought: (judged[0]?.confidence ?? 0) > SUGGEST_AT }).toEqual({ text, isThought: true });
    }
  });
});

test('without any answer nothing is found, and nothing fails', () => {
  const empty = Matcher.build([], readEncoder());
  expect(judge(empty, 'איפה ההזמנה שלי?')).toEqual([]);
  expect(decide([])).toBe('none');
});

test('an edit on top of what is known finds what learning everything anew finds', () => {
  const known = ids.map((id) => ({ id, phrases: shop[id] ?? [] }));
  const edited = known.map((answer) =>
    answer.id === 'gift' ? { ...answer, phrases: [...answer.phrases, 'can it come with a ribbon and a card'] } : answer,
  );
  const steps = Matcher.building(edited, readEncoder(), matcher);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const quick = step.value;
  const whole = Matcher.build(edited, readEncoder());
  const find = (from: Matcher, text: string) => ids[judge(from, text)[0]?.answer ?? -1];
  for (const text of ['ribbon and a card please', 'איפה החבילה שלי', 'when do you close', 'אפשר חשבונית']) {
    expect({ text, id: find(quick, text) }).toEqual({ text, id: find(whole, text) });
  }
  expect(find(quick, 'ribbon and a card please')).toBe('gift');
});
