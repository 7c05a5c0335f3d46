import type { ConversationSummary } from '../../shared/conversation.ts';
import { contactName } from '../contacts/contact-name.ts';
import { PriorityMark } from '../contacts/priority-mark.tsx';
import { MessagePreview } from '../messages/message-preview.tsx';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { formatMoment, formatNumber, formatSoon } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { memo } from '../ui/memo.ts';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import styles from './conversation-row.module.css';
import { waitsSince } from './list-views.ts';
import { WaitingClock } from './waiting-clock.tsx';

interface ConversationRowProps {
  summary: ConversationSummary;
  href: string;
  agentId: string;
  /** Null where the list says already whose the conversations are. */
  assigneeName: string | null;
  teamName: string | null;
  /** A mention of the agent has not been seen. */
  isMentioned?: boolean;
  isOpen: boolean;
  /** It belongs elsewhere by now and only waits for the pointer to leave. */
  isGone: boolean;
  isTabStop: boolean;
  isChosen?: boolean;
  /** Pressed with Shift held down. */
  onRange?: () => void;
}

export const ConversationRow = memo(
  ({ summary, href, agentId, assigneeName, teamName, isOpen, isGone, isTabStop, ...rest }: ConversationRowProps) => {
    const { isChosen = false, isMentioned = false, onRange } = rest;
    const name = contactName(summary.contact);
    const waitingSince = waitsSince(summary);
    const classes = [
      styles.row,
      isOpen && styles.open,
      isChosen && styles.chosen,
      (summary.unread > 0 || isMentioned) && styles.unread,
      isGone && styles.gone,
    ];
    return (
      <a
        class={classes.filter(Boolean).join(' ')}
        href={href}
        data-conversation={summary.id}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isOpen ? 'true' : undefined}
        onClick={(event) => {
          if (!event.shiftKey || !onRange) return;
          event.preventDefault();
          onRange();
        }}
      >
        <span class={styles.face}>
          <Avatar name={summary.contact.name} seed={summary.contact.id} />
        </span>
        <span class={styles.main}>
          <span class={styles.line}>
            <OneLine class={styles.name} text={name} />
            {waitingSince === null ? <RelativeTime class={styles.time} at={summary.updatedAt} /> : <WaitingClock summary={summary} />}
          </span>
          <span class={styles.line}>
            <span class={styles.preview}>{summary.lastMessage && <MessagePreview message={summary.lastMessage} agentId={agentId} />}</span>
            {isMentioned && (
              <span class={styles.mention}>
                <Icon name="at-sign" size="small" label={t('list.mentioned')} />
              </span>
            )}
            {summary.unread > 0 && (
              <Badge tone="accent" isSolid>
                <span aria-hidden="true">{formatNumber(summary.unread)}</span>
                <span class="visually-hidden">{t('list.unread', { count: summary.unread })}</span>
              </Badge>
            )}
          </span>
          {(assigneeName !== null ||
            teamName !== null ||
            summary.tags.length > 0 ||
            summary.status === 'snoozed' ||
            summary.priority !== 'normal') && (
            <span class={styles.marks}>
              <PriorityMark priority={summary.priority} />
              {summary.status === 'snoozed' && summary.snoozedUntil !== null && (
                <span class={styles.mark}>
                  <Icon name="alarm-clock" size="small" label={t('status.snoozed')} />
                  <time dateTime={new Date(summary.snoozedUntil).toISOString()} title={formatMoment(summary.snoozedUntil)}>
                    {formatSoon(summary.snoozedUntil, screenClock.value)}
                  </time>
                </span>
              )}
              {assigneeName !== null && (
                <span class={styles.mark}>
                  <Icon name="user-round" size="small" label={t('conversation.assignee')} />
                  <OneLine text={assigneeName} />
                </span>
              )}
              {teamName !== null && (
                <span class={styles.mark}>
                  <Icon name="users" size="small" label={t('conversation.team')} />
                  <OneLine text={teamName} />
                </span>
              )}
              {summary.tags.map((tag) => (
                <bdi key={tag} class={styles.tag}>
                  {tag}
                </bdi>
              ))}
            </span>
          )}
        </span>
      </a>
    );
  },
  (before, after) =>
    before.summary === after.summary &&
    before.href === after.href &&
    before.assigneeName === after.assigneeName &&
    before.teamName === after.teamName &&
    before.isMentioned === after.isMentioned &&
    before.isOpen === after.isOpen &&
    before.isGone === after.isGone &&
    before.isTabStop === after.isTabStop &&
    before.isChosen === after.isChosen,
);
