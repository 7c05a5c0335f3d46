import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useMedia } from '../ui/use-media.ts';
import { ConversationDeck } from './conversation-deck.tsx';
import type { Rights } from './conversation-pane.tsx';
import styles from './conversations-page.module.css';
import { type DeckMoves, useDeckMoves } from './deck-moves.ts';
import { columnsIn, hasRoomForFile, PHONE, useWidth } from './deck-room.ts';
import type { Desk } from './desk.ts';
import { FilePanel } from './file-panel.tsx';
import { ListColumn } from './list-column.tsx';
import type { ViewName } from './list-views.ts';
import { TakeNext } from './take-next.tsx';

interface ConversationsPageProps {
  desk: Desk;
  view: ViewName;
  /** The conversation in the address. */
  openId: string | null;
  rights: Rights;
  /** The message of it that shall be in sight. */
  messageSeq?: number | null;
}

/** Wide enough for the customer file to stand beside a conversation, where nothing can be measured. */
const WIDE = '(min-width: 1180px)';
/** The customer file is wider there. */
const VERY_WIDE = '(min-width: 1600px)';

/** List, what lies open, and the customer file of the one in focus: columns that become one on a phone. */
export function ConversationsPage({ desk, view, openId, rights, messageSeq = null }: ConversationsPageProps) {
  const { deck } = desk;
  const moves = useDeckMoves(desk, view);
  const isPhone = useMedia(PHONE);
  // The address leads. Without one in it, what lay open stays open beside the list; a phone shows the list.
  // While drawing, so that nothing is drawn that the address has left already.
  useMemo(() => {
    if (openId !== null) deck.enter(openId);
  }, [deck, openId]);
  const inFocus = deck.focusedId.value;
  const focusedId = openId === null && isPhone ? null : inFocus;
  useHeldOpen(desk);

  const roomRef = useRef<HTMLDivElement>(null);
  const roomPx = useWidth(roomRef);
  const filePx = useMedia(VERY_WIDE) ? 360 : 316;
  const isScreenWide = useMedia(WIDE);
  const isFileOver = roomPx === null ? !isScreenWide : !hasRoomForFile(roomPx, filePx, 1);
  // Of its own accord it leaves two conversations beside each other; who asks for it has it beside the one in focus.
  const isFileShown = roomPx === null ? isScreenWide : hasRoomForFile(roomPx, filePx, deck.places.value.length);
  const [fileWish, setFileWish] = useState<boolean | null>(null);
  const isFileOpen = fileWish ?? isFileShown;
  useEffect(() => {
    if (isFileOver) setFileWish(null);
  }, [focusedId, isFileOver]);
  const columns = isPhone ? 1 : roomPx === null ? 4 : columnsIn(roomPx - (isFileOpen && !isFileOver ? filePx : 0));
  const pageRef = useFocusFollowingPage(focusedId);

  return (
    <main ref={pageRef} class={[styles.page, focusedId && styles.hasOpen].filter(Boolean).join(' ')} {...besideOpening(moves)}>
      <ListColumn desk={desk} view={view} openId={focusedId} mayReply={rights.mayReply} mayAssign={rights.mayAssign} />
      <div ref={roomRef} class={styles.room}>
        {focusedId ? (
          <>
            <ConversationDeck
              desk={desk}
              moves={moves}
              view={view}
              rights={rights}
              focusedId={focusedId}
              columns={columns}
              messageSeq={focusedId === openId ? messageSeq : null}
              fileButton={
                <IconButton
                  icon="panel-right"
                  label={isFileOpen ? t('file.hide') : t('file.show')}
                  isPressed={isFileOpen}
                  onClick={() => setFileWish(!isFileOpen)}
                />
              }
            />
            {isFileOpen && desk.conversation(focusedId).phase.value !== 'failed' && (
              <FilePanel
                desk={desk}
                conversationId={focusedId}
                mayEdit={rights.mayEditContacts}
                isOver={isFileOver}
                onClose={() => setFileWish(false)}
              />
            )}
          </>
        ) : (
          <div class={styles.nothing}>
            <EmptyState icon="messages-square" title={t('conversation.none')} text={t('conversation.noneHint')}>
              <TakeNext desk={desk} view={view} />
            </EmptyState>
          </div>
        )}
      </div>
    </main>
  );
}

/** Ctrl or ⌘ with a click, or with Enter, opens a row beside what is open instead of in a tab of the browser. */
function besideOpening(moves: DeckMoves) {
  const open = (event: MouseEvent | KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-conversation]') : null;
    if (!row?.dataset.conversation || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    moves.openBeside(row.dataset.conversation);
  };
  return {
    onClickCapture: open,
    onKeyDownCapture: (event: KeyboardEvent) => event.key === 'Enter' && open(event),
  };
}

/** Everything on the deck is kept in step with the server while the page is there, shown or only a tab. */
function useHeldOpen(desk: Desk): void {
  const held = useRef(new Set<string>());
  const ids = desk.deck.places.value.map(({ id }) => id);
  useEffect(() => {
    for (const id of ids) {
      if (held.current.has(id)) continue;
      held.current.add(id);
      desk.openConversation(id);
    }
    for (const id of held.current) {
      if (ids.includes(id)) continue;
      held.current.delete(id);
      desk.leaveConversation(id);
    }
  }, [desk, ids.join()]);
  useEffect(
    () => () => {
      for (const id of held.current) desk.leaveConversation(id);
      held.current.clear();
    },
    [desk],
  );
}

/** Where the list makes way for the conversation, the focus goes along, and comes back to the row it came from. */
function useFocusFollowingPage(openId: string | null) {
  const isPhone = useMedia(PHONE);
  const pageRef = useRef<HTMLElement>(null);
  const shownId = useRef(openId);
  useEffect(() => {
    const leftId = shownId.current;
    shownId.current = openId;
    if (!isPhone || leftId === openId) return;
    // Whoever asked for the composer has it.
    if (openId !== null && pageRef.current?.querySelector('[data-pane]')?.contains(document.activeElement)) return;
    const target = openId === null ? `[data-conversation="${leftId}"]` : '[data-back]';
    pageRef.current?.querySelector<HTMLElement>(target)?.focus();
  }, [openId, isPhone]);
  return pageRef;
}
