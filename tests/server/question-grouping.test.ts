import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GroupFinder } from '../../server/grouping/group-finder.ts';
import { groupQuestions } from '../../server/grouping/group-questions.ts';
import { groupInThread } from '../../server/grouping/grouping-thread.ts';
import {
  ALONE,
  type AskedQuestion,
  type Grouping,
  type GroupingOrder,
  type KnownGroup,
  SMALL_TALK,
} from '../../server/grouping/question-group.ts';
import { readEncoder } from '../../server/matching/sentence-encoder.ts';

const encoder = readEncoder();
const topics = {
  hours: [
    'מה שעות הפתיחה שלכם',
    'מתי אתם פותחים בבוקר',
    'עד איזו שעה אתם פתוחים',
    'באיזו שעה נפתחת החנות',
    'מה שעות הפתיחה ביום שישי',
    'עד מתי החנות פתוחה היום',
  ],
  refund: [
    'How do I get a refund',
    'I want a refund for my order',
    'can I get my money back',
    'when will I get my refund',
    'is my refund on its way',
    'refund for the order I returned',
  ],
  delivery: [
    'где мой заказ',
    'когда придет мой заказ',
    'мой заказ не пришел',
    'где сейчас мой заказ',
    'когда доставят заказ',
    'почему заказ еще не пришел',
  ],
  invoice: [
    'please send me the invoice',
    'I need an invoice for my purchase',
    'invoice for the company please',
    'where can I download my invoice',
    'the invoice did not arrive',
    'could you send the invoice again',
  ],
};
const endings = ['', '?', ' please', ' תודה', '!!', ' 🙏', ' asap', ' ...'];

function ask(rounds: number, prefix = 'q'): AskedQuestion[] {
  const texts = Object.values(topics).flat();
  return Array.from({ length: rounds * texts.length }, (_, at) => ({
    id: `${prefix}${at}`,
    text: `${texts[at % texts.length]}${endings[Math.floor(at / texts.length) % endings.length]}`,
  }));
}

const order = (questions: AskedQuestion[], known: KnownGroup[] = [], answers: GroupingOrder['answers'] = []): GroupingOrder => ({
  questions,
  known,
  answers,
});
const group = (questions: AskedQuestion[], known: KnownGroup[] = [], answers: GroupingOrder['answers'] = []) =>
  groupQuestions(order(questions, known, answers), encoder);

/** What a room would keep of a run. */
function remember(questions: readonly AskedQuestion[], { groups, groupOf }: Grouping, isHeld = false): KnownGroup[] {
  return groups.map(({ id }, at) => ({
    id: id ?? `group-${at}`,
    members: questions.filter((_, question) => groupOf[question] === at).map((question) => question.id),
    examples: [],
    isHeld,
  }));
}

const idOf = ({ groups, groupOf }: Grouping, questions: readonly AskedQuestion[], text: string) =>
  groups[groupOf[questions.findIndex((one) => one.text.startsWith(text))] as number]?.id;

describe('what visitors ask', () => {
  test('is in exactly one place each, whatever they typed', () => {
    const anything = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom(...Object.values(topics).flat(), 'hi', '👍', '12345', '')),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(anything, (texts) => {
        const { groups, groupOf, strength } = group(texts.map((text, at) => ({ id: String(at), text })));
        expect(groupOf).toHaveLength(texts.length);
        const sizes = groups.map(() => 0);
        for (const [at, place] of groupOf.entries()) {
          expect(place === ALONE || place === SMALL_TALK || place in groups).toBe(true);
          if (place >= 0) (sizes[place] as number) += 1;
          expect(strength[at]).toBeGreaterThanOrEqual(0);
          expect(strength[at]).toBeLessThanOrEqual(1);
        }
        expect(sizes).toEqual(groups.map(({ size }) => size));
        for (const { name, typical } of groups) expect(texts[typical[0] as number]).toBe(name);
      }),
      { numRuns: 25 },
    );
  });

  test('is together where it means the same, and named by what somebody wrote', () => {
    const questions = ask(8);
    const { groups, groupOf } = group(questions);
    const largest = groups
      .slice(0, 4)
      .map(
        (_, at) =>
          new Set(
            questions
              .filter((_, one) => groupOf[one] === at)
              .map(({ text }) => Object.values(topics).findIndex((texts) => texts.some((topic) => text.startsWith(topic)))),
          ),
      );
    expect(largest.every((intents) => intents.size === 1)).toBe(true);
    expect(questions.map(({ text }) => text)).toContain(groups[0]?.name);
    expect(groups[0]?.typical.length).toBeGreaterThan(1);
  });

  test('is no question when it is a greeting, a number, a name that introduces itself, or a face', () => {
    const talk = [
      'שלום',
      'היי בוקר טוב!',
      'תודה רבה',
      'כן',
      'ok thanks',
      '0541234567',
      'dana@shop.example',
      '👍👍',
      'א',
      'my name is Dana',
      'Здравствуйте!',
      'السلام عليكم',
      '???',
    ];
    const { groups, groupOf } = group(talk.flatMap((text, at) => [1, 2, 3].map((copy) => ({ id: `${at}.${copy}`, text }))));
    expect([...groupOf].every((place) => place === SMALL_TALK)).toBe(true);
    expect(groups).toEqual([]);
  });

  test('may be nothing at all, one question, one text five thousand times, very long, or faces only', () => {
    expect(group([]).groups).toEqual([]);
    expect([...group([{ id: 'a', text: 'where is my order' }]).groupOf]).toEqual([ALONE]);
    const same = group(Array.from({ length: 5_000 }, (_, at) => ({ id: String(at), text: 'Where is my order?' })));
    expect(same.groups.map(({ size, name }) => [size, name])).toEqual([[5_000, 'Where is my order?']]);
    const long = Array.from({ length: 20 }, (_, at) => ({
      id: String(at),
      text: `where is my parcel ${'x1y2z3 lorem '.repeat(620)}${at}`,
    }));
    expect(group(long).groupOf).toHaveLength(20);
    expect(
      [...group(Array.from({ length: 50 }, (_, at) => ({ id: String(at), text: '😀🎉' }))).groupOf].every((place) => place === SMALL_TALK),
    ).toBe(true);
  });
});

