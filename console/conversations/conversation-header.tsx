import type { ComponentChildren } from 'preact';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { contactName } from '../contacts/contact-name.ts';
import { RatingStars } from '../contacts/rating-stars.tsx';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { formatMoment, formatNumber, formatSoon } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { AssignMenu } from './assign-menu.tsx';
import styles from './conversation-header.module.css';
import type { Desk } from './desk.ts';
import { reopen, resolve, snooze } from './desk-actions.ts';
import { waitsSince } from './list-views.ts';
import { MacroMenu } from './macro-menu.tsx';
import { snoozeChoices } from './snooze-choices.ts';
import { WaitingClock } from './waiting-clock.tsx';

interface ConversationHeaderProps {
  desk: Desk;
  summary: ConversationSummary;
  backHref: string;
  mayAssign: boolean;
  mayReply: boolean;
  /** The button that shows the customer file, where it is not in sight anyway. */
  fileButton: ComponentChildren;
  /** To keep it open, and to close it. */
  deckButtons: ComponentChildren;
  isInFocus: boolean;
  isFinding: boolean;
  onFind: () => void;
}

export function ConversationHeader({
  desk,
  summary,
  backHref,
  mayAssign,
  mayReply,
  fileButton,
  deckButtons,
  isInFocus,
  isFinding,
  onFind,
}: ConversationHeaderProps) {
  const isResolved = summary.status === 'resolved';
  return (
    <header class={styles.header}>
      <a data-back class={styles.back} href={backHref} aria-label={t('conversation.back')}>
        <Icon name="arrow-left" />
      </a>
      <span class={styles.avatar}>
        <Avatar name={summary.contact.name} seed={summary.contact.id} />
      </span>
      <div class={styles.who}>
        <h1 class={styles.name} tabIndex={-1} data-heading>
          <a href={`/console/contacts/${summary.contact.id}`}>
            <OneLine text={contactName(summary.contact)} />
          </a>
        </h1>
        <p class={styles.status}>
          {!isInFocus && <UnreadCount count={summary.unread} />}
          <StatusLine summary={summary} /> {summary.rating && <RatingStars rating={summary.rating} />}
        </p>
      </div>
      <div class={styles.actions}>
        {mayAssign && <AssignMenu desk={desk} summary={summary} />}
        {mayReply && <MacroMenu desk={desk} summary={summary} />}
        {mayReply && !isResolved && <SnoozeMenu desk={desk} summary={summary} />}
        {mayReply &&
          (isResolved || summary.status === 'snoozed' ? (
            <Button icon="rotate-ccw" onClick={() => reopen(desk, summary)}>
              {t('conversation.reopen')}
            </Button>
          ) : (
            <Button look="primary" icon="check" onClick={() => resolve(desk, summary)}>
              {t('conversation.resolve')}
            </Button>
          ))}
        <IconButton icon="search" label={t('find.label')} isPressed={isFinding} onClick={onFind} data-find />
        {fileButton}
      </div>
      <div class={styles.deckButtons}>{deckButtons}</div>
    </header>
  );
}

/** What came in a column that nobody is at. */
function UnreadCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Badge tone="accent" isSolid>
      <span aria-hidden="true">{formatNumber(count)}</span>
      <span class="visually-hidden">{t('list.unread', { count })}</span>
    </Badge>
  );
}

function StatusLine({ summary }: { summary: ConversationSummary }) {
  const { status, snoozedUntil } = summary;
  const waitingSince = waitsSince(summary);
  if (status === 'snoozed' && snoozedUntil !== null)
    return (
      <span title={formatMoment(snoozedUntil)}>
        {t('conversation.snoozedUntil', { moment: formatSoon(snoozedUntil, screenClock.value) })}
      </span>
    );
  if (waitingSince !== null) return <WaitingClock summary={summary} isSpelt />;
  return <span>{t(`status.${status}`)}</span>;
}

function SnoozeMenu({ desk, summary }: { desk: Desk; summary: ConversationSummary }) {
  return (
    <Menu
      label={t('snooze.label')}
      align="end"
      items={snoozeChoices((until) => snooze(desk, summary, until))}
      trigger={({ ref, ...props }) => <IconButton {...props} ref={ref} icon="alarm-clock" label={t('snooze.label')} look="secondary" />}
    />
  );
}
