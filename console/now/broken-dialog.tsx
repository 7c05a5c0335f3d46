import type { SlaBreach } from '../../shared/sla.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Desk } from '../conversations/desk.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatClock, formatMoment, formatTime, formatWait } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './rows-dialog.module.css';

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
    <Dialog title={t('now.broken')} closeLabel={t('action.close')} onClose={onClose}>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {pages.phase === 'idle' && !pages.error && pages.items.length === 0 && <EmptyState icon="circle-check" title={t('now.allKept')} />}
      <ul class={styles.list}>
        {pages.items.map((breach) => (
          <li key={breach.id}>
            <Row breach={breach} assignee={desk.colleagues.agents.value.get(breach.assigneeId ?? '')?.name} />
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </Dialog>
  );
}

/** With whoever had it when the time ran out. */
function Row({ breach, assignee }: { breach: SlaBreach; assignee: string | undefined }) {
  const { conversationId, contact, target, dueAt, lateMs } = breach;
  return (
    <a class={styles.row} href={`/console/conversations/${conversationId}?view=open`}>
      <span class={styles.who}>
        <OneLine class={styles.name} text={contactName(contact)} />
        <span class={styles.soft}>
          <span title={formatMoment(dueAt)}>{t(`now.brokenOf.${target}`, { moment: formatTime(dueAt) })}</span> ·{' '}
          <bdi>{assignee ?? t('assign.nobody')}</bdi>
        </span>
      </span>
      {lateMs === null ? (
        <Badge tone="red">{t('now.stillLate')}</Badge>
      ) : (
        <span class={styles.soft}>{t('now.lateBy', { time: lateMs < HOUR_MS ? formatClock(lateMs) : formatWait(lateMs) })}</span>
      )}
    </a>
  );
}
