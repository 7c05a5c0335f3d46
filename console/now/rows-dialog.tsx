import type { ConversationSummary } from '../../shared/conversation.ts';
import type { NowSubject } from '../../shared/now-board.ts';
import { contactName } from '../contacts/contact-name.ts';
import styles from '../conversations/counted-dialog.module.css';
import { CountedDialog, CountedRow } from '../conversations/counted-dialog.tsx';
import type { Desk } from '../conversations/desk.ts';
import { waitsSince } from '../conversations/list-views.ts';
import type { ConversationPage } from '../conversations/shown-view.ts';
import { WaitingClock } from '../conversations/waiting-clock.tsx';
import { t } from '../texts/texts.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useRemotePages } from '../ui/use-remote.ts';

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
    <CountedDialog title={title} none={t('now.noRows')} pages={pages} onClose={onClose}>
      {(summary) => <Row summary={summary} assignee={desk.colleagues.agents.value.get(summary.assigneeId ?? '')?.name} />}
    </CountedDialog>
  );
}

function Row({ summary, assignee }: { summary: ConversationSummary; assignee: string | undefined }) {
  const since = waitsSince(summary);
  return (
    <CountedRow
      href={`/console/conversations/${summary.id}?view=open`}
      name={contactName(summary.contact)}
      end={since === null ? <RelativeTime class={styles.soft} at={summary.updatedAt} /> : <WaitingClock summary={summary} />}
    >
      <span class={styles.soft}>
        {t(`status.${summary.status}`)} · <bdi>{assignee ?? t('assign.nobody')}</bdi>
      </span>
    </CountedRow>
  );
}
