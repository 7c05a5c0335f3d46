/** Answers from a file: first everything is read and judged, then all of it is written at once, or nothing. */
import { isDeepStrictEqual } from 'node:util';
import { nanoid } from 'nanoid';
import { ANSWERS_MAX, type AnswerImport, type AnswerImportReport, type RefusedRow } from '../../shared/answer-import.ts';
import { type Answer, answerCreateSchema } from '../../shared/automatic-answer.ts';
import { AppError } from '../../shared/errors.ts';
import { dropAttachments } from '../attachments/attachments.ts';
import { laterThan } from '../canned/canned-responses.ts';
import { derivedId } from '../conversations/derived-id.ts';
import { listInboxes } from '../settings/inboxes.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { AnswerRow } from '../storage/tables.ts';
import { bodiesOf, columnOf, type TableAnswer } from './answer-columns.ts';
import { readAllAnswers } from './answer-export.ts';
import { type AnswerContent, contentColumns, contentOf, fileIdsOf } from './answer-rows.ts';
import { deleteAnswers, insertAnswers, lockAnswers, updateAnswers } from './answer-store.ts';
import { type AnswerRoom, requireInboxes, requireRoom, tellChanged } from './answers.ts';
import { type Fault, faultOf, noInbox } from './import-faults.ts';
import { type ImportRow, readImport } from './import-rows.ts';
import { openBlanks } from './library-blanks.ts';
import { takingTurns } from './turns.ts';

const TOLD_REFUSALS_MAX = 200;

interface Plan {
  added: AnswerRow[];
  changed: { row: AnswerRow; before: Answer }[];
  unchanged: number;
  removed: Answer[];
  refused: RefusedRow[];
}

export async function importAnswers(
  room: AnswerRoom,
  { mode, isDryRun, skipsRefused, format, text }: AnswerImport,
): Promise<AnswerImportReport> {
  const [known, inboxes] = await Promise.all([readAllAnswers(room.app), listInboxes(room.app)]);
  const { rows, headings, ignoredColumns } = readImport(format, text, inboxes);
  const judging = new Judging(known, mode === 'add', { now: room.app.now(), inboxIds: new Set(inboxes.map(({ id }) => id)), headings });
  const turn = takingTurns();
  for (const row of rows) {
    if (row) judging.judge(row);
    await turn();
  }
  const plan = judging.finish(mode === 'replace');
  const isWritten = !isDryRun && (plan.refused.length === 0 || skipsRefused);
  if (isWritten) await write(room, plan);
  return {
    isWritten,
    added: plan.added.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
    removed: plan.removed.length,
    refused: plan.refused.slice(0, TOLD_REFUSALS_MAX),
    refusedCount: plan.refused.length,
    ignoredColumns,
  };
}

/** What each row means for the answers that are here. */
class Judging {
  readonly #byId: ReadonlyMap<string, Answer>;
  readonly #byTitle = new Map<string, Answer>();
  readonly #keepsKnown: boolean;
  readonly #house: { now: number; inboxIds: ReadonlySet<string>; headings: readonly string[] };
  readonly #plan: Plan = { added: [], changed: [], unchanged: 0, removed: [], refused: [] };
  /** On which line an answer, or a title without an id, was first. */
  readonly #lines = new Map<string, number>();
  readonly #named = new Set<string>();
  /** What each column holds of an answer. */
  readonly #paths: readonly string[];
  #rows = 0;

