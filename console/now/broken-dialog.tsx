import type { SlaBreach } from '../../shared/sla.ts';
import { contactName } from '../contacts/contact-name.ts';
import styles from '../conversations/counted-dialog.module.css';
import { CountedDialog, CountedRow } from '../conversations/counted-dialog.tsx';
import type { Desk } from '../conversations/desk.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { formatClock, formatMoment, formatTime, formatWait } from '../ui/format.ts';
import { useRemotePages } from '../ui/use-remote.ts';

const HOUR_MS = 60 * 60_000;

interface BrokenDialogProps {
  desk: Desk;
  /** When the day began. */
  since: number;
  onClose: () => void;
}

/** The promises that ran out since the day began, the latest first, as they are when it is opened. */
export function BrokenDialog({ desk, since, onClose }: BrokenDialogProps) {
  const pages = useRemotePages<SlaBreach>(
    (cursor) => desk.http.get<{ items: SlaBreach[]; next: string | null }>('/sla-breaches', { since, cursor: cursor ?? undefined }),
    [since],
  );
  return (
    <CountedDialog title={t('now.broken')} none={t('now.allKept')} pages={pages} onClose={onClose}>
      {(breach) => <Row breach={breach} assignee={desk.colleagues.agents.value.get(breach.assigneeId ?? '')?.name} />}
    </CountedDialog>
  );
}

/** With whoever had it when the time ran out. */
function Row({ breach, assignee }: { breach: SlaBreach; assignee: string | undefined }) {
  const { conversationId, ticket, contact, target, dueAt, lateMs } = breach;
  return (
    <CountedRow
      href={ticket ? `/console/tickets/${ticket.id}` : `/console/conversations/${conversationId}?view=open`}
      name={ticket ? `#${ticket.number} ${ticket.subject}`.trim() : contactName(contact ?? { id: '', name: null })}
      end={
        lateMs === null ? (
          <Badge tone="red">{t('now.stillLate')}</Badge>
        ) : (
          <span class={styles.soft}>{t('now.lateBy', { time: lateMs < HOUR_MS ? formatClock(lateMs) : formatWait(lateMs) })}</span>
        )
      }
    >
      <span class={styles.soft}>
        <span title={formatMoment(dueAt)}>{t(`now.brokenOf.${target}`, { moment: formatTime(dueAt) })}</span> ·{' '}
        <bdi>{assignee ?? t('assign.nobody')}</bdi>
        {ticket && contact && (
          <>
            {' · '}
            <bdi>{contactName(contact)}</bdi>
          </>
        )}
      </span>
    </CountedRow>
  );
}
