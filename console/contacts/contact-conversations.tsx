import { useEffect, useRef } from 'preact/hooks';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Http } from '../http.ts';
import { MessagePreview } from '../messages/message-preview.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './contact-conversations.module.css';
import { RatingStars } from './rating-stars.tsx';

interface ContactConversationsProps {
  http: Http;
  contactId: string;
  /** Another one when conversations may have come into the file, or gone. */
  stamp: number;
  /** Left out: the one that is being read beside this list. */
  exceptId?: string;
}

/** Beside a chat so many tell what was said before. */
const BESIDE = 3;
const ANCHOR = 'conversations';

/** A person's conversations, the latest first: on its page all of them, beside a chat the last few and the way to the others. */
export function ContactConversations({ http, contactId, stamp, exceptId }: ContactConversationsProps) {
  const isBeside = exceptId !== undefined;
  const pages = useRemotePages<ConversationSummary>(
    (cursor) => http.get('/conversations', { contactId, limit: isBeside ? BESIDE + 1 : 20, cursor: cursor ?? undefined }),
    [contactId, stamp],
  );
  const others = pages.items.filter((item) => item.id !== exceptId);
  const items = isBeside ? others.slice(0, BESIDE) : others;
  const section = useRef<HTMLElement>(null);
  const isAskedFor = !isBeside && globalThis.location?.hash === `#${ANCHOR}`;
  useEffect(() => {
    if (isAskedFor && pages.phase === 'idle') section.current?.scrollIntoView();
  }, [pages.phase]);
  return (
    <section class={styles.section} ref={section}>
      <h2 class={styles.title}>{exceptId ? t('contact.previous') : t('contact.conversations')}</h2>
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={2} label={t('state.loading')} />}
      {pages.phase !== 'loading' && !pages.error && items.length === 0 && (
        <p class={styles.none}>{exceptId ? t('contact.noPrevious') : t('contact.noConversations')}</p>
      )}
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <a class={styles.link} href={`/console/conversations/${item.id}`}>
              <span class={styles.line}>
                <Badge tone={item.status === 'resolved' ? 'green' : item.status === 'open' ? 'accent' : 'neutral'}>
                  {t(`status.${item.status}`)}
                </Badge>
                {item.rating && <RatingStars rating={item.rating} />}
                <RelativeTime class={styles.time} at={item.updatedAt} />
              </span>
              {item.lastMessage && <MessagePreview class={styles.preview} message={item.lastMessage} />}
            </a>
          </li>
        ))}
      </ul>
      {pages.error && (
        <p class={styles.error} role="alert">
          {errorText(pages.error)}
        </p>
      )}
      {isBeside && (pages.hasMore || others.length > BESIDE) && (
        <a class={styles.all} href={`/console/contacts/${contactId}#${ANCHOR}`}>
          {t('contact.allConversations')}
        </a>
      )}
      {((pages.hasMore && !isBeside) || pages.error) && (
        <Button size="small" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {pages.error ? t('action.retry') : t('action.more')}
        </Button>
      )}
    </section>
  );
}
