import { useEffect, useRef, useState } from 'preact/hooks';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Language } from '../../shared/language.ts';
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
  language: Language;
  isReturning: boolean;
  isOnline: boolean;
  /** The page is in front of somebody's eyes. */
  isPageVisible: boolean;
  /** The panel covers the whole page, as on a phone. */
  isFullScreen: boolean;
}

const loadPages = async () => (await import('./panel-page.tsx')).pages;
const loadBeside = async () => (await import('./beside-talk.ts')).besideTalk;
const loadFirstScreen = async () => (await import('./first-screen.tsx')).FirstScreen;

export function ChatPanel({ chat, panel, settings, language, isReturning, isOnline, isPageVisible, isFullScreen }: ChatPanelProps) {
  const { business } = settings;
  const { t, times } = useSpeech();
  const dialog = useRef<HTMLElement>(null);
  const [announced, setAnnounced] = useState<Message | null>(null);
  const [hasSaved, setSaved] = useState(false);
  const view = useValue(panel.view);
  const status = useValue(chat.status);
  const conversation = useValue(chat.conversation);
  const conversations = useValue(chat.conversations);
  const messages = useValue(chat.messages);
  const availability = useValue(chat.availability);
  const visitor = useValue(chat.visitor);
  const unsent = useValue(chat.unsentDetails);
  const refusal = useValue(chat.detailsRefusal);
  const held = useValue(chat.held);
  const isOwnPage = view === 'details' || view === 'conversations';
  const pages = useLazy(isOwnPage, loadPages);
  const beside = useLazy(status === 'live' || (view !== 'chat' && !isOwnPage), loadBeside);
  const isHeld = view === 'chat' && held.text !== undefined && !held.isSent;
  // Whoever writes first is to find the form, not wait for it.
  const FirstScreen = useLazy(isHeld || (!conversation && settings.hasFirst), loadFirstScreen);
  const first = FirstScreen && <FirstScreen chat={chat} settings={settings} language={language} />;

  useEffect(() => chat.onIncoming(setAnnounced), [chat]);
  useEffect(() => chat.onForgotten(() => setAnnounced(null)), [chat]);

  // A panel that stands as it stood on the page before takes no focus from that page.
  const mayFocus = useRef(!panel.isRestored.peek());
  useEffect(() => {
    if (mayFocus.current) dialog.current?.querySelector<HTMLElement>('textarea, input, .row')?.focus();
  }, [view, pages, isHeld]);
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
      if (isHeld) letGo();
      else if (view === 'chat') close();
      else showChat();
    }
    if (event.key === 'Tab' && isFullScreen) keepFocusInside(event, dialog.current);
  };

  const known = toldDetails({ ...visitor, ...unsent });
  const isRefused = status === 'refused';
  const isInterrupted = useDelayed(!isOnline || status !== 'live', CALM_MS);
  const isCurrent = conversation !== null && conversation.status !== 'resolved' && !isRefused;
  const hasOthers = conversations.some(({ id }) => id !== conversation?.id);
  const letGo = () => {
    if (!held.questionId) chat.write(held.text ?? '');
    chat.hold({ ...held, text: undefined });
  };
  const back = isHeld ? letGo : view !== 'chat' ? showChat : hasOthers ? () => (panel.view.value = 'conversations') : undefined;

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
        hasFaces={settings.hasFaces}
        assignee={isCurrent ? conversation.assignee : null}
        answeredBy={(isCurrent && messages.findLast(({ author }) => author.kind === 'agent')?.author.name) || null}
        availability={isRefused ? null : availability}
        isConnected={!isInterrupted}
        visitorName={known.name ?? null}
        onBack={back}
        onDetails={() => (panel.view.value = view === 'details' ? 'chat' : 'details')}
        menu={beside && !isRefused && <beside.MoreMenu chat={chat} panel={panel} settings={settings} />}
        onClose={close}
      />
      <ConnectionNote status={status} isOnline={isOnline} onTryAgain={chat.start} />
      {isOwnPage ? (
        pages && <pages.PanelPage chat={chat} panel={panel} business={business} known={known} onSaved={() => setSaved(true)} />
      ) : view !== 'chat' ? (
        beside && <beside.AsidePage key={view} view={view} chat={chat} panel={panel} settings={settings} onBack={showChat} />
      ) : isHeld ? (
        first
      ) : (
        <ChatView
          chat={chat}
          panel={panel}
          settings={settings}
          greeting={settings.greeting[language]}
          first={first}
          after={beside && <beside.AfterTalk chat={chat} panel={panel} settings={settings} />}
          isReturning={isReturning}
          isReachable={!visitor || (known.phone ?? known.email) !== undefined}
          isVisible={isPageVisible}
        />
      )}
      {hasSaved && view === 'chat' && pages && (
        <pages.SavedNote isWaiting={unsent !== null} isRefused={refusal !== null} onSeen={() => setSaved(false)} />
      )}
      <div class="unseen" role="status">
        {conversation?.status === 'resolved' ? (
          <p>{t('endedWrite')}</p>
        ) : (
          announced && (
            <p key={announced.id}>
              {t('saidBy', { name: announced.author.name ?? business })} {announced.text}{' '}
              {announced.attachments.map(({ name }) => name).join()} {times.time(announced.createdAt)}
            </p>
          )
        )}
      </div>
    </section>
  );
}

/** What the visitor has said of itself, confirmed or not. */
function toldDetails({ name, phone, email }: Partial<Record<keyof ToldDetails, string | null>>): ToldDetails {
  return { ...(name && { name }), ...(phone && { phone }), ...(email && { email }) };
}

/** A panel that covers the page must not let the focus go behind it. */
function keepFocusInside(event: KeyboardEvent, dialog: HTMLElement | null): void {
  const stops = [...(dialog?.querySelectorAll<HTMLElement>('button, textarea, input, select, a, [tabindex="0"]') ?? [])];
  const root = dialog?.getRootNode() as ShadowRoot | undefined;
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (root?.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
