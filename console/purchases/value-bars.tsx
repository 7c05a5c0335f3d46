import { Fragment } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { CustomerValue } from '../../shared/purchase.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { locale } from '../ui/format.ts';
import styles from './value-bars.module.css';

/** Of one month: two of them do not fill a card. */
const WIDEST_PX = 56;

interface ValueBarsProps {
  value: CustomerValue;
  span: { from: number; to: number } | null;
  onSpan: (span: { from: number; to: number } | null) => void;
}

/**
 * One bar for each month in which something was bought, as far from each other as those months were; pressed, its purchases are listed.
 * The arrow keys go from one to the next.
 */
export function ValueBars({ value: { months, currency }, span, onSpan }: ValueBarsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [here, setHere] = useState(months.length - 1);
  const most = Math.max(1, ...months.map(({ total }) => total));
  const spanned = 1 + monthsBetween(months[0]?.month ?? '', months.at(-1)?.month ?? '');
  const width = { maxInlineSize: `${spanned * WIDEST_PX}px` };
  const nameOf = (month: string) =>
    new Intl.DateTimeFormat(locale.value, { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(Date.parse(`${month}-01T00:00:00Z`));
  const onKeyDown = (event: KeyboardEvent) => {
    const isMirrored = document.dir === 'rtl';
    const step = { ArrowRight: isMirrored ? -1 : 1, ArrowLeft: isMirrored ? 1 : -1 }[event.key];
    const to = { Home: 0, End: months.length - 1 }[event.key] ?? (step === undefined ? undefined : here + step);
    if (to === undefined) return;
    event.preventDefault();
    box.current?.querySelectorAll('button')[Math.min(months.length - 1, Math.max(0, to))]?.focus();
  };
  return (
    <figure class={styles.figure}>
      <figcaption class={styles.caption}>{t('purchases.overTime')}</figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a chart in every browser */}
      <div ref={box} class={styles.bars} style={width} role="group" aria-label={t('purchases.overTime')} onKeyDown={onKeyDown}>
        {months.map(({ month, from, to, total, count }, at) => {
          const empty = monthsBetween(months[at - 1]?.month ?? month, month) - 1;
          const isChosen = span?.from === from;
          const label = t('purchases.bar', { month: nameOf(month), amount: amountText({ amount: total, currency }), count });
          return (
            <Fragment key={month}>
              {empty > 0 && <span style={{ flexGrow: empty }} />}
              <button
                type="button"
                class={styles.bar}
                tabIndex={at === Math.min(here, months.length - 1) ? 0 : -1}
                aria-pressed={isChosen}
                aria-label={label}
                title={label}
                onFocus={() => setHere(at)}
                onClick={() => onSpan(isChosen ? null : { from, to })}
              >
                <span class={styles.fill} style={{ blockSize: `${(100 * Math.max(0, total)) / most}%` }} />
              </button>
            </Fragment>
          );
        })}
      </div>
      <div class={styles.ends} style={width} aria-hidden="true">
        <span>{nameOf(months[0]?.month ?? '')}</span>
        <span>{nameOf(months.at(-1)?.month ?? '')}</span>
      </div>
      <details class={styles.table}>
        <summary>{t('purchases.asTable')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('purchases.month')}</th>
              <th scope="col">{t('purchases.count')}</th>
              <th scope="col">{t('purchases.total')}</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, total, count }) => (
              <tr key={month}>
                <th scope="row">{nameOf(month)}</th>
                <td>{count}</td>
                <td>{amountText({ amount: total, currency })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** From "2025-10" to "2026-07" it is nine. */
function monthsBetween(from: string, to: string): number {
  const [years = 0, months = 0] = to.split('-').map(Number);
  const [fromYear = 0, fromMonth = 0] = from.split('-').map(Number);
  return (years - fromYear) * 12 + months - fromMonth;
}