  constructor(
    known: readonly Answer[],
    keepsKnown: boolean,
    house: { now: number; inboxIds: ReadonlySet<string>; headings: readonly string[] },
  ) {
    this.#byId = new Map(known.map((answer) => [answer.id, answer]));
    for (const answer of known)
      for (const title of titlesOf(answer.question)) if (!this.#byTitle.has(title)) this.#byTitle.set(title, answer);
    this.#keepsKnown = keepsKnown;
    this.#house = house;
    this.#paths = house.headings.map((heading) => columnOf(heading)?.path ?? '');
  }

  judge(row: ImportRow): void {
    const { line } = row;
    this.#rows += 1;
    if (this.#rows > ANSWERS_MAX) throw new AppError('too-large', `text: holds more than ${ANSWERS_MAX} answers`, { field: 'text' });
    if ('fault' in row) return this.#refuse(line, null, row.fault);
    const { said } = row;
    const before = this.#find(said);
    if (before) this.#named.add(before.id);
    const parsed = answerCreateSchema.safeParse(toDraft(said, before, this.#house.headings.length > 0));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const path = issue?.path.join('.') ?? '';
      return this.#refuse(line, path === '' ? null : this.#nameOf(path), faultOf(issue));
    }
    const { id, fileIds: _, ...content } = parsed.data;
    const wrong = this.#faultIn(content);
    if (wrong) return this.#refuse(line, this.#nameOf(wrong.path), wrong.fault);
    const keys = [before?.id ?? id ?? '', ...(before || id ? [] : titlesOf(content.question))].filter(Boolean);
    const first = keys.map((key) => this.#lines.get(key)).find((one) => one !== undefined);
    if (first !== undefined) {
      const fault: Fault = { reason: 'twice', about: first, sentence: `This answer is on line ${first} already.` };
      return this.#refuse(line, this.#nameOf(said.id === undefined ? 'question' : 'id'), fault);
    }
    for (const key of keys) this.#lines.set(key, line);
    this.#take(content, id, before);
  }

  finish(isWhole: boolean): Plan {
    if (this.#rows === 0) throw new AppError('invalid', 'text: holds no answers', { field: 'text' });
    // What a refused row may have meant stays, too.
    if (isWhole) this.#plan.removed = [...this.#byId.values()].filter(({ id }) => !this.#named.has(id));
    // In the order of the file, and none of them in the future.
    const { added } = this.#plan;
    for (const [at, row] of added.entries()) row.createdAt = this.#house.now - added.length + 1 + at;
    return this.#plan;
  }

  #find(said: TableAnswer): Answer | undefined {
    if (typeof said.id === 'string') return this.#byId.get(said.id);
    return titlesOf(said.question)
      .map((title) => this.#byTitle.get(title))
      .find((answer) => answer !== undefined);
  }

  #take(content: AnswerContent, id: string | undefined, before: Answer | undefined): void {
    const { now } = this.#house;
    if (!before) {
      this.#plan.added.push({ ...contentColumns(content), id: id ?? this.#newId(content), files: '[]', createdAt: now, updatedAt: now });
    } else if (this.#keepsKnown || isDeepStrictEqual(content, contentOf(before))) {
      this.#plan.unchanged += 1;
    } else {
      const row = { ...contentColumns(content), id: before.id, files: JSON.stringify(before.files), createdAt: before.createdAt };
      this.#plan.changed.push({ before, row: { ...row, updatedAt: laterThan(before.updatedAt, now) } });
    }
  }

  /** The same for the same question, so that of two imports at once the second is told. */
  #newId({ question }: AnswerContent): string {
    const id = derivedId(`answer to ${titlesOf(question).sort().join('\n')}`);
    return this.#byId.has(id) ? nanoid() : id;
  }

  /** What the schema does not know. */
  #faultIn({ inboxIds, isOn, bodies }: AnswerContent): { path: string; fault: Fault } | null {
    if (inboxIds?.some((id) => !this.#house.inboxIds.has(id))) return { path: 'inboxIds', fault: noInbox };
    const [open] = isOn ? openBlanks(bodies) : [];
    if (!open) return null;
    const { blank: about, language } = open;
    const sentence = `Fill in ${about} before this answer is switched on.`;
    return { path: `bodies.${language}.text`, fault: { reason: 'blank', about, sentence } };
  }

  #refuse(line: number, field: string | null, fault: Fault): void {
    this.#plan.refused.push({ line, field, ...fault });
  }

  /** The column that it stands in; in JSON the path itself. */
  #nameOf(path: string): string {
    const isNear = (own: string) => own !== '' && (path.startsWith(`${own}.`) || own.startsWith(`${path}.`));
    const at = [this.#paths.indexOf(path), this.#paths.findIndex(isNear)].find((one) => one >= 0);
    return (at !== undefined && this.#house.headings[at]) || path;
  }
}

/** A row is put upon what is there. In a table each language is a column, which may be missing; in JSON all languages are one thing. */
function toDraft({ id, texts, quickReplies, ...said }: TableAnswer, before: Answer | undefined, isTable: boolean): unknown {
  const old = before && contentOf(before);
  const byLanguage = isTable && {
    question: { ...old?.question, ...said.question },
    bodies: bodiesOf({ ...(texts && { texts }), ...(quickReplies && { quickReplies }) }, old?.bodies ?? {}),
  };
  const named = before?.id ?? id;
  return { ...old, ...said, ...byLanguage, ...(named !== undefined && { id: named }), fileIds: [] };
}

function titlesOf(question: unknown): string[] {
  if (typeof question !== 'object' || question === null) return [];
  return Object.entries(question).flatMap(([language, text]) =>
    typeof text === 'string' && text.trim() !== '' ? [`${language} ${text.trim().toLowerCase()}`] : [],
  );
}

/** Whatever somebody has changed since it was read ends it, whole. */
async function write(room: AnswerRoom, { added, changed, removed }: Plan): Promise<void> {
  const { app, attachments } = room;
  const read = new Map([...changed.map(({ before }) => before), ...removed].map((answer) => [answer.id, answer.updatedAt]));
  const job = async (trx: Transaction) => {
    const rows = await lockAnswers(trx, [...read.keys()]);
    const isSame = rows.length === read.size && rows.every(({ id, updatedAt }) => read.get(id) === updatedAt);
    const isNew = (
      await lockAnswers(
        trx,
        added.map(({ id }) => id),
      )
    ).length;
    if (!isSame || isNew > 0) throw changedMeanwhile();
    const inboxIds = new Set([...added, ...changed.map(({ row }) => row)].flatMap((row) => JSON.parse(row.inboxIds ?? '[]') as string[]));
    await requireInboxes(trx, [...inboxIds]);
    const gone = new Set(removed.map(({ id }) => id));
    const fileIds = rows.filter(({ id }) => gone.has(id)).flatMap(fileIdsOf);
    await deleteAnswers(trx, [...gone]);
    await requireRoom(trx, added.length);
    await insertAnswers(trx, added);
    await updateAnswers(
      trx,
      changed.map(({ row }) => row),
    );
    return dropAttachments(trx, fileIds);
  };
  const dropped = await app.storage.write(job).catch((error: unknown) => {
    throw isUniqueViolation(error) ? changedMeanwhile() : error;
  });
  await attachments.remove(dropped);
  if (read.size + added.length > 0) tellChanged(room, null);
}

function changedMeanwhile(): AppError {
  return new AppError('conflict', 'Somebody has changed answers meanwhile. Please import the file again.');
}
