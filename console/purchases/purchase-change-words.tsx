import { type ComponentChildren, Fragment } from 'preact';
import { purchaseStatuses } from '../../shared/purchase.ts';
import type { PurchaseChange, Said, SaidLine } from '../../shared/purchase-change.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { formatDate } from '../ui/format.ts';
import { FromTo } from '../ui/from-to.tsx';

type Change = PurchaseChange['changes'][number];

/** One change in words: what was, and what is. Of lines only those that became otherwise. */
export function PurchaseChangeWords({ moment, change }: { moment: PurchaseChange; change: Change }) {
  const { field, before, after, beforeName, afterName } = change;
  const label = t(`purchases.change.${field}`);
  const currencyBefore = moment.changes.find((one) => one.field === 'currency')?.before;
  const currencies = { before: typeof currencyBefore === 'string' ? currencyBefore : moment.currency, after: moment.currency };
  // What an erased person had bought is known to nobody.
  if (before === null && after === null) return <>{t('purchases.change.unknown', { field: label })}</>;
  const said = { label, becomes: t('purchases.change.becomes'), none: t('purchases.change.none') };
  if (field === 'lines') {
    const [held, next] = [linesOf(before), linesOf(after)];
    const others = (all: readonly SaidLine[], those: readonly SaidLine[]) =>
      all.filter((line) => !those.some((one) => JSON.stringify(one) === JSON.stringify(line)));
    return <FromTo {...said} before={listed(others(held, next), currencies.before)} after={listed(others(next, held), currencies.after)} />;
  }
  if (field === 'contactId' || field === 'companyId') {
    const called = (id: Said, name: string | null) => id && (name ?? t('purchases.change.unnamed'));
    return <FromTo {...said} before={called(before, beforeName)} after={called(after, afterName)} />;
  }
  return <FromTo {...said} before={wordsOf(field, before, currencies.before)} after={wordsOf(field, after, currencies.after)} />;
}

function linesOf(said: Said): SaidLine[] {
  return Array.isArray(said) ? said : [];
}

function listed(lines: readonly SaidLine[], currency: string): ComponentChildren {
  if (lines.length === 0) return null;
  return lines.map((line, at) => (
    <Fragment key={at}>
      {at > 0 && ', '}
      <bdi>{line.product || t('purchases.one')}</bdi> × <bdi>{line.quantity}</bdi>:{' '}
      <bdi>{amountText({ amount: line.total, currency })}</bdi>
      {line.endsAt !== null && <> ({t('purchases.change.until', { date: formatDate(line.endsAt) })})</>}
    </Fragment>
  ));
}

function wordsOf(field: Change['field'], value: Said, currency: string): string | null {
  if (value === null || value === '') return null;
  if (field === 'status') return t(`purchases.status.${purchaseStatuses.find((one) => one === value) ?? 'pending'}`);
  if (typeof value !== 'number') return String(value);
  return field === 'total' ? amountText({ amount: value, currency }) : formatDate(value);
}
