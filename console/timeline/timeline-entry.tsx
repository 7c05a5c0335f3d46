import { useState } from 'preact/hooks';
import type { Activity } from '../../shared/activity.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatAgo, formatMoment, formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { ActivityEditor } from './activity-editor.tsx';
import type { EntryActions } from './entry-actions.ts';
import { EntryMenu } from './entry-menu.tsx';
import { changeWords } from './file-change-words.ts';
import { factWords, kindIcons, kindWords, titleWords } from './item-words.ts';
import styles from './timeline-entry.module.css';

/** Characters of which a person sees the beginning until it asks for all. */
const SHORT = 400;

interface TimelineEntryProps {
  item: TimelineItem;
  actions: EntryActions;
  /** Where there is little room: no menu, and few lines. */
  isShort?: boolean;
  isMarked?: boolean;
}

/** One thing that happened. The whole of it opens with Enter, or where it is pressed. */
export function TimelineEntry({ item, actions, isShort = false, isMarked = false }: TimelineEntryProps) {
  const [isEditing, setIsEditing] = useState(false);
  const title = titleWords(item);
  const href = hrefOf(item);
  return (
    <article
      class={[styles.entry, styles[item.kind], isMarked && styles.marked].filter(Boolean).join(' ')}
      data-timeline-item={`${item.kind}:${item.id}`}
      tabIndex={-1}
    >
      <span class={styles.icon}>
        <Icon name={kindIcons[item.kind]} size="small" />
      </span>
      <div class={styles.body}>
        <header class={styles.head}>
          <span class={styles.what}>
            {href ? (
              <a class={styles.link} href={href} data-open {...(item.kind === 'document' && { target: '_blank', rel: 'noopener' })}>
                {kindWords(item)}
              </a>
            ) : (
              kindWords(item)
            )}
          </span>
          {title && (
            <bdi class={styles.title} dir="auto">
              {title}
            </bdi>
          )}
          <time class={styles.time} dateTime={new Date(item.at).toISOString()} title={formatMoment(item.at)}>
            {isShort ? formatAgo(item.at, screenClock.value) : formatTime(item.at)}
          </time>
        </header>
        <Facts item={item} />
        {isEditing ? (
          <ActivityEditor item={item} actions={actions} onClose={() => setIsEditing(false)} />
        ) : (
          <EntryText item={item} http={actions.http} isShort={isShort} />
        )}
      </div>
      {!isShort && <EntryMenu item={item} actions={actions} onEdit={() => setIsEditing(true)} />}
    </article>
  );
}

function Facts({ item }: { item: TimelineItem }) {
  const { agent, facts, changes } = item;
  const address = item.kind !== 'email' ? null : facts.direction === 'in' ? facts.from : facts.to;
  const shown = factWords(item);
  return (
    <div class={styles.facts}>
      {shown.map(({ key, text, tone }) => (
        <Badge key={key} tone={tone}>
          {text}
        </Badge>
      ))}
      {typeof address === 'string' && <span>{t(facts.direction === 'in' ? 'timeline.mail.from' : 'timeline.mail.to', { address })}</span>}
      {agent && <span>{t('timeline.by', { name: agent.name })}</span>}
      {facts.editedAt !== undefined && <span>{t('timeline.edited')}</span>}
      {facts.isStranger === true && (
        <span class={styles.warning}>
          <Icon name="triangle-alert" size="small" />
          {t('timeline.mail.stranger')}
        </span>
      )}
      {typeof facts.reason === 'string' && (
        <bdi class={styles.reason} dir="auto">
          {facts.reason}
        </bdi>
      )}
      {changes?.map((change, at) => (
        <span key={at} class={styles.change}>
          {changeWords(change)}
          {change.contactId && (
            <>
              {' · '}
              <a class={styles.link} href={`/console/contacts/${change.contactId}`}>
                {t('timeline.otherFile')}
              </a>
            </>
          )}
        </span>
      ))}
    </div>
  );
}

/** The beginning, and all of it when asked: what is longer than a page holds, and what a mail quotes, is fetched then. */
function EntryText({ item, http, isShort }: { item: TimelineItem; http: Http; isShort: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const [whole, setWhole] = useState<Activity | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const { facts, text } = item;
  const isLong = (text?.length ?? 0) > SHORT || (text?.split('\n').length ?? 0) > 6;
  const mustFetch = facts.isCut === true || facts.hasQuote === true;
  const toggle = async () => {
    if (!isOpen && mustFetch && !whole) {
      const reply = await http.get<Activity>(`/activities/${item.id}`);
      if (!reply.ok) return setError(reply.error);
      setWhole(reply.data);
    }
    setError(null);
    setIsOpen(!isOpen);
  };
  const shown = isOpen ? (whole?.text ?? text) : text;
  return (
    <>
      {shown && (
        <p class={[styles.text, !isOpen && styles.clamped, isShort && styles.few].filter(Boolean).join(' ')}>
          <bdi>{shown}</bdi>
        </p>
      )}
      {isOpen && whole?.quoted && (
        <blockquote class={styles.quoted} aria-label={t('timeline.quoted')}>
          <bdi>{whole.quoted}</bdi>
        </blockquote>
      )}
      {error && (
        <p class={styles.warning} role="alert">
          {errorText(error)}
        </p>
      )}
      {(isLong || mustFetch) && !isShort && (
        <Button look="quiet" size="small" class={styles.more} data-open aria-expanded={isOpen} onClick={() => void toggle()}>
          {isOpen ? t('timeline.less') : t('timeline.whole')}
        </Button>
      )}
    </>
  );
}

/** Where the thing itself is; null for what is all here. */
function hrefOf({ kind, id, facts }: TimelineItem): string | null {
  if (kind === 'conversation') return `/console/conversations/${id}`;
  if (kind === 'survey' && typeof facts.conversationId === 'string') return `/console/conversations/${facts.conversationId}`;
  if (kind === 'task') return facts.taskKind === 'callback' ? '/console/tasks' : `/console/tasks?task=${id}`;
  if (kind === 'ticket') return `/console/tickets/${id}`;
  if (kind === 'opportunity') return `/console/opportunities/${id}`;
  return kind === 'document' && typeof facts.url === 'string' ? facts.url : null;
}
