/** What every field of the form knows: the draft, how to change it, and what was refused. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import type { HoursDraft, HoursSubject } from './hours-draft.ts';

export interface HoursForm {
  http: Http;
  draft: HoursDraft;
  set: <Subject extends HoursSubject>(subject: Subject, value: HoursDraft[Subject]) => void;
  /** What the server says of this field: `exceptions.2.to`. */
  errorAt: (path: string) => string | undefined;
}

export const HoursFormContext = createContext<HoursForm | null>(null);

export function useHoursForm(): HoursForm {
  const form = useContext(HoursFormContext);
  if (!form) throw new Error('A field of business hours stands outside its form.');
  return form;
}

const sentences = [
  [/^name/, 'hours.error.name'],
  [/^timeZone/, 'hours.error.zone'],
  [/^exceptions\.\d+\.name/, 'hours.error.exceptionName'],
  [/^exceptions\.\d+\.(from|to)$/, 'hours.error.dates'],
  [/^(week|exceptions\.\d+\.spans)/, 'hours.error.spans'],
] as const;

export function errorAt(refusal: ErrorReply | null, path: string): string | undefined {
  const field = refusal?.field;
  if (!refusal || field === undefined || !(field === path || field.startsWith(`${path}.`))) return undefined;
  const sentence = refusal.code === 'invalid' && sentences.find(([about]) => about.test(field));
  return sentence ? t(sentence[1]) : errorText(refusal);
}
