import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { formatCsvRow, readCsv } from '../../server/answers/csv.ts';
import type { AnswerImportReport, AnswerImportRequest } from '../../shared/answer-import.ts';
import type { Answer, AnswerCreateRequest } from '../../shared/automatic-answer.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openHouse } from '../helpers/house.ts';

function take(house: House, body: AnswerImportRequest): Promise<AnswerImportReport> {
  return house.json('POST', '/api/answers/import', body);
}

async function give(house: House, format: 'csv' | 'json'): Promise<string> {
  const response = await house.call('GET', `/api/answers/export?format=${format}`);
  // Not `text()`, which would take the byte order mark away.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
}

async function all(house: House): Promise<Answer[]> {
  return (await house.json<{ items: Answer[] }>('GET', '/api/answers?limit=200')).items;
}

/** Of what an import must bring to another house. */
function contents(answers: readonly Answer[]) {
  return answers.map(({ createdAt: _, updatedAt: __, files: ___, ...content }) => content);
}

const awkward: AnswerCreateRequest[] = [
  {
    question: { he: '=SUM(A1) "שעות", פתיחה?', en: '@home; or\tnot', fr: "'=x" },
    phrasings: ['+972 עולה?', '-5% הנחה', "''@", 'a,b', '"quoted"', 'שלום ״עולם״', '0', '= '],
    bodies: {
      he: { text: '=שורה\r\nשנייה,\n\n"שלישית"\t ', quickReplies: ['כן', 'לא, תודה', '=1'] },
      en: { text: "' apostrophe", quickReplies: [] },
      ar: { text: '＝اهلا', quickReplies: [] },
    },
    tags: ['a,b', '-x', 'שירות'],
    validFrom: 0,
    validTo: 8.64e15,
    moment: 'waiting',
    isOn: false,
    intent: 'opening-hours',
  },
  { question: { ru: 'Где заказ?' }, bodies: { ru: { text: '\n в пути' } } },
  { question: { de: 'x' }, phrasings: ['eins'], bodies: { de: { text: ';' } }, validFrom: 1_700_000_000_123 },
];

describe.each(databases)('on $name', ({ open }) => {
  test.each(['csv', 'json'] as const)('what is exported as %s comes back as it was, in this house and in another', async (format) => {
    const house = await open();
    for (const one of awkward) await house.json('POST', '/api/answers', one);
    await house.json('POST', '/api/answers', { ...awkward[1], inboxIds: [house.inbox.id] });
    const before = await all(house);
    const text = await give(house, format);
    const nothing = { isWritten: true, added: 0, changed: 0, unchanged: 4, removed: 0, refused: [], refusedCount: 0, ignoredColumns: [] };
    expect(await take(house, { format, text, mode: 'replace' })).toEqual(nothing);
    expect(await all(house)).toEqual(before);
    for (const { id } of before) await house.call('DELETE', `/api/answers/${id}`);
    expect(await take(house, { format, text })).toMatchObject({ isWritten: true, added: 4, refusedCount: 0 });
    expect(contents(await all(house))).toEqual(contents(before));
    expect(await give(house, format)).toBe(text);
  });

  test('thousands of answers come in together, in the order of the file', async () => {
    const house = await open();
    const row = (at: number) =>
      formatCsvRow([
        `שאלה מספר ${at}?`,
        `תשובה ארוכה למדי ${'מילה '.repeat(40)}${at}`,
        ...Array.from({ length: 8 }, (_, way) => `ניסוח ${way} של ${at}`),
      ]);
    const heading = formatCsvRow(['question he', 'answer he', ...Array.from({ length: 8 }, (_, way) => `phrasing ${way + 1}`)]);
    const text = heading + Array.from({ length: 2_000 }, (_, at) => row(at)).join('');
    expect(await take(house, { format: 'csv', text })).toMatchObject({ isWritten: true, added: 2_000, refusedCount: 0 });
    const { items } = await house.json<{ items: Answer[] }>('GET', '/api/answers?limit=2');
    expect(items.map(({ question }) => question.he)).toEqual(['שאלה מספר 0?', 'שאלה מספר 1?']);
    expect(await take(house, { format: 'csv', text })).toMatchObject({ added: 0, unchanged: 2_000 });
  });
});

