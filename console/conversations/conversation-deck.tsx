import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './conversation-deck.module.css';
import { ConversationPane, type Rights } from './conversation-pane.tsx';
import { type DeckMoves, toggleKept } from './deck-moves.ts';
import { firstShown } from './deck-room.ts';
import { DeckTabs } from './deck-tabs.tsx';
import type { Desk } from './desk.ts';
import type { ViewName } from './list-views.ts';
import { viewPath } from './paths.ts';

interface ConversationDeckProps {
  desk: Desk;
  moves: DeckMoves;
  view: ViewName;
  rights: Rights;
  focusedId: string;
  /** How many stand side by side. */
  columns: number;
  /** From the address: the message to be shown of the conversation in focus. */
  messageSeq: number | null;
  fileButton: ComponentChildren;
}

/** What lies open: as many conversations side by side as there is room for, and the way to the others. */
export function ConversationDeck({ desk, moves, view, rights, focusedId, columns, messageSeq, fileButton }: ConversationDeckProps) {
  const { deck } = desk;
  const places = deck.places.value;
  const first = useRef(0);
  const focusedAt = places.findIndex(({ id }) => id === focusedId);
  first.current = firstShown({ count: places.length, columns, focusedAt, first: first.current });
  const shown = places.slice(first.current, first.current + columns);
  useGone(desk, moves, focusedId);

  return (
    <div class={styles.deck}>
      {places.length > shown.length && <DeckTabs desk={desk} view={view} focusedId={focusedId} shownIds={shown.map(({ id }) => id)} />}
      <div class={styles.columns}>
        {shown.map(({ id, isKept }, at) => {
          const isInFocus = id === focusedId;
          const enter = () => {
            if (!isInFocus) moves.goTo(id);
          };
          return (
            <div
              key={id}
              class={[styles.column, shown.length > 1 && styles.oneOfMany, isInFocus && styles.inFocus].filter(Boolean).join(' ')}
              data-region
              data-pane={id}
              onFocusIn={enter}
              onPointerDown={enter}
            >
              <ConversationPane
                desk={desk}
                conversationId={id}
                rights={rights}
                place={places.length > 1 ? first.current + at + 1 : null}
                isInFocus={isInFocus}
                backHref={viewPath(view)}
                messageSeq={isInFocus ? messageSeq : null}
                fileButton={isInFocus ? fileButton : null}
                deckButtons={
                  <>
                    <IconButton
                      icon="pin"
                      label={t('deck.keep')}
                      title={`${t('deck.keep')} (P)`}
                      aria-keyshortcuts="P"
                      isPressed={isKept}
                      onClick={() => toggleKept(desk, id)}
                    />
                    <IconButton
                      class={places.length === 1 ? styles.closeAlone : ''}
                      icon="x"
                      label={t('deck.close')}
                      title={`${t('deck.close')} (Alt+W)`}
                      aria-keyshortcuts="Alt+W"
                      onClick={() => moves.close(id)}
                    />
                  </>
                }
                onClose={() => moves.close(id)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What one may not see any more leaves the deck, with a word. One that stands alone says so in its place. */
function useGone(desk: Desk, moves: DeckMoves, focusedId: string): void {
  const { deck } = desk;
  const places = deck.places.value;
  const gone = places
    .map(({ id }) => desk.conversation(id))
    .filter(({ phase, failure }) => phase.value === 'failed' && ['not-found', 'forbidden', 'invalid'].includes(failure.value ?? ''))
    .filter(({ id }) => places.length > 1 || id !== focusedId);
  useEffect(() => {
    for (const { id, contact } of gone) {
      showToast({
        text: contact.value ? t('deck.gone', { name: contactName(contact.value) }) : t('conversation.notFound'),
        tone: 'problem',
      });
      moves.close(id);
    }
  }, [gone.map(({ id }) => id).join()]);
}
