import type { BotOutcome, BotReason, DeflectedConversation } from '../../shared/deflection.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './deflected-dialog.module.css';

/** What a number counts. */
export interface Counted {
  title: string;
  kind?: BotOutcome | 'alone';
  reason?: BotReason;
  answerId?: string;
}

interface DeflectedDialogProps {
  http: Http;
  counted: Counted;
  span: { from: number; to: number; inboxId?: string };
  onClose: () => void;
}

/** The conversations behind a number. */
export function DeflectedDialog({ http, counted: { title, ...wanted }, span, onClose }: DeflectedDialogProps) {
  const pages = useRemotePages<DeflectedConversation>(
    (cursor) =>
      http.get<{ items: DeflectedConversation[]; next: string | null }>('/bot/deflection/conversations', {
        ...span,
        ...wanted,
        cursor: cursor ?? undefined,
      }),
    [wanted.kind, wanted.reason, wanted.answerId, span.from, span.inboxId],
  );
  return (
    <Dialog title={title} closeLabel={t('action.close')} onClose={onClose}>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {pages.phase === 'idle' && !pages.error && pages.items.length === 0 && (
        <EmptyState icon="circle-check" title={t('deflection.noRows')} />
      )}
      <ul class={styles.list}>
        {pages.items.map((row) => (
          <li key={row.id}>
            <Row row={row} />
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

function Row({ row: { conversation, outcome, reason, startedAt } }: { row: DeflectedConversation }) {
  const why = outcome === 'person' && reason !== null ? t(`deflection.reason.${reason}`) : t(`deflection.${outcome}`);
  const view = conversation.status === 'resolved' ? 'resolved' : 'open';
  return (
    <a class={styles.row} href={`/console/conversations/${conversation.id}?view=${view}`}>
      <span class={styles.who}>
        <OneLine class={styles.name} text={contactName(conversation.contact)} />
        <OneLine class={styles.soft} text={conversation.lastMessage?.text ?? ''} />
        <span class={styles.soft}>{why}</span>
      </span>
      <RelativeTime class={styles.soft} at={startedAt} />
    </a>
  );
}
