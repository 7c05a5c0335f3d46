import { useEffect, useRef, useState } from 'preact/hooks';
import type { AgentNotice } from '../../shared/agent-notice.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './notice-bell.module.css';
import type { NoticeBoard } from './notice-board.ts';
import { noticeTitle } from './notice-words.ts';

interface NoticeBellProps {
  board: NoticeBoard;
  /** How the button looks among its neighbours. */
  classes: { button: string; icon: string; label: string; count: string };
  /** Where a notice leads; null where it leads nowhere any more. */
  pathOf: (notice: AgentNotice) => string | null;
  faceOf: (agentId: string) => string | null;
}

/** The bell, with how much has not been seen, and what it rang for. */
export function NoticeBell({ board, classes, pathOf, faceOf }: NoticeBellProps) {
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const unseen = board.unseenCount.value;
  const label = unseen > 0 ? t('bell.withNews', { count: unseen }) : t('bell.title');
  const close = (hasFocus: boolean) => {
    setIsOpen(false);
    if (hasFocus) buttonRef.current?.focus();
  };
  return (
    <div class={styles.place} data-bell>
      <button
        ref={buttonRef}
        type="button"
        class={classes.button}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={label}
        aria-label={label}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span class={classes.icon}>
          <Icon name="bell" />
          {unseen > 0 && <span class={styles.badge}>{unseen > 99 ? '99+' : formatNumber(unseen)}</span>}
        </span>
        <span class={classes.label}>{t('bell.title')}</span>
        {unseen > 0 && <span class={`${classes.count} ${styles.count}`}>{formatNumber(unseen)}</span>}
      </button>
      {isOpen && <NoticePanel board={board} pathOf={pathOf} faceOf={faceOf} onClose={close} />}
    </div>
  );
}

interface NoticePanelProps extends Pick<NoticeBellProps, 'board' | 'pathOf' | 'faceOf'> {
  onClose: (hasFocus: boolean) => void;
}

function NoticePanel({ board, pathOf, faceOf, onClose }: NoticePanelProps) {
  const ref = useRef<HTMLDivElement>(null);
  const items = board.items.value;
  const phase = board.phase.value;
  useEffect(() => {
    ref.current?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (!ref.current?.closest('[data-bell]')?.contains(event.target as Node)) onClose(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);
  return (
    <div
      ref={ref}
      class={styles.panel}
      role="dialog"
      aria-label={t('bell.title')}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose(true);
      }}
    >
      <header class={styles.header}>
        <h2 class={styles.title}>{t('bell.title')}</h2>
        {board.unseenCount.value > 0 && (
          <Button size="small" look="quiet" icon="check-check" onClick={() => void board.see({ until: items[0]?.createdAt ?? Date.now() })}>
            {t('bell.seeAll')}
          </Button>
        )}
        <IconButton icon="x" label={t('action.close')} onClick={() => onClose(true)} />
      </header>
      <div class={styles.body}>
        {items.length === 0 && phase === 'loading' && <Skeleton rows={3} hasAvatar label={t('state.loading')} />}
        {items.length === 0 && phase === 'idle' && <EmptyState icon="bell" title={t('bell.empty')} text={t('bell.emptyHint')} />}
        {phase === 'failed' && (
          <p class={styles.failed} role="alert">
            {t('bell.failed')}
            <Button size="small" onClick={() => void board.load()}>
              {t('action.retry')}
            </Button>
          </p>
        )}
        <ul class={styles.list}>
          {items.map((notice) => (
            <NoticeRow
              key={notice.id}
              notice={notice}
              href={pathOf(notice)}
              imageUrl={notice.actor ? faceOf(notice.actor.id) : null}
              onFollow={() => {
                void board.see({ id: notice.id });
                onClose(false);
              }}
            />
          ))}
        </ul>
        {board.hasMore.value && (
          <Button class={styles.more} look="quiet" isBusy={phase === 'loading'} onClick={() => void board.loadMore()}>
            {t('action.more')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface NoticeRowProps {
  notice: AgentNotice;
  href: string | null;
  imageUrl: string | null;
  onFollow: () => void;
}

function NoticeRow({ notice, href, imageUrl, onFollow }: NoticeRowProps) {
  const { actor, contact, text, createdAt, seenAt, kind } = notice;
  const inside = (
    <>
      <span class={styles.face}>
        <Avatar name={(actor ? actor.name : contact?.name) ?? null} seed={actor?.id ?? contact?.id ?? notice.id} imageUrl={imageUrl} />
        <span class={styles.kind}>
          <Icon name={kindIcons[kind]} size="small" />
        </span>
      </span>
      <span class={styles.words}>
        <span class={styles.what}>{noticeTitle(notice)}</span>
        <span class={styles.about}>
          {contact ? <bdi>{contactName(contact)}</bdi> : !notice.ticket && t('bell.hidden')}
          {!notice.ticket && ' · '}
          <RelativeTime at={createdAt} />
        </span>
        {text && (
          <span class={styles.text}>
            <bdi>{text}</bdi>
          </span>
        )}
      </span>
      {seenAt === null && <span class={styles.dot} role="img" aria-label={t('bell.unseen')} />}
    </>
  );
  return (
    <li>
      {href ? (
        <a class={styles.row} href={href} onClick={onFollow}>
          {inside}
        </a>
      ) : (
        <div class={styles.row}>{inside}</div>
      )}
    </li>
  );
}

const kindIcons = {
  mention: 'at-sign',
  whisper: 'ear',
  assignment: 'user-plus',
  transfer: 'forward',
  'sla-warning': 'clock',
  'sla-breach': 'triangle-alert',
  ticket: 'ticket',
} as const;