test('a file is opened by Excel as it is meant, and reckons nothing', async () => {
  const house = await openHouse();
  await house.json('POST', '/api/answers', awkward[0]);
  const text = await give(house, 'csv');
  expect(text.startsWith('\uFEFFid,question he,')).toBe(true);
  const cells = [...readCsv(text)].flatMap(({ cells }) => cells);
  expect(cells).toContain('+972 עולה?');
  const raw = text.slice(1).split(/,|\r\n/);
  expect(raw.filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([]);
});

test('a row that is wrong is named with its line and column, and nothing of the file is taken', async () => {
  const house = await openHouse();
  const { id } = await house.json<Answer>('POST', '/api/answers', awkward[1]);
  const text = [
    'ID;Question_EN;Answer EN;On;Inboxes;Valid from;Colour;phrasing 1',
    ';;Somewhere;;;;;',
    ';How much?;;;;;;',
    ';Open?;Yes;maybe;;;;',
    ';Late?;No;;Moon;;;',
    ';When?;Then;;;yesterday;;',
    `x;Who?;We;;;;;`,
    ';Why?;So;;;;;',
    ';why?;Not so;;;;;',
    `;Long?;Yes;;;;;${'x'.repeat(301)}`,
    ';Blank?;Open [days and hours];yes;;;;',
    ';Good?;Yes;;;;red;is it good',
  ].join('\n');
  const report = await take(house, { format: 'csv', text, mode: 'replace' });
  expect(report).toMatchObject({ isWritten: false, added: 2, removed: 1, ignoredColumns: ['Colour'] });
  expect(report.refused.map(({ line, field, reason, about }) => [line, field, reason, about])).toEqual([
    [2, 'Question_EN', 'no-question', undefined],
    [3, 'Answer EN', 'no-text', undefined],
    [4, 'On', 'no-switch', undefined],
    [5, 'Inboxes', 'no-inbox', undefined],
    [6, 'Valid from', 'no-time', undefined],
    [7, 'ID', 'wrong', undefined],
    [9, 'Question_EN', 'twice', 8],
    [10, 'phrasing 1', 'too-long', 300],
    [11, 'Answer EN', 'blank', '[days and hours]'],
  ]);
  expect(report.refused.at(-1)?.sentence).toContain('[days and hours]');
  expect((await all(house)).map((answer) => answer.id)).toEqual([id]);
  // The right ones alone, if that is what is wanted.
  expect(await take(house, { format: 'csv', text, skipsRefused: true })).toMatchObject({ isWritten: true, added: 2, refusedCount: 9 });
  expect(await all(house)).toHaveLength(3);
});

test('a column that is missing leaves what is there, an empty cell empties it, and a row without an id is known by its question', async () => {
  const house = await openHouse();
  const body = {
    question: { he: 'מתי?', en: 'When?' },
    phrasings: ['a'],
    bodies: { he: { text: 'עכשיו' }, en: { text: 'Now' } },
    tags: ['x'],
  };
  const { id } = await house.json<Answer>('POST', '/api/answers', body);
  const text = 'question en,answer en,phrasings\r\nwhen?,"","b\nc"\r\n';
  expect(await take(house, { format: 'csv', text, mode: 'add' })).toMatchObject({ added: 0, unchanged: 1 });
  expect(await take(house, { format: 'csv', text })).toMatchObject({ added: 0, changed: 1 });
  const expected = {
    ...body,
    question: { he: 'מתי?', en: 'when?' },
    phrasings: ['b', 'c'],
    bodies: { he: { text: 'עכשיו', quickReplies: [] } },
  };
  expect(await house.json('GET', `/api/answers/${id}`)).toMatchObject(expected);
  expect(Object.keys((await house.json<Answer>('GET', `/api/answers/${id}`)).bodies)).toEqual(['he']);
});

test('of two who import the same file at once one is told, and no answer is there twice', async () => {
  const house = await openHouse();
  const text = 'question en,answer en\nWhen?,Now\nWhere?,Here\n';
  const both = await Promise.all([1, 2].map(() => house.call('POST', '/api/answers/import', { format: 'csv', text })));
  // The second may also come when the first is done, and finds nothing to do.
  expect(both.map(({ status }) => status).sort()[0]).toBe(200);
  expect((await all(house)).map(({ question }) => question.en)).toEqual(['When?', 'Where?']);
  const [first] = await all(house);
  await house.json('PATCH', `/api/answers/${first?.id}`, { question: { en: 'At what time?' } });
  expect(await take(house, { format: 'csv', text })).toMatchObject({ added: 1, unchanged: 1 });
});

test('a dry run says what would be, and changes nothing', async () => {
  const house = await openHouse();
  const text = 'question en,answer en\nWhen?,Now\n';
  expect(await take(house, { format: 'csv', text, isDryRun: true })).toMatchObject({ isWritten: false, added: 1, refusedCount: 0 });
  expect(await all(house)).toEqual([]);
});

test('what is no table, no list or not readable is refused with a sentence', async () => {
  const house = await openHouse();
  const refusal = async (format: 'csv' | 'json', text: string) => {
    const response = await house.call('POST', '/api/answers/import', { format, text });
    return response.ok ? ((await response.json()) as AnswerImportReport).refused : ((await response.json()) as { field: string }).field;
  };
  expect(await refusal('csv', 'just words\nand more')).toBe('text');
  expect(await refusal('csv', 'question en,answer en\n')).toBe('text');
  expect(await refusal('csv', `question en,answer en\nx,${','.repeat(2_000)}`)).toBe('text');
  expect(await refusal('csv', `question en,answer en${'\n'.repeat(500_000)}`)).toBe('text');
  expect(await refusal('json', '{"answers":')).toBe('text');
  expect(await refusal('json', '{}')).toBe('text');
  expect(await refusal('json', '[]')).toBe('text');
  expect(await refusal('json', '[3, {"question":{"en":"x"},"bodies":{"en":{"text":"x","quickReplies":"no"}}}]')).toMatchObject([
    { line: 1, field: null, reason: 'no-answer' },
    { line: 2, field: 'bodies.en.quickReplies', reason: 'wrong' },
  ]);
  expect(await refusal('csv', 'question en,answer en\nWhen?,"Now\nWho?,We')).toMatchObject([{ line: 2, field: null, reason: 'unclosed' }]);
  expect(await refusal('csv', 'question en,answer en\nWhen?,Now,then')).toMatchObject([{ line: 2, reason: 'too-wide' }]);
  const tooMany = { question: { en: 'x' }, bodies: { en: { text: 'x' } }, tags: Array.from({ length: 21 }, (_, at) => `tag ${at}`) };
  const backwards = { question: { en: 'y' }, bodies: { en: { text: 'y' } }, validFrom: 2, validTo: 1, moment: 'never' };
  expect(await refusal('json', JSON.stringify([tooMany, backwards, { ...backwards, moment: 'always' }]))).toMatchObject([
    { field: 'tags', reason: 'too-many', about: 20 },
    { field: 'moment', reason: 'no-moment' },
    { field: 'validTo', reason: 'ends-first' },
  ]);
  expect(await refusal('csv', 'question en,answer en\n\uFFFD\uFFFD,x')).toMatchObject([
    { line: 2, reason: 'unreadable', sentence: expect.stringContaining('UTF-8') },
  ]);
  expect(await all(house)).toEqual([]);
});

test('files stay with the answer that has them', async () => {
  const house = await openHouse();
  const form = new FormData();
  form.set('file', new Blob(['opening hours']), 'hours.txt');
  const upload = await fetch(`${house.url}/api/attachments`, {
    method: 'POST',
    headers: { cookie: house.cookie, 'X-Kesher': '1' },
    body: form,
  });
  const { id: fileId } = (await upload.json()) as { id: string };
  const made = await house.json<Answer>('POST', '/api/answers', { ...awkward[1], id: nanoid(), fileIds: [fileId] });
  expect(made.files).toMatchObject([{ id: fileId, name: 'hours.txt' }]);
  const text = (await give(house, 'csv')).replace('Где заказ?', 'Где посылка?');
  expect(await take(house, { format: 'csv', text })).toMatchObject({ changed: 1 });
  expect(await house.json('GET', `/api/answers/${made.id}`)).toMatchObject({ files: made.files, question: { ru: 'Где посылка?' } });
  const copy = await house.json<{ id: string }>('POST', `/api/answers/${made.id}/copies`, { fileId });
  expect(copy.id).not.toBe(fileId);
  const address = `${house.url}${made.files[0]?.url}`;
  expect((await fetch(address)).status).toBe(200);
  await house.call('DELETE', `/api/answers/${made.id}`);
  expect((await fetch(address)).status).toBe(404);
});
