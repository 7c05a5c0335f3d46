import { useSignalEffect } from '@preact/signals';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { TimelinePage } from '../../shared/timeline.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { ActivityComposer } from './activity-composer.tsx';
import { timelineNews } from './file-news.ts';
import { TimelineEntry } from './timeline-entry.tsx';
import styles from './timeline-section.module.css';

const SHOWN = 5;
/** What tells who this is, beside a chat. Earlier chats have a list of their own there. */
const KINDS = 'note,call,email,meeting,letter,fax';

/** Beside a chat: the last few things that happened, a note at hand, and the way to all of it. */
export function LatestItems({ http, contact, may, agentId = '' }: FileSectionProps) {
  const [isWriting, setIsWriting] = useState(false);
  const { value, reload } = useRemote(
    () => http.get<TimelinePage>(`/contacts/${contact.id}/timeline`, { kinds: KINDS, limit: SHOWN }),
    [http, contact.id],
  );
  const isFirst = useRef(true);
  useSignalEffect(() => {
    const { contactId, room } = timelineNews.value;
    if (isFirst.current) isFirst.current = false;
    else if (room !== undefined) return;
    else if (contactId === null || contactId === contact.id) reload();
  });
  const actions = useMemo(
    () => ({ http, contactId: contact.id, onChanged: reload, onRemoved: reload, onAnswer: null }),
    [http, contact.id],
  );
  const mayWrite = may('contacts:edit') && contact.erasedAt === undefined;
  return (
    <section class={`${styles.section} ${styles.panel}`} aria-label={t('timeline.latest')}>
      <h2 class={styles.title}>{t('timeline.latest')}</h2>
      {value?.items.map((item) => (
        <TimelineEntry key={item.id} item={item} actions={actions} isShort />
      ))}
      {isWriting && (
        <ActivityComposer
          http={http}
          contact={contact}
          agentId={agentId}
          isShort
          answering={null}
          onAdded={() => {
            setIsWriting(false);
            reload();
          }}
        />
      )}
      {mayWrite && !isWriting && (
        <Button size="small" icon="plus" onClick={() => setIsWriting(true)}>
          {t('timeline.new.note')}
        </Button>
      )}
      <a class={styles.all} href={`/console/contacts/${contact.id}`}>
        {t('timeline.all')}
      </a>
    </section>
  );
}
