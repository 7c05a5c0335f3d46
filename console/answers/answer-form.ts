/** What every field of the form knows: the draft, how to change it, in which language it is written, and what was refused. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Language } from '../../shared/language.ts';
import type { TagShelf } from '../canned/tag-shelf.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import type { AnswerForm, AnswerSubject } from './answer-draft.ts';
import type { NamedInbox } from './answer-words.ts';

export interface AnswerFormState {
  http: Http;
  draft: AnswerForm;
  inboxes: readonly NamedInbox[];
  tags: TagShelf;
  mayUpload: boolean;
  set: <Subject extends AnswerSubject>(subject: Subject, value: AnswerForm[Subject]) => void;
  /** The language in which question and answer are written and previewed. */
  textLanguage: Language;
  setTextLanguage: (language: Language) => void;
  /** What the server says of this field: `bodies.he.text`. */
  errorAt: (path: string) => string | undefined;
}

export const AnswerFormContext = createContext<AnswerFormState | null>(null);

export function useAnswerForm(): AnswerFormState {
  const form = useContext(AnswerFormContext);
  if (!form) throw new Error('A field of an answer stands outside its form.');
  return form;
}

const sentences = [
  [/^question/, 'answers.error.question'],
  [/^phrasings/, 'answers.error.phrasing'],
  [/^bodies\.\w+\.quickReplies/, 'answers.error.quickReply'],
  [/^bodies/, 'answers.error.body'],
  [/^inboxIds/, 'answers.error.inboxes'],
  [/^valid/, 'answers.error.valid'],
] as const;

/** `bodies.he.text` is refused for its blanks where it holds some: that something is written the form knows itself. */
export function errorAt(refusal: ErrorReply | null, path: string, hasBlanks: boolean): string | undefined {
  const field = refusal?.field;
  if (!refusal || field === undefined || !(field === path || field.startsWith(`${path}.`))) return undefined;
  if (hasBlanks && refusal.code === 'invalid' && /^bodies\.\w+\.text$/.test(field)) return t('answers.error.blank');
  const sentence = refusal.code === 'invalid' && sentences.find(([about]) => about.test(field));
  return sentence ? t(sentence[1]) : errorText(refusal);
}
