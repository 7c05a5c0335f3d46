import type { Agent } from '../../shared/agent.ts';
import type { Renewal } from '../../shared/purchase.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { daysBetween, formatDate } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { endWords } from './purchase-words.ts';
import styles from './renewals-page.module.css';

/** `owner`: null where the customer is nobody's, undefined where whoever had it is gone. */
export function RenewalRow({ renewal, owner }: { renewal: Renewal; owner: Agent | null | undefined }) {
  const { contact, product, total, currency, endsAt, renewedUntil } = renewal;
  const now = screenClock.value;
  const days = -daysBetween(endsAt, now);
  const tone = renewedUntil !== null ? 'green' : days < 0 ? 'neutral' : days <= 7 ? 'red' : days <= 30 ? 'amber' : 'neutral';
  return (
    <li>
      <a class={styles.row} href={`/console/contacts/${contact.id}`}>
        <span class={styles.main}>
          <OneLine class={styles.name} text={contactName(contact)} />
          <OneLine class={styles.soft} text={product} />
        </span>
        <span class={styles.ends}>
          <Badge tone={tone} title={formatDate(endsAt)}>
            {endWords(endsAt, now)}
          </Badge>
          {renewedUntil !== null && <span class={styles.soft}>{t('renewals.renewed', { date: formatDate(renewedUntil) })}</span>}
        </span>
        <span class={styles.owner}>
          {owner ? (
            <>
              <Avatar name={owner.name} seed={owner.id} size="small" />
              <OneLine text={owner.name} />
            </>
          ) : (
            <span class={styles.soft}>{t(owner === null ? 'renewals.ownerless' : 'renewals.formerOwner')}</span>
          )}
        </span>
        <span class={styles.amount}>{amountText({ amount: total, currency })}</span>
      </a>
    </li>
  );
}
