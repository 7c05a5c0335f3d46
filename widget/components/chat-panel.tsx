import { useEffect, useRef, useState } from 'preact/hooks';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Message } from '../../shared/message.ts';
import type { Chat } from '../chat-state.ts';
import type { PanelState } from '../panel-state.ts';
import { ChatView } from './chat-view.tsx';
import { CALM_MS, ConnectionNote } from './connection-note.tsx';
import type { ToldDetails } from './details-form.tsx';
import { PanelHeader } from './panel-header.tsx';
import { useSpeech } from './speech.ts';
import { useDelayed } from './use-delayed.ts';
import { useLazy } from './use-lazy.ts';
import { useValue } from './use-value.ts';

export interface ChatPanelProps {
  chat: Chat;
  panel: PanelState;
  settings: WidgetSettings;
  greeting: string | undefined;
  isReturning: boolean;
  isOnline: boolean;
  /** The page is in front of somebody's eyes. */
  isPageVisible: boolean;
  /** The panel covers the whole page, as on a phone. */
  isFullScreen: boolean;
}

const loadDetailsForm = async () => (await import('./details-form.tsx')).DetailsForm;
const loadConversationRows = async () => (await import('./conversation-rows.tsx')).ConversationRows;

export function ChatPanel({ chat, panel, settings, greeting, isReturning, isOnline, isPageVisible, isFullScreen }: ChatPanelProps) {
  const { t, times } = useSpeech();
  const { business } = settings;
  const dialog = useRef<HTMLElement>(null);
  const [announced, setAnnounced] = useState<Message | null>(null);
  const [hasSaved, setSaved] = useState(false);
  const view = useValue(panel.view);
  const form = useValue(panel.form);
  const status = useValue(chat.status);
  const conversation = useValue(chat.conversation);
  const conversations = useValue(chat.conversations);
  const messages = useValue(chat.messages);
  const availability = useValue(chat.availability);
  const visitor = useValue(chat.visitor);
  const unsent = useValue(chat.unsentDetails);
  const refusal = useValue(chat.detailsRefusal);
  const DetailsForm = useLazy(view === 'details', loadDetailsForm);
  const ConversationRows = useLazy(view === 'conversations', loadConversationRows);

  useEffect(() => chat.onIncoming(setAnnounced), [chat]);
  useEffect(() => chat.onForgotten(() => setAnnounced(null)), [chat]);

  // A panel that stands as it stood on the page before takes no focus from that page.
  const mayFocus = useRef(!panel.isRestored.peek());
  useEffect(() => {
    if (mayFocus.current) dialog.current?.querySelector<HTMLElement>('textarea, input, .row')?.focus();
  }, [view, DetailsForm, ConversationRows]);
  useEffect(() => {
    mayFocus.current = true;
  }, []);

  const close = () => panel.close();
  const showChat = () => {
    panel.view.value = 'chat';
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      if (view === 'chat') close();
      else showChat();
    }
    if (event.key === 'Tab' && isFullScreen) keepFocusInside(event, dialog.current);
  };

  const known = toldDetails({ ...visitor, ...unsent });
  const isRefused = status === 'refused';
  const isInterrupted = useDelayed(!isOnline || status !== 'live', CALM_MS);
  const isCurrent = conversation !== null && conversation.status !== 'resolved' && !isRefused;
  const hasOthers = conversations.some(({ id }) => id !== conversation?.id);
  const back = view !== 'chat' ? showChat : hasOthers ? () => (panel.view.value = 'conversations') : undefined;

  return (
    <section
      ref={dialog}
      class="panel"
      role="dialog"
      aria-modal={isFullScreen || undefined}
      aria-labelledby="kesher-title"
      data-restored={panel.isRestored.value || undefined}
      onKeyDown={onKeyDown}
    >
      <PanelHeader
        business={business}
        assignee={isCurrent ? conversation.assignee : null}
        answeredBy={(isCurrent && messages.findLast(({ author }) => author.kind === 'agent')?.author.name) || null}
        availability={isRefused ? null : availability}
        isConnected={!isInterrupted}
        visitorName={known.name ?? null}
        onBack={back}
        onDetails={() => (panel.view.value = view === 'details' ? 'chat' : 'details')}
        onClose={close}
      />
      <ConnectionNote status={status} isOnline={isOnline} onTryAgain={chat.start} />
      {view === 'details' ? (
        DetailsForm && (
          <DetailsForm
            details={form ?? known}
            refusedField={refusal && (refusal.field ?? '')}
            onInput={(details) => {
              panel.form.value = details;
            }}
            onSave={(details) => {
              chat.saveDetails(details);
              panel.form.value = null;
              setSaved(true);
              showChat();
            }}
            onCancel={() => {
              panel.form.value = null;
              showChat();
            }}
          />
        )
      ) : view === 'conversations' ? (
        ConversationRows && (
          <ConversationRows
            conversations={conversations}
            business={business}
            preview={chat.preview}
            onChoose={(id) => {
              panel.setPlace(null);
              chat.show(id);
              showChat();
            }}
          />
        )
      ) : (
        <ChatView
          chat={chat}
          panel={panel}
          settings={settings}
          greeting={greeting}
          isReturning={isReturning}
          isReachable={!visitor || (known.phone ?? known.email) !== undefined}
          isVisible={isPageVisible}
        />
      )}
      {hasSaved && view === 'chat' && <SavedNote isWaiting={unsent !== null} isRefused={refusal !== null} onSeen={() => setSaved(false)} />}
      <div class="unseen" role="status">
        {announced && (
          <p key={announced.id}>
            {t('saidBy', { name: announced.author.name ?? business })} {announced.text}{' '}
            {announced.attachments.map(({ name }) => name).join()} {times.time(announced.createdAt)}
          </p>
        )}
      </div>
    </section>
  );
}

/** How long a word of thanks stands. */
const SAVED_MS = 4_000;

function SavedNote({ isWaiting, isRefused, onSeen }: { isWaiting: boolean; isRefused: boolean; onSeen: () => void }) {
  const { t } = useSpeech();
  useEffect(() => {
    if (isWaiting) return undefined;
    const timer = setTimeout(onSeen, SAVED_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return (
    <p class="saved" role="status">
      {t(isRefused ? 'detailsRefused' : isWaiting ? 'detailsWaiting' : 'detailsSaved')}
    </p>
  );
}

/** What the visitor has said of itself, confirmed or not. */
function toldDetails({ name, phone, email }: Partial<Record<keyof ToldDetails, string | null>>): ToldDetails {
  return { ...(name && { name }), ...(phone && { phone }), ...(email && { email }) };
}

/** A panel that covers the page must not let the focus go behind it. */
function keepFocusInside(event: KeyboardEvent, dialog: HTMLElement | null): void {
  const stops = [...(dialog?.querySelectorAll<HTMLElement>('button, textarea, input, a, [tabindex="0"]') ?? [])];
  const root = dialog?.getRootNode() as ShadowRoot | undefined;
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (root?.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
