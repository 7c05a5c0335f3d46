/**
 * The application behind the launcher: everything that the loader does not need. It connects only when the panel is
 * opened, or at once when a conversation is under way.
 */
import { computed, effect, signal, untracked } from '@preact/signals-core';
import { type ComponentChild, render } from 'preact';
import { accentOn, foregroundOn } from './accent.ts';
import { browserStorage, layeredStorage } from './browser-storage.ts';
import { createChat } from './chat-state.ts';
import { ChatPanel } from './components/chat-panel.tsx';
import { LauncherBadge } from './components/launcher-badge.tsx';
import { SpeechContext } from './components/speech.ts';
import { watchFullScreen } from './full-screen.ts';
import type { Handover, WidgetModule } from './handover.ts';
import { createKesherApi, takeOverQueue } from './kesher-api.ts';
import { currentPage, onPageChange } from './page-watch.ts';
import css from './panel.css?inline';
import { createPanelState } from './panel-state.ts';
import { storageKey } from './storage-keys.ts';
import { chooseLanguage, directionOf } from './texts/language.ts';
import { loadTexts } from './texts/load-texts.ts';
import { createTimeFormats } from './texts/time-formats.ts';
import { createTranslate } from './texts/translate.ts';
import { createTitleCount } from './title-count.ts';
import type { Tabs } from './visitor-token.ts';

/** The surfaces of panel.css on which the accent is read as text. */
const LIGHT = '#ffffff';
const DARK = '#17191e';

export const startWidget: WidgetModule['startWidget'] = async ({ server, inbox, settings: given, host, queue }: Handover) => {
  const root = host.shadowRoot as ShadowRoot;
  const frame = root.querySelector('div') as HTMLElement;
  const launcher = root.querySelector('button') as HTMLButtonElement;
  const settings = signal(given);
  const language = signal(chooseLanguage(given.locale));
  const speechIn = async (wish: typeof language.value) => ({
    t: createTranslate(await loadTexts(wish), wish),
    times: createTimeFormats(navigator.languages.find((tag) => tag.startsWith(wish)) ?? wish),
  });
  const speech = signal(await speechIn(language.value));

  const storage = layeredStorage([...browserStorage('localStorage'), ...browserStorage('sessionStorage')]);
  const tabStorage = layeredStorage(browserStorage('sessionStorage'));
  const isReturning = storage.getItem(storageKey(inbox, 'token')) !== null;
  const panel = createPanelState(tabStorage, inbox);
  const chat = createChat({
    serverUrl: server,
    inboxKey: inbox,
    storage,
    tabStorage,
    tabs: browserTabs(),
    locale: () => language.value,
    page: currentPage,
  });

  const isFullScreen = watchFullScreen(frame);
  const isOnline = signal(navigator.onLine);
  const isPageVisible = signal(document.visibilityState === 'visible');
  const showTitleCount = createTitleCount();

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  const badgeSpot = frame.appendChild(document.createElement('div'));
  const panelSpot = frame.appendChild(document.createElement('div'));
  launcher.after(badgeSpot);
  frame.className = 'kesher';

  effect(() => {
    const { accent } = settings.value;
    const colours = {
      accent,
      'on-accent': foregroundOn(accent),
      'accent-on-light': accentOn(accent, LIGHT),
      'accent-on-dark': accentOn(accent, DARK),
    };
    for (const [name, colour] of Object.entries(colours)) frame.style.setProperty(`--k-${name}`, colour);
  });
  effect(() => {
    frame.lang = language.value;
    frame.dir = directionOf(language.value);
    frame.classList.toggle('open', panel.isOpen.value);
    launcher.ariaExpanded = String(panel.isOpen.value);
    launcher.ariaLabel = speech.value.t(panel.isOpen.value ? 'closeChat' : 'openChat');
  });
  /** Components follow the signals that they read themselves. */
  const show = (view: ComponentChild, spot: HTMLElement) => {
    const { value } = speech;
    untracked(() => render(<SpeechContext.Provider value={value}>{view}</SpeechContext.Provider>, spot));
  };
  effect(() => show(<LauncherBadge unread={panel.isOpen.value ? 0 : chat.unread.value} />, badgeSpot));
  effect(() => showTitleCount(chat.unread.value));
  effect(() => {
    if (panel.isOpen.value) chat.start();
    // Who closed the panel from inside, or from nowhere in particular, stands at the launcher afterwards.
    const isFocusOurs = [host, document.body].includes(document.activeElement as HTMLElement);
    const wasOpen = panelSpot.hasChildNodes();
    const view = panel.isOpen.value ? (
      <ChatPanel
        chat={chat}
        panel={panel}
        business={settings.value.business}
        greeting={settings.value.greeting[language.value]}
        isReturning={isReturning}
        isOnline={isOnline.value}
        isPageVisible={isPageVisible.value}
        isFullScreen={isFullScreen.value}
      />
    ) : null;
    show(view, panelSpot);
    if (wasOpen && !view && isFocusOurs) launcher.focus();
  });

  const isLive = computed(() => chat.status.value === 'live');
  const hasStarted = computed(() => chat.status.value !== 'idle');
  effect(() => {
    if (hasStarted.value) void untracked(keepSettings);
  });
  effect(() => {
    // Earlier conversations are behind the back button, which has to know whether there are any.
    if (isLive.value && panel.isOpen.value) void chat.listConversations();
  });

  const wake = () => {
    isPageVisible.value = document.visibilityState === 'visible';
    isOnline.value = navigator.onLine;
    if (isPageVisible.value) chat.wake();
    else save();
  };
  const save = () => {
    // A visitor who never opened the panel leaves no trace.
    if (chat.status.value === 'idle') return;
    chat.save();
    panel.save();
  };
  // What is typed here is not meant for the page's shortcuts.
  for (const event of ['keydown', 'keypress', 'keyup']) host.addEventListener(event, (typed) => typed.stopPropagation());
  for (const event of ['focus', 'online', 'offline', 'pageshow']) addEventListener(event, wake);
  document.addEventListener('visibilitychange', wake);
  addEventListener('pagehide', save);
  onPageChange(() => {
    if (!host.isConnected) document.body.append(host);
    chat.viewPage();
  });

  launcher.onclick = () => panel.toggle();
  takeOverQueue(
    queue,
    createKesherApi({
      chat,
      panel,
      async setLocale(wish) {
        const next = chooseLanguage(wish);
        speech.value = await speechIn(next);
        language.value = next;
      },
    }),
    host,
  );
  if (storage.getItem(storageKey(inbox, 'active')) !== null) chat.start();
  return { open: () => panel.open() };

  /** The next page of this tab draws launcher and panel from what is kept here; what is kept is made fresh on every page. */
  async function keepSettings(): Promise<void> {
    const key = storageKey(inbox, 'settings');
    try {
      if (tabStorage.getItem(key) !== null) {
        const reply = await fetch(`${server}api/widget/${inbox}`);
        if (reply.ok) settings.value = await reply.json();
      }
      tabStorage.setItem(key, JSON.stringify(settings.value));
    } catch {
      // Without the network the settings that we have are as good as any.
    }
  }
};

function browserTabs(): Tabs {
  return {
    onChange(listener) {
      const hear = (event: StorageEvent) => {
        if (event.storageArea !== sessionStorage) listener(event.key);
      };
      addEventListener('storage', hear);
      return () => removeEventListener('storage', hear);
    },
    // Web Locks exist on secure pages only.
    ...(navigator.locks && { locks: { request: (name: string, job: () => Promise<void>) => navigator.locks.request(name, job) } }),
  };
}
