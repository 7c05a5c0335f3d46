/** All answers as a file, which an import takes in again as they are. Files stay here: an answer that is here already keeps its own. */
import type { ImportFormat } from '../../shared/answer-import.ts';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { App } from '../app.ts';
import { listInboxes } from '../settings/inboxes.ts';
import { headingsFor, toCells } from './answer-columns.ts';
import { toAnswer } from './answer-rows.ts';
import { listAnswerRows } from './answer-store.ts';
import { BYTE_ORDER_MARK, formatCsvRow } from './csv.ts';
import { takingTurns } from './turns.ts';

const READ_AT_ONCE = 100;

/** Oldest first, read in portions. */
export async function readAllAnswers(app: App): Promise<Answer[]> {
  const turn = takingTurns();
  const answers: Answer[] = [];
  for (;;) {
    const last = answers.at(-1);
    const after = last ? { at: last.createdAt, id: last.id } : null;
    const rows = await listAnswerRows(app.storage.db, { after, limit: READ_AT_ONCE, filter: { words: [] } });
    answers.push(...rows.map(toAnswer));
    if (rows.length < READ_AT_ONCE) return answers;
    await turn();
  }
}

export async function* writeExport(app: App, format: ImportFormat): AsyncGenerator<string, void> {
  const answers = await readAllAnswers(app);
  const turn = takingTurns();
  const portions = format === 'csv' ? writeTable(answers, await listInboxes(app)) : writeObjects(answers);
  for (const portion of portions) {
    yield portion;
    await turn();
  }
}

function* writeTable(answers: readonly Answer[], inboxes: Parameters<typeof toCells>[2]): Generator<string, void> {
  const headings = headingsFor(answers);
  yield BYTE_ORDER_MARK + formatCsvRow(headings);
  for (const answer of answers) yield formatCsvRow(toCells(answer, headings, inboxes));
}

function* writeObjects(answers: readonly Answer[]): Generator<string, void> {
  yield '{"kesher":"answers","version":1,"answers":[\n';
  for (const [at, { files, createdAt: _, updatedAt: __, ...answer }] of answers.entries()) {
    const named = files.map(({ name, type, size }) => ({ name, type, size }));
    yield `${at > 0 ? ',\n' : ''}${JSON.stringify({ ...answer, files: named })}`;
  }
  yield '\n]}\n';
}
