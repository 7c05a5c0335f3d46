/** Ready answers of the library, offered to fill in. */
import { nanoid } from 'nanoid';
import type { Answer } from '../../shared/automatic-answer.ts';
import { AppError } from '../../shared/errors.ts';
import type { ByLanguage, Language } from '../../shared/language.ts';
import type { FromLibraryRequest, ReadyAnswer } from '../../shared/ready-answer.ts';
import type { App } from '../app.ts';
import { type LibraryIntent, readLibrary } from '../matching/library.ts';
import type { AnswerRow } from '../storage/tables.ts';
import { contentColumns, toAnswer } from './answer-rows.ts';
import { insertAnswer, listIdsByIntent, lockAnswers } from './answer-store.ts';
import { type AnswerRoom, requireInboxes, requireRoom, tellChanged } from './answers.ts';
import { blanksOf, openBlanks } from './library-blanks.ts';

const EXAMPLES_MAX = 5;

export async function listReadyAnswers(app: App, language: Language | undefined): Promise<{ items: ReadyAnswer[]; next: null }> {
  const made = new Map<string, string[]>();
  for (const { id, intent } of await listIdsByIntent(app.storage.db)) made.set(intent ?? '', [...(made.get(intent ?? '') ?? []), id]);
  const items = readLibrary().map((intent) => {
    const answer = inLanguage(intent.answer, language);
    return {
      id: intent.id,
      question: inLanguage(intent.question, language),
      answer,
      blanks: mapTexts(answer, blanksOf),
      examples: mapTexts(inLanguage(intent.phrasings, language), (phrasings) => phrasings.slice(0, EXAMPLES_MAX)),
      answerIds: made.get(intent.id) ?? [],
    };
  });
  return { items, next: null };
}

/** On where nothing is left to fill in. All of them or none. */
export async function createFromLibrary(room: AnswerRoom, { intents, inboxIds = null }: FromLibraryRequest): Promise<{ items: Answer[] }> {
  const { app } = room;
  const library = new Map(readLibrary().map((intent) => [intent.id, intent]));
  const now = app.now();
  const rows = intents.map(({ id, answerId = nanoid(), texts }, at): AnswerRow => {
    const intent = library.get(id);
    if (!intent) throw new AppError('not-found', 'The library has no such question.', { field: `intents.${at}.id` });
    return {
      ...toColumns(intent, { texts: texts ?? intent.answer, inboxIds }),
      id: answerId,
      files: '[]',
      createdAt: now + at,
      updatedAt: now,
    };
  });
  const ids = rows.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new AppError('invalid', 'intents: names an answer twice', { field: 'intents' });
  const made = await app.storage.write(async (trx) => {
    await requireInboxes(trx, inboxIds);
    for (const row of rows) if (await insertAnswer(trx, row)) await requireRoom(trx, 0);
    return new Map((await lockAnswers(trx, ids)).map((row) => [row.id, row]));
  });
  tellChanged(room, null);
  return { items: ids.flatMap((id) => made.get(id) ?? []).map(toAnswer) };
}

function toColumns({ id, question }: LibraryIntent, { texts, inboxIds }: { texts: ByLanguage; inboxIds: string[] | null }) {
  const bodies = mapTexts(texts, (text) => ({ text, quickReplies: [] }));
  return contentColumns({
    question,
    phrasings: [],
    bodies,
    tags: [],
    validFrom: null,
    validTo: null,
    inboxIds,
    moment: 'always',
    isOn: openBlanks(bodies).length === 0,
    intent: id,
  });
}

function inLanguage<Text>(texts: Partial<Record<Language, Text>>, language: Language | undefined): Partial<Record<Language, Text>> {
  if (language === undefined) return texts;
  const text = texts[language];
  return text === undefined ? {} : ({ [language]: text } as Partial<Record<Language, Text>>);
}

function mapTexts<Text, Result>(texts: Partial<Record<Language, Text>>, change: (text: Text) => Result): Partial<Record<Language, Result>> {
  return Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, change(text as Text)]));
}
