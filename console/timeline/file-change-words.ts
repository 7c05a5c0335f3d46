/** What was changed in a file, in the language of the screen. */
import { consentKinds } from '../../shared/consent.ts';
import { lifecycleNames } from '../../shared/lifecycle.ts';
import { fromDecimal } from '../../shared/money.ts';
import type { TimelineChange } from '../../shared/timeline.ts';
import { type TextKey, t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { formatDate, formatLanguage, formatNumber } from '../ui/format.ts';

const fields = {
  block: 'timeline.change.block',
  company: 'timeline.change.company',
  companyId: 'timeline.change.companyId',
  email: 'timeline.change.email',
  external: 'timeline.change.external',
  isLifecycleByHand: 'timeline.change.isLifecycleByHand',
  lifecycle: 'timeline.change.lifecycle',
  locale: 'timeline.change.locale',
  name: 'timeline.change.name',
  ownerId: 'timeline.change.ownerId',
  phone: 'timeline.change.phone',
  tags: 'timeline.change.tags',
} as const satisfies Record<string, TextKey>;

const confirmations = {
  'email.confirmed': ['timeline.change.emailConfirmed', 'timeline.change.emailDoubted'],
  'phone.confirmed': ['timeline.change.phoneConfirmed', 'timeline.change.phoneDoubted'],
  'external.confirmed': ['timeline.change.externalConfirmed', 'timeline.change.externalDoubted'],
} as const satisfies Record<string, readonly [TextKey, TextKey]>;

const openedBy = new Set(['agent', 'api', 'import']);

/** What came to be is told by itself; what stood there before is told with what stands there now. */
export function changeWords(change: TimelineChange): string {
  const { field, name, from, to, side } = change;
  if (field === 'created')
    return typeof to === 'string' && openedBy.has(to) ? t(`timeline.opened.${to}` as 'timeline.opened.api') : t('timeline.change.created');
  if (field === 'merged') return typeof to === 'string' ? t('timeline.mergedOf', { name: to }) : t('timeline.merged');
  if (field === 'split') return typeof to === 'string' ? t('timeline.splitOf', { name: to }) : t('timeline.parted');
  if (field === 'parted') return t('timeline.parted');
  if (field === 'purchase') return t('timeline.purchaseRemoved', { what: String(from ?? '') });
  if (Object.hasOwn(confirmations, field)) {
    const [confirmed, doubted] = confirmations[field as keyof typeof confirmations];
    return to === null ? t(doubted, { value: valueWords(change, from) }) : t(confirmed, { value: valueWords(change, to) });
  }
  const called = name ?? fieldWords(field);
  const values = { field: called, from: valueWords(change, from), to: valueWords(change, to) };
  if (side === 'this') return t('timeline.keptThis', values);
  if (side === 'other') return t(from === null || from === '' ? 'timeline.cameAlong' : 'timeline.tookOther', values);
  if (from === null || from === '') return t('timeline.change.filled', { field: called, to: valueWords(change, to) });
  return t('timeline.changed', values);
}

function fieldWords(field: string): string {
  if (Object.hasOwn(fields, field)) return t(fields[field as keyof typeof fields]);
  const about = consentKinds.find((kind) => field === `consent.${kind}`);
  if (about) return t('timeline.change.consentTo', { what: t(`consent.kind.${about}`) });
  return t('timeline.change.other');
}

function valueWords({ field, kind }: TimelineChange, value: TimelineChange['from']): string {
  if (value === null || value === '') return t('timeline.change.none');
  if (field.startsWith('consent.') && typeof value === 'boolean') return t(value ? 'consent.given' : 'consent.withdrawn');
  if (typeof value === 'boolean') return t(value ? 'card.yes' : 'card.no');
  if (typeof value === 'number') return kind === 'number' ? formatNumber(value) : String(value);
  if (field === 'locale') return formatLanguage(value);
  if (field === 'lifecycle') return lifecycleWords(value);
  if (kind === 'date') return dateWords(value);
  return kind === 'money' ? moneyWords(value) : value;
}

function lifecycleWords(value: string): string {
  const known = lifecycleNames.find((one) => one === value);
  return known ? t(`contact.lifecycle.${known}`) : value;
}

/** At noon it is the same day in every time zone that people live in. */
function dateWords(value: string): string {
  const at = new Date(`${value}T12:00:00`).getTime();
  return Number.isNaN(at) ? value : formatDate(at);
}

/** It is told as `1234.5 ILS`. */
function moneyWords(value: string): string {
  const [, decimal = '', currency = ''] = /^(\S+) ([A-Z]{3})$/.exec(value) ?? [];
  const amount = currency === '' ? null : fromDecimal(decimal, currency);
  return amount === null ? value : amountText({ amount, currency });
}
