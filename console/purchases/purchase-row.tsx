import type { Purchase } from '../../shared/purchase.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { Badge } from '../ui/badge.tsx';
import { formatAgo, formatDate, formatMoment } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import styles from './purchase-section.module.css';
import { endWords, purchaseName, statusTones } from './purchase-words.ts';

interface PurchaseRowProps {
  purchase: Purchase;
  /** Told where a list is of several people. */
  who?: string;
  /** Where there is room for one line. */
  isShort?: boolean;
  onOpen: () => void;
}

/** One purchase; pressed, it opens. */
export function PurchaseRow({ purchase, who, isShort = false, onOpen }: PurchaseRowProps) {
  const { at, status, total, currency, lines } = purchase;
  const ends = lines.flatMap(({ endsAt }) => endsAt ?? []);
  const endsAt = ends.length > 0 ? Math.max(...ends) : null;
  return (
    <li>
      <button type="button" class={styles.row} onClick={onOpen}>
        <span class={styles.main}>
          <OneLine class={styles.name} text={purchaseName(purchase)} />
          <span class={styles.facts}>
            {who !== undefined && <bdi>{who}</bdi>}
            <time dateTime={new Date(at).toISOString()} title={formatMoment(at)}>
              {isShort ? formatAgo(at, screenClock.value) : formatDate(at)}
            </time>
            {endsAt !== null && status === 'paid' && !isShort && <span>{endWords(endsAt, screenClock.value)}</span>}
          </span>
        </span>
        <span class={styles.side}>
          <span class={styles.amount} data-void={status === 'refunded' || status === 'cancelled' || undefined}>
            {amountText({ amount: total, currency })}
          </span>
          {status !== 'paid' && <Badge tone={statusTones[status]}>{t(`purchases.status.${status}`)}</Badge>}
        </span>
      </button>
    </li>
  );
}