describe('the next night', () => {
  test('groups keep their ids though one question in twenty is new', () => {
    const questions = ask(8);
    const before = remember(questions, group(questions));
    const more = [...questions, ...ask(1, 'new').slice(0, questions.length / 20)];
    const { groups, groupOf } = group(more, before);
    const placed = new Map(before.flatMap(({ id, members }) => members.map((member) => [member, id] as const)));
    const same = questions.filter(({ id }, at) => placed.has(id) && groups[groupOf[at] as number]?.id === placed.get(id));
    expect(same.length).toBeGreaterThan(0.95 * placed.size);
    const ids = groups.map(({ id }) => id).filter((id) => id !== null);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('what an administrator has merged stays merged, and new questions of either kind join it', () => {
    const questions = ask(6);
    const isMerged = ({ text }: AskedQuestion) => [...topics.refund, ...topics.invoice].some((topic) => text.startsWith(topic));
    const merged: KnownGroup = { id: 'money', members: questions.filter(isMerged).map(({ id }) => id), examples: [], isHeld: true };
    const more = [
      ...questions,
      { id: 'one', text: 'I want a refund for my order now' },
      { id: 'two', text: 'please send me the invoice today' },
    ];
    const found = group(more, [merged]);
    for (const [at, question] of more.entries()) {
      if (isMerged(question)) expect(found.groups[found.groupOf[at] as number]?.id).toBe('money');
    }
    expect(idOf(found, more, 'где мой заказ')).not.toBe('money');
  });

  test('what an administrator has split stays apart, however alike it is', () => {
    const questions = ask(6);
    const isFriday = ({ text }: AskedQuestion) => text.includes('שישי');
    const isHours = ({ text }: AskedQuestion) => topics.hours.some((topic) => text.startsWith(topic));
    const friday: KnownGroup = { id: 'friday', members: questions.filter(isFriday).map(({ id }) => id), examples: [], isHeld: true };
    const week: KnownGroup = {
      id: 'week',
      members: questions.filter((one) => isHours(one) && !isFriday(one)).map(({ id }) => id),
      examples: [],
      isHeld: true,
    };
    const { groups, groupOf } = group(questions, [friday, week]);
    for (const [at, question] of questions.entries()) {
      if (isHours(question)) expect(groups[groupOf[at] as number]?.id).toBe(isFriday(question) ? 'friday' : 'week');
    }
  });

  test('a group that people hold lives on by its examples when its questions are too old', () => {
    const held: KnownGroup = { id: 'refunds', members: ['long-gone'], examples: topics.refund, isHeld: true };
    const questions = ask(3);
    expect(idOf(group(questions, [held]), questions, 'I want a refund')).toBe('refunds');
  });

  test('questions are found to belong to the answer that knows their words', () => {
    const questions = ask(3);
    const { groups, groupOf } = group(
      questions,
      [],
      [{ answerId: 'opening', phrases: ['מה שעות הפתיחה', 'מתי אתם פותחים', 'עד איזו שעה פתוח'] }],
    );
    const place = groupOf[questions.findIndex(({ text }) => text.startsWith('מה שעות הפתיחה שלכם'))] as number;
    expect(groups[place]).toMatchObject({ answerId: 'opening', id: null });
  });
});

describe('a question that has just come in', () => {
  const finder = new GroupFinder(
    Object.entries(topics).map(([id, texts]) => ({ id, texts })),
    encoder,
  );

  test('joins the group of those that ask the same', () => {
    expect(finder.find('היי, מה שעות הפתיחה שלכם היום?')?.id).toBe('hours');
    expect(finder.find('when will I get my refund???')?.id).toBe('refund');
    expect(finder.find('когда же придет мой заказ')?.id).toBe('delivery');
  });

  test('joins none when it is small talk, or like nothing that was asked', () => {
    for (const text of ['', 'תודה רבה!', '😀', '4580', 'which football team won the cup in 1966']) expect(finder.find(text)).toBeNull();
    expect(new GroupFinder([], encoder).find('when will I get my refund')).toBeNull();
  });
});

describe('the thread that groups', () => {
  test('says how far it is and finds what the same order finds here', async () => {
    const questions = ask(4);
    const told: number[] = [];
    const found = await groupInThread(order(questions), { onProgress: (share) => told.push(share) });
    expect(found.groups).toEqual(group(questions).groups);
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
  });

  test('ends when nobody wants to know any more', async () => {
    const wish = new AbortController();
    const going = groupInThread(order(ask(40)), { signal: wish.signal, onProgress: () => wish.abort(new Error('enough')) });
    await expect(going).rejects.toThrow('enough');
    await expect(groupInThread(order([]), { signal: wish.signal })).rejects.toThrow('enough');
  });
});
