import type { ComparedFact } from '../../shared/merging.ts';
import { formatMoney } from '../../shared/money.ts';
import { language, t } from '../texts/texts.ts';
import { formatDate, formatNumber } from '../ui/format.ts';

const known = ['name', 'company', 'lifecycle', 'ownerId', 'locale', 'consent', 'block'] as const;

export function factLabel({ key, label }: ComparedFact): string {
  const own = known.find((one) => one === key);
  return own ? t(`merge.field.${own}`) : (label ?? key);
}

/** One side of it, as a person reads it. */
export function factText({ kind, currency }: ComparedFact, value: ComparedFact['this']): string {
  if (value === null) return t('merge.empty');
  if (kind === 'hidden') return t('merge.hidden');
  if (kind === 'lifecycle') return t(`contact.lifecycle.${value as 'lead' | 'customer' | 'lapsed'}`);
  if (kind === 'language') return new Intl.DisplayNames(language.value, { type: 'language' }).of(String(value)) ?? String(value);
  if ((kind === 'consent' || kind === 'block') && typeof value === 'number') return t('merge.on', { date: formatDate(value) });
  if (kind === 'yes-no') return t(value === true ? 'merge.yes' : 'merge.no');
  if (kind === 'number' && typeof value === 'number') return formatNumber(value);
  if (kind === 'money' && typeof value === 'number') return formatMoney({ amount: value, currency: currency ?? 'ILS' }, language.value);
  if (kind === 'date') return formatDate(Date.parse(`${value}T12:00:00`));
  return String(value);
}
