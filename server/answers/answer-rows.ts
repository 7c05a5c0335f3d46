/** An automatic answer as it is stored, and as it is read. */
import type { Attachment } from '../../shared/attachment.ts';
import type { Answer, AnswerDraft } from '../../shared/automatic-answer.ts';
import { wordsOf } from '../../shared/fold.ts';
import type { AnswerRow } from '../storage/tables.ts';

/** What an administrator writes of it. */
export type AnswerContent = Omit<AnswerDraft, 'id' | 'fileIds'>;

/** All columns that follow from what was written. */
export function contentColumns(content: AnswerContent): Omit<AnswerRow, 'id' | 'files' | 'createdAt' | 'updatedAt'> {
  const { question, phrasings, bodies, tags, validFrom, validTo, inboxIds, moment, isOn, intent } = content;
  return {
    question: JSON.stringify(question),
    phrasings: JSON.stringify(phrasings),
    bodies: JSON.stringify(bodies),
    tags: JSON.stringify(tags),
    validFrom,
    validTo,
    inboxIds: inboxIds && JSON.stringify(inboxIds),
    moment,
    isOn: Number(isOn),
    intent,
    words: foundBy(content),
  };
}

export function toAnswer({ words: _, ...row }: AnswerRow): Answer {
  return {
    ...row,
    question: JSON.parse(row.question),
    phrasings: JSON.parse(row.phrasings),
    bodies: JSON.parse(row.bodies),
    files: JSON.parse(row.files),
    tags: JSON.parse(row.tags),
    inboxIds: row.inboxIds === null ? null : JSON.parse(row.inboxIds),
    moment: row.moment as Answer['moment'],
    isOn: row.isOn === 1,
  };
}

export function contentOf({ id: _, files: __, createdAt: ___, updatedAt: ____, ...content }: Answer): AnswerContent {
  return content;
}

export function fileIdsOf(row: AnswerRow): string[] {
  return (JSON.parse(row.files) as Attachment[]).map(({ id }) => id);
}

function foundBy({ question, phrasings, bodies }: AnswerContent): string {
  const texts = [...Object.values(question), ...phrasings, ...Object.values(bodies).map(({ text }) => text)];
  const words = new Set(texts.flatMap((text) => wordsOf(text).map(({ word }) => word)));
  return [...words].map((word) => ` ${word}`).join('');
}
