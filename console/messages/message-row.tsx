import type { Message } from '../../shared/message.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { formatDay, formatMoment, formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { AttachedFiles } from './attached-files.tsx';
import { AutomaticLine } from './automatic-line.tsx';
import { startsDay, startsGroup } from './message-blocks.ts';
import styles from './message-row.module.css';
import { noticeText } from './notice-text.ts';
import { RoutedLine } from './routed-line.tsx';
import { WrittenText } from './written-text.tsx';

export interface MessageRowProps {
  message: Message;
  previous: Message | null;
  /** The agent at this screen. */
  agentId: string;
  /** Whom the conversation is with. */
  contactName: string;
  contactId: string;
  /** The name is one of ours: it has no initials. */
  isNameless: boolean;
  now: number;
}

export function MessageRow({ message, previous, agentId, contactName, contactId, isNameless, now }: MessageRowProps) {
  const { author, visibility } = message;
  const isGroupStart = startsGroup(message, previous);
  const isNote = visibility === 'internal';
  const name = authorName(message, agentId, contactName);
  const whisper = message.mentions?.find(({ isWhisper }) => isWhisper);
  return (
    <>
      {startsDay(message, previous) && (
        <li class={styles.day}>
          <span>{formatDay(message.createdAt, now)}</span>
        </li>
      )}
      {author.kind === 'system' ? (
        <li class={styles.system} title={formatMoment(message.createdAt)}>
          {message.notice?.kind === 'routed' ? <RoutedLine message={message} /> : <WrittenText text={noticeText(message)} />}
        </li>
      ) : (
        <li
          class={[styles.row, styles[sideOf(message)], whisper && styles.whispered, isGroupStart && styles.first].filter(Boolean).join(' ')}
          tabIndex={-1}
          data-message={message.id}
          data-seq={message.seq}
        >
          {author.kind === 'visitor' && (
            <span class={styles.avatar}>
              {isGroupStart && <Avatar name={isNameless ? null : contactName} seed={contactId} size="small" />}
            </span>
          )}
          <div class={styles.column}>
            <p class={isGroupStart ? styles.head : 'visually-hidden'}>
              {isNote && <Icon name="lock" size="small" label={t('message.note')} />}
              <OneLine class={styles.author} text={name} />
              {whisper && (
                <span class={styles.whisper}>
                  <Icon name="ear" size="small" />
                  {whisper.agentId === agentId ? t('whisper.toYou') : t('whisper.mark')}
                </span>
              )}
              <time dateTime={new Date(message.createdAt).toISOString()} title={formatMoment(message.createdAt)}>
                {formatTime(message.createdAt)}
              </time>
            </p>
            {message.attachments.length > 0 && <AttachedFiles files={message.attachments} />}
            {(message.text || message.attachments.length === 0) && (
              <div class={styles.bubble} title={formatMoment(message.createdAt)}>
                {isErased(message) ? (
                  <em>{t('message.erased')}</em>
                ) : (
                  <WrittenText text={message.text} mentions={message.mentions} ownId={agentId} />
                )}
              </div>
            )}
            {message.automatic && <AutomaticLine automatic={message.automatic} />}
          </div>
        </li>
      )}
    </>
  );
}

/** The customer had it erased: only that something was said is left. */
function isErased({ text, attachments }: Message): boolean {
  return text === '' && attachments.length === 0;
}

export function authorName(message: Message, agentId: string, contactName: string): string {
  const { author } = message;
  if (author.kind === 'visitor') return contactName;
  if (author.id === agentId) return t('message.you');
  return author.name ?? t(author.kind === 'bot' ? 'message.bot' : 'message.agent');
}

function sideOf({ author, visibility }: Message): 'theirs' | 'ours' | 'note' {
  if (visibility === 'internal') return 'note';
  return author.kind === 'visitor' ? 'theirs' : 'ours';
}
