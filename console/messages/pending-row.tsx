import type { PendingMessage } from '../../shared/outbox.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { AgentUploads } from './agent-uploads.ts';
import { PendingFiles } from './attached-files.tsx';
import rows from './message-row.module.css';
import styles from './pending-row.module.css';
import { WrittenText } from './written-text.tsx';

export interface PendingActions {
  onRetry: (id: string) => void;
  /** Whatever a colleague has answered meanwhile. */
  onSendAnyway: (id: string) => void;
  onEdit: (id: string) => void;
  onDiscard: (id: string) => void;
}

/** A message that the server has not confirmed: on its way, or refused with what can be done about it. */
export function PendingRow({ message, uploads, ...actions }: { message: PendingMessage; uploads: AgentUploads } & PendingActions) {
  const { failed } = message;
  const isNote = message.visibility === 'internal';
  return (
    <li class={[rows.row, isNote ? rows.note : rows.ours, rows.first].join(' ')} data-pending={message.id}>
      <div class={rows.column}>
        {message.files && <PendingFiles files={message.files} uploads={uploads} />}
        {(message.text || !message.files) && (
          <div class={[rows.bubble, styles.bubble, failed && styles.failed].filter(Boolean).join(' ')}>
            <WrittenText text={message.text} />
          </div>
        )}
        {failed ? (
          <Refusal message={message} {...actions} />
        ) : (
          <p class={styles.sending}>
            <Icon name="clock" size="small" />
            {t('message.sending')}
          </p>
        )}
      </div>
    </li>
  );
}

function Refusal({ message: { id, failed }, onRetry, onSendAnyway, onEdit, onDiscard }: { message: PendingMessage } & PendingActions) {
  const isStale = failed === 'stale';
  return (
    <div class={[styles.refusal, isStale && styles.stale].filter(Boolean).join(' ')} role="alert">
      <p class={styles.sentence}>
        <Icon name={isStale ? 'users' : 'circle-alert'} size="small" />
        {isStale ? t('message.stale') : t('message.failed')}
      </p>
      <div class={styles.actions}>
        {isStale ? (
          <Button size="small" onClick={() => onSendAnyway(id)}>
            {t('message.sendAnyway')}
          </Button>
        ) : (
          <Button size="small" icon="rotate-ccw" onClick={() => onRetry(id)}>
            {t('message.retry')}
          </Button>
        )}
        <Button size="small" icon="pencil" onClick={() => onEdit(id)}>
          {t('message.edit')}
        </Button>
        <Button size="small" look="quiet" onClick={() => onDiscard(id)}>
          {t('message.discard')}
        </Button>
      </div>
    </div>
  );
}
