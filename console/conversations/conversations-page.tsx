import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useMedia } from '../ui/use-media.ts';
import { ConversationPane, type Rights } from './conversation-pane.tsx';
import styles from './conversations-page.module.css';
import type { Desk } from './desk.ts';
import { FilePanel } from './file-panel.tsx';
import { ListColumn } from './list-column.tsx';
import type { ViewName } from './list-views.ts';
import { viewPath } from './paths.ts';

interface ConversationsPageProps {
  desk: Desk;
  view: ViewName;
  openId: string | null;
  rights: Rights;
  focusRequest: number;
  /** The message of the open conversation that shall be in sight. */
  messageSeq?: number | null;
}

/** List and conversation take turns, each on the whole screen. */
const PHONE = '(max-width: 720px)';
/** Wide enough for the customer file to stand beside the conversation instead of over it. */
const WIDE = '(min-width: 1180px)';

/** List, conversation and customer file: three columns that become one on a phone. */
export function ConversationsPage({ desk, view, openId, rights, focusRequest, messageSeq = null }: ConversationsPageProps) {
  const isWide = useMedia(WIDE);
  const [isFileOpen, setIsFileOpen] = useState(isWide);
  useEffect(() => setIsFileOpen(isWide), [isWide]);
  useEffect(() => {
    if (!isWide) setIsFileOpen(false);
  }, [openId, isWide]);
  const pageRef = useFocusFollowingPage(openId);

  return (
    <main ref={pageRef} class={[styles.page, openId && styles.hasOpen].filter(Boolean).join(' ')}>
      <ListColumn desk={desk} view={view} openId={openId} mayReply={rights.mayReply} mayAssign={rights.mayAssign} />
      {openId ? (
        <>
          <ConversationPane
            key={openId}
            desk={desk}
            conversationId={openId}
            rights={rights}
            backHref={viewPath(view)}
            focusRequest={focusRequest}
            messageSeq={messageSeq}
            fileButton={
              <IconButton
                icon="panel-right"
                label={isFileOpen ? t('file.hide') : t('file.show')}
                isPressed={isFileOpen}
                onClick={() => setIsFileOpen(!isFileOpen)}
              />
            }
          />
          {isFileOpen && desk.conversation(openId).phase.value !== 'failed' && (
            <FilePanel
              desk={desk}
              conversationId={openId}
              mayEdit={rights.mayEditContacts}
              isOver={!isWide}
              onClose={() => setIsFileOpen(false)}
            />
          )}
        </>
      ) : (
        <div class={styles.nothing}>
          <EmptyState icon="messages-square" title={t('conversation.none')} text={t('conversation.noneHint')} />
        </div>
      )}
    </main>
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
    const target = openId === null ? `[data-conversation="${leftId}"]` : '[data-back]';
    pageRef.current?.querySelector<HTMLElement>(target)?.focus();
  }, [openId, isPhone]);
  return pageRef;
}
