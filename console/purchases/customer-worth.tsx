import type { CustomerValue, Renewal } from '../../shared/purchase.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { formatAgo, formatDate } from '../ui/format.ts';
import { screenClock } from '../ui/screen-clock.ts';
import styles from './purchase-section.module.css';
import { endWords } from './purchase-words.ts';
import { ValueBars } from './value-bars.tsx';

interface CustomerWorthProps {
  value: CustomerValue;
  /** What runs still, the first to end first. */
  running: readonly Renewal[];
  isPage: boolean;
  span: { from: number; to: number } | null;
  onSpan: (span: { from: number; to: number } | null) => void;
}

/** What a customer is worth: together, on average, how often, since when; and what runs out next. */
export function CustomerWorth({ value, running, isPage, span, onSpan }: CustomerWorthProps) {
  const { total, currency, count, average, everyDays, lastAt, byCurrency, months } = value;
  const others = byCurrency.filter((one) => one.currency !== currency);
  return (
    <>
      <dl class={styles.figures}>
        <Figure name={t('purchases.value')} value={amountText({ amount: total, currency })} />
        <Figure name={t('purchases.count')} value={t('purchases.counted', { count })} />
        {lastAt !== null && (
          <Figure name={t('purchases.last')} value={isPage ? formatDate(lastAt) : formatAgo(lastAt, screenClock.value)} />
        )}
        {isPage && average !== null && <Figure name={t('purchases.average')} value={amountText({ amount: average, currency })} />}
        {isPage && everyDays !== null && (
          <Figure name={t('purchases.every')} value={t('purchases.everyDays', { count: Math.max(1, Math.round(everyDays)) })} />
        )}
      </dl>
      {others.length > 0 && (
        <p class={styles.soft}>
          {t('purchases.also', { amounts: others.map((one) => amountText({ amount: one.total, currency: one.currency })).join(' · ') })}
        </p>
      )}
      {running.length > 0 && (
        <ul class={styles.running}>
          {running.map(({ id, product, endsAt }) => (
            <li key={id} data-soon={endsAt - screenClock.value < SOON_MS || undefined}>
              <bdi>{product}</bdi> <span title={formatDate(endsAt)}>{endWords(endsAt, screenClock.value)}</span>
            </li>
          ))}
        </ul>
      )}
      {isPage && months.length > 1 && <ValueBars value={value} span={span} onSpan={onSpan} />}
    </>
  );
}

const SOON_MS = 30 * 24 * 60 * 60 * 1_000;

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div class={styles.figure}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
