import type { UploadedFile } from '../../shared/attachment.ts';
import type { Answer, AnswerBody, AnswerCreateRequest } from '../../shared/automatic-answer.ts';
import type { ByLanguage, Language } from '../../shared/language.ts';
import { mergeChanges } from '../editing/merge-changes.ts';

/** All that the form changes, in one level: each key is saved, compared and fought over by itself. */
export interface AnswerForm extends Omit<Answer, 'id' | 'files' | 'createdAt' | 'updatedAt'> {
  files: readonly UploadedFile[];
}
export type AnswerSubject = keyof AnswerForm;

export const emptyAnswer: AnswerForm = {
  question: {},
  phrasings: [],
  bodies: {},
  files: [],
  tags: [],
  validFrom: null,
  validTo: null,
  inboxIds: null,
  moment: 'always',
  isOn: true,
  intent: null,
};

export function draftOf({ id: _, createdAt: __, updatedAt: ___, files, ...rest }: Answer): AnswerForm {
  return { ...rest, files: files.map(({ id, name, type, size }) => ({ id, name, type, size })) };
}

/** As it is saved: without empty lines, and no phrasing twice. */
export function tidyAnswer(form: AnswerForm): AnswerForm {
  const said = (texts: ByLanguage) => Object.entries(texts).flatMap(([language, text]) => (text.trim() ? [[language, text.trim()]] : []));
  return {
    ...form,
    question: Object.fromEntries(said(form.question)),
    phrasings: tidyLines(form.phrasings),
    bodies: Object.fromEntries(
      Object.entries(form.bodies)
        .map(([language, body]): [string, AnswerBody] => [language, { text: body.text, quickReplies: tidyLines(body.quickReplies) }])
        .filter(([, { text }]) => text.trim() !== ''),
    ),
  };
}

/** Each once, whatever its capitals and the spaces in it. */
export function tidyLines(lines: readonly string[]): string[] {
  const seen = new Set<string>();
  return lines
    .map((line) => line.trim())
    .filter((line) => {
      const plain = plainLine(line);
      return plain !== '' && !seen.has(plain) && seen.add(plain);
    });
}

export function plainLine(line: string): string {
  return line
    .normalize('NFC')
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim()
    .toLowerCase();
}

export function toRequest(changed: Partial<AnswerForm>): Partial<AnswerCreateRequest> {
  const { files, ...rest } = changed;
  return { ...rest, ...(files && { fileIds: files.map(({ id }) => id) }) };
}

const listed = { phrasings: plainLine, tags: (tag: string) => tag, files: ({ id }: UploadedFile) => id } as const;

/** Both may add and take away phrasings, tags and files, and each language is a thing of its own. */
export function mergeAnswer<Subject extends AnswerSubject>(
  subject: Subject,
  was: AnswerForm,
  [mine, theirs]: readonly [AnswerForm, AnswerForm],
): { value: AnswerForm[Subject]; hasClash: boolean } {
  if (subject in listed) {
    const keyOf = listed[subject as keyof typeof listed] as (entry: unknown) => string;
    const of = (form: AnswerForm) => form[subject] as readonly unknown[];
    const keys = (form: AnswerForm) => new Set(of(form).map(keyOf));
    const [had, taken, there] = [keys(was), keys(mine), keys(theirs)];
    const kept = of(mine).filter((entry) => there.has(keyOf(entry)) || !had.has(keyOf(entry)));
    const added = of(theirs).filter((entry) => !had.has(keyOf(entry)) && !taken.has(keyOf(entry)));
    return { value: [...kept, ...added] as AnswerForm[Subject], hasClash: false };
  }
  const { value, hasClash } = mergeChanges(was[subject], mine[subject], theirs[subject]);
  return { value: value as AnswerForm[Subject], hasClash };
}

/** The language of the screen first, then whichever there is. */
export function questionIn(question: ByLanguage, language: Language): string {
  return question[language] ?? Object.values(question)[0] ?? '';
}
