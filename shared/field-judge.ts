/** What may stand in a custom field, as both sides judge it. */
import type { CustomField, FieldValue } from './custom-fields.ts';
import { fromDecimal } from './money.ts';

export type FieldShape = Pick<CustomField, 'kind' | 'choices' | 'currency'>;

const TEXT_MAX = 4_000;
const LINK_MAX = 2_048;
const AMOUNT_MAX = 1e13;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Beyond these, moments cannot be reckoned with. */
const FIRST_YEAR = 1_000;

export type Judged = { ok: true; value: FieldValue } | { ok: false; problem: string };

/** As it is kept, or why it cannot stand in the field. A choice that is no longer offered may stay, and is not newly chosen. */
export function judgeFieldValue({ kind, choices }: FieldShape, value: FieldValue): Judged {
  if (kind === 'yes-no') return typeof value === 'boolean' ? fine(value) : wrong('must be true or false');
  if (kind === 'number') return typeof value === 'number' && Math.abs(value) <= AMOUNT_MAX ? fine(value) : wrong('must be a number');
  if (kind === 'money') {
    const isAmount = typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= AMOUNT_MAX;
    return isAmount ? fine(value) : wrong('must be an amount in the smallest unit, a whole number');
  }
  if (typeof value !== 'string') return wrong('must be a text');
  const text = value.trim();
  if (text === '') return wrong('must not be empty');
  if (kind === 'date') return isDate(text) ? fine(text) : wrong('must be a date like 2026-01-31');
  if (kind === 'link') return judgeLink(text);
  if (kind === 'choice') {
    const isOffered = choices.some(({ id, isArchived }) => id === text && !isArchived);
    return isOffered ? fine(text) : wrong('must be the id of one of the choices');
  }
  if (text.length > TEXT_MAX) return wrong(`must have at most ${TEXT_MAX} characters`);
  return text.includes('\0') ? wrong('must not hold NUL') : fine(text);
}

/** What a person typed, or a file holds, as a value of the field; null if it is none. Choices are known by their label. */
export function readFieldText(field: FieldShape, text: string): FieldValue | null {
  const typed = text.trim();
  const value = typed === '' ? null : readingOf(field, typed);
  if (value === null) return null;
  const judged = judgeFieldValue(field, value);
  return judged.ok ? judged.value : null;
}

function readingOf({ kind, choices, currency }: FieldShape, typed: string): FieldValue | null {
  if (kind === 'number') return /^[-+]?\d[\d,]*(\.\d+)?$/.test(typed) ? Number(typed.replaceAll(',', '')) : null;
  if (kind === 'money') return fromDecimal(typed, currency ?? 'ILS');
  if (kind === 'yes-no') return yes.has(typed.toLowerCase()) ? true : no.has(typed.toLowerCase()) ? false : null;
  if (kind === 'date') return toDate(typed);
  if (kind === 'link') return /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (kind !== 'choice') return typed;
  const chosen = choices.find(({ id, label }) => id === typed || label.trim().toLowerCase() === typed.toLowerCase());
  return chosen?.id ?? null;
}

const yes = new Set(['yes', 'true', '1', 'y', 'on', 'כן', 'נכון']);
const no = new Set(['no', 'false', '0', 'n', 'off', 'לא']);

/** `2026-01-31` as it is; `31.1.2026`, `31/01/2026` with the day first, as in Israel and most of the world. */
function toDate(typed: string): string | null {
  if (DATE.test(typed)) return typed;
  const [, day, month, year] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(typed) ?? [];
  return day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
}

/** A day that exists. */
function isDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || year < FIRST_YEAR) return false;
  const moment = new Date(Date.UTC(year, month - 1, day));
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
}

function judgeLink(text: string): Judged {
  const isLink = text.length <= LINK_MAX && /^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/i.test(text);
  return isLink ? fine(text) : wrong('must be a web address');
}

function fine(value: FieldValue): Judged {
  return { ok: true, value };
}

function wrong(problem: string): Judged {
  return { ok: false, problem };
}
