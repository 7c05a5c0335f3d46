/** What every field of the form knows: the draft, how to change it, in which language texts are written, and what was refused. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Language } from '../../shared/language.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import type { InboxDraft, Subject } from './inbox-draft.ts';

export interface InboxForm {
  draft: InboxDraft;
  set: <Name extends Subject>(subject: Name, value: InboxDraft[Name]) => void;
  /** The language in which texts are written and previewed. */
  textLanguage: Language;
  setTextLanguage: (language: Language) => void;
  /** What the server says of this field: `preChat.fields.2.label`. */
  errorAt: (path: string) => string | undefined;
}

export const InboxFormContext = createContext<InboxForm | null>(null);

export function useInboxForm(): InboxForm {
  const form = useContext(InboxFormContext);
  if (!form) throw new Error('A field of an inbox stands outside its form.');
  return form;
}

const sentences = [
  [/^preChat\.fields\.\d+\.key/, 'inbox.error.key'],
  [/\.options/, 'inbox.error.options'],
  [/^preChat\.consentText/, 'inbox.error.consent'],
  [/\.(label|text)$/, 'inbox.error.unsaid'],
  [/^accent/, 'inbox.error.accent'],
] as const;

export function errorAt(refusal: ErrorReply | null, path: string): string | undefined {
  const field = refusal?.field?.replace(/^settings\./, '');
  if (!refusal || field === undefined || !(field === path || field.startsWith(`${path}.`))) return undefined;
  if (refusal.code !== 'invalid') return errorText(refusal);
  const sentence = sentences.find(([about]) => about.test(field));
  return sentence ? t(sentence[1]) : errorText(refusal);
}
