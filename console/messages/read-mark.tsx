import type { Message } from '../../shared/message.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './read-mark.module.css';

interface ReadMarkProps {
  messages: readonly Message[];
  visitorReadSeq: number;
}

/** Whether the visitor has seen what we said last. Nothing while the visitor has the last word. */
export function ReadMark({ messages, visitorReadSeq }: ReadMarkProps) {
  const last = messages.findLast((message) => message.visibility === 'public' && message.author.kind !== 'system');
  if (!last || last.author.kind === 'visitor') return null;
  const isRead = last.seq <= visitorReadSeq;
  return (
    <p class={[styles.mark, isRead && styles.read].filter(Boolean).join(' ')}>
      <Icon name={isRead ? 'check-check' : 'check'} size="small" />
      {isRead ? t('message.read') : t('message.sent')}
    </p>
  );
}
