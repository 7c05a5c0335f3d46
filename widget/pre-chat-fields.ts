import type { Visitor } from '../shared/contact.ts';
import type { PreChat } from '../shared/inbox.ts';
import type { Language } from '../shared/language.ts';
import type { TextKey } from '../shared/texts/text-keys.ts';
import { looksLikeEmail } from './email-shape.ts';
import type { PhoneRules } from './phone-countries.ts';
import type { VisitorDetails } from './visitor-details.ts';

/** One question of the form. `key` names it in the form; the inbox's own fields stand behind a dot, so that none is taken for ours. */
export interface AskedField {
  key: string;
  kind: 'name' | 'phone' | 'email' | 'consent' | 'text' | 'number' | 'choice' | 'checkbox';
  isRequired: boolean;
  /** What administrators wrote; the form's own words where it is empty. */
  label: string;
  options: readonly string[];
}

export type FormValues = Readonly<Record<string, string>>;

interface Person {
  visitor: Visitor | null;
  unsent: VisitorDetails | null;
  /** What was asked in this browser before. */
  asked: readonly string[];
}

/**
 * What is to be asked now: everything that is not known yet, or nothing while all of it may be left out and was offered before.
 */
export function fieldsToAsk(preChat: PreChat, person: Person, languages: readonly Language[]): AskedField[] {
  const fields = allFields(preChat, languages).filter(({ key }) => !isKnown(key, person));
  return fields.some(({ key, isRequired }) => isRequired || !person.asked.includes(key)) ? fields : [];
}

function allFields(preChat: PreChat, languages: readonly Language[]): AskedField[] {
  const inWords = (texts: PreChat['consentText']) => languages.map((language) => texts[language]).find(Boolean) ?? Object.values(texts)[0];
  const own = (['name', 'phone', 'email'] as const).map((key) => ({ key, kind: key, demand: preChat[key], label: '', options: [] }));
  const theirs = preChat.fields.map(({ key, label, ...field }) => ({ ...field, key: `.${key}`, label: inWords(label) ?? key }));
  const consent = {
    key: 'consent',
    kind: 'consent',
    demand: preChat.consent,
    label: inWords(preChat.consentText) ?? '',
    options: [],
  } as const;
  return [...own, ...theirs, consent]
    .filter(({ demand }) => demand !== 'hidden')
    .map(({ demand, ...field }) => ({ ...field, isRequired: demand === 'required' }));
}

function isKnown(key: string, { visitor, unsent, asked }: Person): boolean {
  // Before the server has said who this is, what was filled in here once is taken as told.
  if (!visitor && asked.includes(key)) return true;
  if (key === 'consent') return Boolean(visitor?.hasConsented ?? unsent?.consent);
  if (key.startsWith('.')) return Boolean(visitor?.toldFields?.includes(key.slice(1)) || unsent?.fields?.[key.slice(1)]);
  const name = key as 'name' | 'phone' | 'email';
  return Boolean(visitor?.[name] ?? unsent?.[name]);
}

/** What is wrong with it, as a text to show; null where nothing is. */
export function mistakeIn({ key, kind, isRequired }: AskedField, values: FormValues, phones: PhoneRules | null): TextKey | null {
  const value = (values[key] ?? '').trim();
  if (value === '') {
    if (!isRequired) return null;
    return kind === 'consent' ? 'missingConsent' : kind === 'choice' ? 'missingChoice' : 'missing';
  }
  if (kind === 'phone') return toPhone(value, values, phones) === null ? 'invalidPhone' : null;
  if (kind === 'email') return looksLikeEmail(value) ? null : 'invalidEmail';
  if (kind === 'number') return /^[+-]?\d+([.,]\d+)*$/.test(value) ? null : 'invalidNumber';
  return null;
}

function toPhone(value: string, { country }: FormValues, phones: PhoneRules | null): string | null {
  return phones?.toInternational(value, country || phones.guessCountry()) ?? null;
}

/** What the form says, as it is told to the server. */
export function toDetails(fields: readonly AskedField[], values: FormValues, phones: PhoneRules | null): VisitorDetails {
  const details: VisitorDetails = {};
  for (const { key, kind, label } of fields) {
    const value = (values[key] ?? '').trim();
    if (value === '') continue;
    if (kind === 'consent') Object.assign(details, { consent: true, consentText: label });
    else if (kind === 'phone') details.phone = toPhone(value, values, phones) ?? value;
    else if (kind === 'name' || kind === 'email') details[kind] = value;
    else details.fields = { ...details.fields, [key.slice(1)]: value };
  }
  return details;
}
