import type { BotOutcome, BotReason, DeflectedConversation } from '../../shared/deflection.ts';
import { contactName } from '../contacts/contact-name.ts';
import styles from '../conversations/counted-dialog.module.css';
import { CountedDialog, CountedRow } from '../conversations/counted-dialog.tsx';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useRemotePages } from '../ui/use-remote.ts';

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
    <CountedDialog title={title} none={t('deflection.noRows')} pages={pages} onClose={onClose}>
      {(row) => <Row row={row} />}
    </CountedDialog>
  );
}

function Row({ row: { conversation, outcome, reason, startedAt } }: { row: DeflectedConversation }) {
  const why = outcome === 'person' && reason !== null ? t(`deflection.reason.${reason}`) : t(`deflection.${outcome}`);
  const view = conversation.status === 'resolved' ? 'resolved' : 'open';
  return (
    <CountedRow
      href={`/console/conversations/${conversation.id}?view=${view}`}
      name={contactName(conversation.contact)}
      end={<RelativeTime class={styles.soft} at={startedAt} />}
    >
      <OneLine class={styles.soft} text={conversation.lastMessage?.text ?? ''} />
      <span class={styles.soft}>{why}</span>
    </CountedRow>
  );
}
