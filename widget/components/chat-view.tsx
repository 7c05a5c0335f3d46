import type { ComponentChild, ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Message } from '../../shared/message.ts';
import type { Chat } from '../chat-state.ts';
import type { PanelState, TakenInvitation } from '../panel-state.ts';
import { toTranscriptItems } from '../transcript-items.ts';
import { ChatContext } from './chat-context.ts';
import { DraftComposer } from './draft-composer.tsx';
import { useSpeech } from './speech.ts';
import { TranscriptView } from './transcript-view.tsx';
import { useDelayed } from './use-delayed.ts';
import { useLazy } from './use-lazy.ts';
import { useValue } from './use-value.ts';
import { Welcome } from './welcome.tsx';

interface ChatViewProps {
  chat: Chat;
  panel: PanelState;
  settings: WidgetSettings;
  greeting: string | undefined;
  /** What is offered where nothing was said yet. */
  first: ComponentChild;
  /** Stands below the last message. */
  after?: ComponentChildren;
  /** Whether this browser has talked with us before, so that messages are to be expected. */
  isReturning: boolean;
  /** There is a way to answer this visitor elsewhere than here. */
  isReachable: boolean;
  /** Whether somebody can see the panel now. */
  isVisible: boolean;
}

const loadNotes = async () => (await import('./talk-notes.tsx')).talkNotes;
const loadTools = async () => (await import('./composer-tools.tsx')).ComposerTools;

/** A skeleton that would be gone at once is not shown. */
const SKELETON_MS = 150;

export function ChatView({ chat, panel, settings, greeting, first, after, isReturning, isReachable, isVisible }: ChatViewProps) {
  const { isAsking } = settings;
  const { t } = useSpeech();
  const [isNotKept, setNotKept] = useState(false);
  const [isAtNewest, setAtNewest] = useState(panel.place() === null);
  const status = useValue(chat.status);
  const conversation = useValue(chat.conversation);
  const messages = useValue(chat.messages);
  const pending = useValue(chat.pending);
  const hasEarlier = useValue(chat.hasEarlier);
  const isLoadingEarlier = useValue(chat.isLoadingEarlier);
  const unread = useValue(chat.unread);
  const typingName = useValue(chat.typingName);
  const availability = useValue(chat.availability);
  const hasDeclined = useValue(panel.hasDeclined);
  const text = useValue(chat.draft);
  const invitation = useValue(panel.invitation);
  const tray = useValue(chat.tray);

  const agentReadSeq = conversation?.agentReadSeq ?? 0;
  const isInvited = invitation !== null && messages[0]?.seq !== 1;
  const items = useMemo(
    () => toTranscriptItems(isInvited ? [invitedBy(invitation), ...messages] : messages, pending, agentReadSeq),
    [isInvited, messages, pending, agentReadSeq],
  );
  const notes = useLazy(items.length > 0 || typingName !== null, loadNotes);
  const isExpecting = items.length === 0 && isReturning && status !== 'live' && status !== 'refused';
  const hasSkeleton = useDelayed(isExpecting, SKELETON_MS);

  useEffect(() => {
    chat.attend(isVisible && isAtNewest);
    return () => chat.attend(false);
  }, [chat, isVisible, isAtNewest]);

  const invited = isInvited ? { invitationId: invitation.id } : {};
  const send = () => {
    if (isAsking && pending.length === 0 && (!conversation || isEnded)) {
      chat.hold({ ...chat.held.value, text, ...invited });
      chat.write('');
    } else setNotKept(!chat.send(text, invited));
  };

  useEffect(() => {
    // The conversation that it opened begins with it.
    if (messages[0]?.seq === 1) panel.invitation.value = null;
  }, [messages]);

  const { assignee } = conversation ?? {};
  const isRefused = status === 'refused';
  const toolCount = isRefused ? 0 : +settings.hasAttachments + +settings.hasEmoji;
  const ComposerTools = useLazy(toolCount > 0, loadTools);
  const hasWritten = items.some((item) => item.kind === 'group' && item.author.kind === 'visitor');
  const isEnded = conversation?.status === 'resolved' && pending.length === 0;
  const isAsked = hasWritten && availability?.staffed === false && !isReachable && !hasDeclined && !isRefused && !isEnded;
  return (
    <ChatContext.Provider value={chat}>
      {isExpecting ? (
        <div class="transcript">{hasSkeleton && <Skeleton />}</div>
      ) : (
        <TranscriptView
          // Another conversation is another place to read in.
          key={conversation?.id ?? 'new'}
          items={items}
          business={settings.business}
          avatarOf={(name) => (assignee && assignee.name === name ? assignee.avatarUrl : null)}
          hasEarlier={hasEarlier}
          isLoadingEarlier={isLoadingEarlier}
          unread={unread}
          typingName={typingName}
          notes={notes}
          initialPlace={panel.place()}
          onRetry={chat.retry}
          onDiscard={chat.discard}
          onReachTop={() => void chat.loadEarlier()}
          onPlace={(place) => {
            panel.setPlace(place);
            setAtNewest(place === null);
          }}
          after={
            <>
              {isEnded ? (
                <p class="notice">{t('endedWrite')}</p>
              ) : (
                notes && isAsked && <notes.ReachRequest onLeave={() => (panel.view.value = 'details')} onDecline={panel.decline} />
              )}
              {after}
            </>
          }
        >
          {!hasEarlier && !isRefused && <Welcome greeting={greeting} availability={availability} />}
          {items.length === 0 && !isRefused && first}
        </TranscriptView>
      )}
      <DraftComposer
        text={text}
        tools={(box) =>
          ComposerTools && toolCount > 0 ? (
            <ComposerTools chat={chat} settings={settings} box={box} />
          ) : (
            // Their place is kept until they are here.
            <span style={{ inlineSize: `${toolCount * 38}px` }} />
          )
        }
        hasFiles={tray.length > 0}
        isNotKept={isNotKept}
        isOff={isRefused}
        onInput={(next) => {
          setNotKept(false);
          chat.write(next);
        }}
        onSend={send}
        onTyping={chat.setTyping}
      />
    </ChatContext.Provider>
  );
}

function invitedBy({ id, text }: TakenInvitation): Message {
  const author = { kind: 'bot' } as const;
  return { id, conversationId: '', seq: 0, author, visibility: 'public', text, attachments: [], createdAt: Date.now() };
}

function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  );
}
