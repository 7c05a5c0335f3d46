import type { Message } from '../../shared/message.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import styles from './message-preview.module.css';

interface MessagePreviewProps {
  message: Pick<Message, 'author' | 'visibility' | 'text'> & { attachments?: { name: string; count: number } };
  /** The agent at this screen, where they are to be called "You". */
  agentId?: string;
  class?: string | undefined;
}

/** The latest message of a conversation on one line: whose it is, unless the visitor's, and that a note is one. */
export function MessagePreview({ message: { author, visibility, text, attachments }, agentId, class: className }: MessagePreviewProps) {
  const name = agentId !== undefined && author.id === agentId ? t('message.you') : (author.name ?? t('message.agent'));
  return (
    <OneLine
      class={className}
      text={text || (attachments ? fileText(attachments) : '')}
      before={
        <>
          {visibility === 'internal' && (
            <span class={styles.lock}>
              <Icon name="lock" size="small" label={t('message.note')} />
            </span>
          )}
          {attachments && (
            <span class={styles.lock}>
              <Icon name="paperclip" size="small" label={text ? t('files.attached') : ''} />
            </span>
          )}
          {author.kind === 'bot' && (
            <span class={styles.lock}>
              <Icon name="zap" size="small" label={t('message.bot')} />
            </span>
          )}
          {author.kind === 'agent' && (
            <>
              <bdi class={styles.author}>{name}</bdi>
              {': '}
            </>
          )}
        </>
      }
    />
  );
}

function fileText({ name, count }: { name: string; count: number }): string {
  return count === 1 ? name : t('files.andMore', { name, count: count - 1 });
}
