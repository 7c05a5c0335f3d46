import type { ConversationSummary } from '../../shared/conversation.ts';
import type { NowSubject } from '../../shared/now-board.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Desk } from '../conversations/desk.ts';
import { waitsSince } from '../conversations/list-views.ts';
import type { ConversationPage } from '../conversations/shown-view.ts';
import { WaitingClock } from '../conversations/waiting-clock.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './rows-dialog.module.css';

/** What a number counts. */
export interface Rows {
  title: string;
  what: NowSubject;
  inboxId?: string;
  teamId?: string;
  agentId?: string;
}

interface RowsDialogProps {
  desk: Desk;
  rows: Rows;
  /** When the day began. */
  since: number;
  onClose: () => void;
}

/** The conversations behind a number, as they are when it is opened. */
export function RowsDialog({ desk, rows: { title, ...wanted }, since, onClose }: RowsDialogProps) {
  const pages = useRemotePages<ConversationSummary>(
    (cursor) => desk.http.get<ConversationPage>('/now/conversations', { ...wanted, since, cursor: cursor ?? undefined }),
    [wanted.what, wanted.inboxId, wanted.teamId, wanted.agentId, since],
  );
  return (
    <Dialog title={title} closeLabel={t('action.close')} onClose={onClose}>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {pages.phase === 'idle' && !pages.error && pages.items.length === 0 && <EmptyState icon="circle-check" title={t('now.noRows')} />}
      <ul class={styles.list}>
        {pages.items.map((summary) => (
          <li key={summary.id}>
            <Row summary={summary} assignee={desk.colleagues.agents.value.get(summary.assigneeId ?? '')?.name} />
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

function Row({ summary, assignee }: { summary: ConversationSummary; assignee: string | undefined }) {
  const since = waitsSince(summary);
  return (
    <a class={styles.row} href={`/console/conversations/${summary.id}?view=open`}>
      <span class={styles.who}>
        <OneLine class={styles.name} text={contactName(summary.contact)} />
        <span class={styles.soft}>
          {t(`status.${summary.status}`)} · <bdi>{assignee ?? t('assign.nobody')}</bdi>
        </span>
      </span>
      {since === null ? <RelativeTime class={styles.soft} at={summary.updatedAt} /> : <WaitingClock summary={summary} />}
    </a>
  );
}
