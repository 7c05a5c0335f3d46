import type { LiveVisitor } from '../../shared/live-visitor.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatClock, formatCountry, formatLanguage, formatMoment, formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import { OneLine } from '../ui/one-line.tsx';
import { secondClock } from '../ui/second-clock.ts';
import styles from './visitor-row.module.css';

interface VisitorRowProps {
  visitor: LiveVisitor;
  /** By how much the server's clock is ahead of this one's. */
  aheadMs: number;
  /** The conversation that is under way, if it may be seen. */
  openHref: string | null;
  /** Null for an agent who may not speak. */
  onGreet: (() => void) | null;
}

const deviceIcons = { phone: 'smartphone', tablet: 'tablet', computer: 'monitor' } as const satisfies Record<string, IconName>;

export function VisitorRow({ visitor, aheadMs, openHref, onGreet }: VisitorRowProps) {
  const { contact, page } = visitor;
  const name = contact ? contactName(contact) : t('visitors.stranger');
  return (
    <li class={styles.row} data-visitor={visitor.id}>
      <Avatar name={contact?.name ?? null} seed={visitor.id} />
      <div class={styles.who}>
        <span class={styles.line}>
          {contact ? (
            <a class={styles.name} href={`/console/contacts/${contact.id}`}>
              <OneLine text={name} />
            </a>
          ) : (
            <span class={styles.stranger}>{name}</span>
          )}
          {contact?.lifecycle === 'customer' && <Badge tone="green">{t('contact.lifecycle.customer')}</Badge>}
          {contact?.isVerified && <Icon name="shield-check" size="small" label={t('contact.verified')} />}
        </span>
        <Marks visitor={visitor} />
      </div>
      <div class={styles.page}>
        <OneLine class={styles.title} text={page.title || t('visitors.untitled')} />
        <a class={styles.address} href={page.url} target="_blank" rel="noreferrer noopener" dir="ltr">
          {shortAddress(page.url)}
        </a>
      </div>
      <dl class={styles.numbers}>
        <Clock label={t('visitors.onPage')} at={visitor.pageSince} aheadMs={aheadMs} />
        <Clock label={t('visitors.onSite')} at={visitor.arrivedAt} aheadMs={aheadMs} />
        <div>
          <dt>{t('visitors.pages')}</dt>
          <dd>{formatNumber(visitor.pagesSeen)}</dd>
        </div>
      </dl>
      <div class={styles.action}>
        <Action visitor={visitor} name={name} openHref={openHref} onGreet={onGreet} />
      </div>
    </li>
  );
}

/** Where from, with what, in which language, what in the cart, how often before. */
function Marks({ visitor: { device, country, locale, referrer, cartValue, earlier } }: { visitor: LiveVisitor }) {
  const machine = [device.browser, device.system].filter(Boolean).join(' · ');
  return (
    <span class={styles.marks}>
      <span class={styles.mark} title={machine || undefined}>
        <Icon name={deviceIcons[device.kind]} size="small" label={t(`visitors.device.${device.kind}`)} />
        {machine && <bdi>{machine}</bdi>}
      </span>
      {country && <span class={styles.mark}>{formatCountry(country)}</span>}
      {locale && <span class={styles.mark}>{formatLanguage(locale)}</span>}
      {referrer && (
        <span class={styles.mark} title={referrer}>
          {t('visitors.from', { site: new URL(referrer).host })}
        </span>
      )}
      {cartValue !== null && (
        <span class={styles.mark}>
          <Icon name="shopping-cart" size="small" label={t('visitors.cart')} />
          {formatNumber(cartValue)}
        </span>
      )}
      {earlier > 0 && <span class={styles.mark}>{t('visitors.earlier', { count: earlier })}</span>}
    </span>
  );
}

function Clock({ label, at, aheadMs }: { label: string; at: number; aheadMs: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd title={formatMoment(at - aheadMs)}>
        <bdi dir="ltr">{formatClock(secondClock.value + aheadMs - at)}</bdi>
      </dd>
    </div>
  );
}

function Action({ visitor, name, openHref, onGreet }: Omit<VisitorRowProps, 'aheadMs'> & { name: string }) {
  if (openHref) {
    return (
      <a class={styles.open} href={openHref}>
        {t('visitors.openChat')}
        <span class="visually-hidden">: {name}</span>
      </a>
    );
  }
  if (visitor.isTalking) return <span class={styles.talking}>{t('visitors.talking')}</span>;
  if (!onGreet) return null;
  return (
    <Button size="small" icon="message-circle" onClick={onGreet}>
      {t('visitors.greet')}
      <span class="visually-hidden">: {name}</span>
    </Button>
  );
}

/** Without what every address has; Hebrew in letters, not in percents. */
function shortAddress(url: string): string {
  const short = url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
  try {
    return decodeURI(short);
  } catch {
    return short;
  }
}
