/** What stands in a custom field, in words, and back. */
import type { CustomField, FieldValue } from '../../shared/custom-fields.ts';
import { formatMoney, toDecimal } from '../../shared/money.ts';
import { t } from '../texts/texts.ts';
import { formatDate, formatNumber, locale } from '../ui/format.ts';

/** As it is read. */
export function fieldWords({ kind, choices, currency }: CustomField, value: FieldValue): string {
  if (kind === 'yes-no') return value === true ? t('card.yes') : t('card.no');
  if (kind === 'money' && typeof value === 'number') return formatMoney({ amount: value, currency: currency ?? 'ILS' }, locale.value);
  if (kind === 'number' && typeof value === 'number') return formatNumber(value);
  if (kind === 'date' && typeof value === 'string') return dateWords(value);
  if (kind === 'choice') return choices.find(({ id }) => id === value)?.label ?? '';
  return String(value);
}

/** As it is typed. */
export function typedField({ kind, currency }: CustomField, value: FieldValue | undefined): string {
  if (value === undefined) return '';
  return kind === 'money' && typeof value === 'number' ? toDecimal({ amount: value, currency: currency ?? 'ILS' }) : String(value);
}

/** At noon it is the same day in every time zone that people live in. */
function dateWords(date: string): string {
  const at = new Date(`${date}T12:00:00`).getTime();
  return Number.isNaN(at) ? date : formatDate(at);
}
