import { useLayoutEffect, useRef } from 'preact/hooks';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { useWidth } from './deck-room.ts';
import styles from './deck-tabs.module.css';
import type { Desk } from './desk.ts';
import { type ViewName, waitsSince } from './list-views.ts';
import { conversationPath } from './paths.ts';
import { WaitingClock } from './waiting-clock.tsx';

interface DeckTabsProps {
  desk: Desk;
  view: ViewName;
  focusedId: string;
  shownIds: readonly string[];
}

/** The way to everything that lies open, where not all of it stands side by side. */
export function DeckTabs({ desk, view, focusedId, shownIds }: DeckTabsProps) {
  const ref = useRef<HTMLElement>(null);
  const width = useWidth(ref);
  useLayoutEffect(() => {
    ref.current?.querySelector('[aria-current]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [focusedId, width]);
  return (
    <nav ref={ref} class={[styles.bar, shownIds.length === 1 && styles.forOne].filter(Boolean).join(' ')} aria-label={t('deck.label')}>
      <ul class={styles.tabs}>
        {desk.deck.places.value.map(({ id, isKept }, at) => (
          <li key={id} class={styles.place}>
            <a
              class={[styles.tab, shownIds.includes(id) && styles.shown, id === focusedId && styles.inFocus].filter(Boolean).join(' ')}
              href={conversationPath(id, view)}
              aria-current={id === focusedId ? 'true' : undefined}
              aria-keyshortcuts={`Alt+${at + 1}`}
            >
              <span class={styles.number} aria-hidden="true">
                {formatNumber(at + 1)}
              </span>
              <TabText desk={desk} id={id} isInFocus={id === focusedId} />
              {isKept && <Icon name="pin" size="small" label={t('deck.kept')} />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TabText({ desk, id, isInFocus }: { desk: Desk; id: string; isInFocus: boolean }) {
  const summary = desk.list.summaries.value.get(id);
  if (!summary) return <span class={styles.name}>{t('state.loading')}</span>;
  const waitingSince = waitsSince(summary);
  const isTyping = desk.conversation(id).preview.value !== null;
  const hasUnread = !isInFocus && summary.unread > 0;
  return (
    <>
      <span class={styles.name}>
        <OneLine text={contactName(summary.contact)} />
      </span>
      {isTyping && <Icon name="pencil" size="small" label={t('transcript.typing', { name: contactName(summary.contact) })} />}
      {hasUnread && (
        <Badge tone="accent" isSolid>
          <span aria-hidden="true">{formatNumber(summary.unread)}</span>
          <span class="visually-hidden">{t('list.unread', { count: summary.unread })}</span>
        </Badge>
      )}
      {waitingSince !== null && <WaitingClock summary={summary} />}
    </>
  );
}
