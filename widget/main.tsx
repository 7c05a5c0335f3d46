/**
 * The application behind the launcher: everything that the loader does not need. It connects only when the panel is
 * opened, or at once when a conversation is under way.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals-core';
import { type ComponentChild, render } from 'preact';
import type { WidgetSettings } from '../shared/inbox.ts';
import { toJson } from '../shared/json.ts';
import type { Language } from '../shared/language.ts';
import { browserStorage, layeredStorage } from './browser-storage.ts';
import { createChat } from './chat-state.ts';
import { ChatPanel } from './components/chat-panel.tsx';
import { LauncherBadge } from './components/launcher-badge.tsx';
import { SpeechContext } from './components/speech.ts';
import { adoptStyle } from './components/use-style.ts';
import { watchFullScreen } from './full-screen.ts';
import type { Handover, WidgetModule } from './handover.ts';
import { currentPage, onPageChange } from './page-watch.ts';
import css from './panel.css?inline';
import { createPanelState } from './panel-state.ts';
import { storageKey } from './storage-keys.ts';
import { chooseLanguage, directionOf } from './texts/language.ts';
import { speechIn } from './texts/speech-in.ts';
import { createTitleCount } from './title-count.ts';
import type { Tabs } from './visitor-token.ts';

/** Looking at the page again and again does not ask again and again. */
const RENEW_EVERY_MS = 10_000;

export const startWidget: WidgetModule['startWidget'] = async ({ server, inbox, locale, settings: given, host, queue }: Handover) => {
  const loadApi = () => import('./kesher-api.ts');
  if (queue.length > 0) void loadApi().catch(() => {});
  const root = host.shadowRoot as ShadowRoot;
  const frame = root.querySelector('div') as HTMLElement;
  const launcher = root.querySelector('button') as HTMLButtonElement;
  const settings = signal(given);
  /** What the site asked for; it weighs more than the inbox's own. */
  let siteLocale = locale;
  const language = signal(chooseLanguage(locale ?? given.locale, given.labels));
  const speak = (wish: Language, { texts }: WidgetSettings, hasExtras = false) =>
    speechIn(wish, { locale: navigator.languages.find((tag) => tag.startsWith(wish)) ?? wish, overrides: texts[wish], hasExtras });
  const speech = signal(await speak(language.value, given));

  const storage = layeredStorage([...browserStorage('localStorage'), ...browserStorage('sessionStorage')]);
  const tabStorage = layeredStorage(browserStorage('sessionStorage'));
  const isReturning = storage.getItem(storageKey(inbox, 'token')) !== null;
  const settingsKey = storageKey(inbox, 'settings');
  /** What was not kept by an earlier page the loader has fetched for this one. */
  let renewedAt = tabStorage.getItem(settingsKey) === null ? performance.timeOrigin : 0;
  const panel = createPanelState(tabStorage, inbox, storage);
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
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const prefersDark = signal(dark.matches);
  dark.onchange = () => {
    prefersDark.value = dark.matches;
  };
  const isOnline = signal(navigator.onLine);
  const isPageVisible = signal(document.visibilityState === 'visible');
  const showTitleCount = createTitleCount();

  adoptStyle(root, css);
  const look = adoptStyle(root, given.look);
  const badgeSpot = frame.appendChild(document.createElement('div'));
  const panelSpot = frame.appendChild(document.createElement('div'));
  launcher.after(badgeSpot);
  frame.classList.add('kesher');

  effect(() => {
    const { theme } = settings.value;
    look.replaceSync(settings.value.look);
    frame.classList.toggle('dark', theme === 'dark' || (theme === 'auto' && prefersDark.value));
  });
  effect(() => {
    frame.lang = language.value;
    frame.dir = directionOf(language.value);
    frame.classList.toggle('open', panel.isOpen.value);
    launcher.ariaExpanded = String(panel.isOpen.value);
    launcher.ariaLabel = panel.isOpen.value ? speech.value.t('closeChat') : settings.value.labels[language.value];
    launcher.textContent = settings.value.launcher.text[language.value] ?? '';
  });
  /** Components follow the signals that they read themselves. */
  const show = (view: ComponentChild, spot: HTMLElement) => {
    const { value } = speech;
    untracked(() => render(<SpeechContext.Provider value={value}>{view}</SpeechContext.Provider>, spot));
  };
  effect(() => show(<LauncherBadge unread={panel.isOpen.value ? 0 : chat.unread.value} />, badgeSpot));
  effect(() => showTitleCount(chat.unread.value));
  effect(() => {
    if (panel.isOpen.value) untracked(chat.start);
    // Who closed the panel from inside, or from nowhere in particular, stands at the launcher afterwards.
    const isFocusOurs = [host, document.body].includes(document.activeElement as HTMLElement);
    const wasOpen = panelSpot.hasChildNodes();
    const view = panel.isOpen.value ? (
      <ChatPanel
        chat={chat}
        panel={panel}
        settings={settings.value}
        language={language.value}
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
    // A connection that comes back, and a panel that is opened, may find the business changed.
    if (hasStarted.value && (isLive.value || panel.isOpen.value)) void untracked(renewSettings);
  });
  const isForbidden = computed(() => chat.refusal.value?.code === 'forbidden');
  effect(() => {
    if (isForbidden.value) console.warn("Kesher: this page is not on the inbox's allowed sites.");
  });
  effect(() => {
    // Earlier conversations are behind the back button, which has to know whether there are any.
    if (isLive.value && panel.isOpen.value) void chat.listConversations();
  });

  chat.onIncoming(() => {
    const isSeen = panel.isOpen.value && isPageVisible.value;
    if (!isSeen && settings.value.hasSound)
      void import('./chime.ts').then(
        ({ chime }) => chime(storage, inbox),
        () => {},
      );
  });

  const wake = () => {
    isPageVisible.value = document.visibilityState === 'visible';
    isOnline.value = navigator.onLine;
    if (isPageVisible.value) {
      chat.wake();
      if (hasStarted.value) void renewSettings();
    } else save();
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
  const hearSite = () =>
    loadApi().then(
      ({ takeOverQueue }) =>
        takeOverQueue(queue, {
          chat,
          panel,
          preChat: () => settings.value.preChat,
          preview: change,
          setLocale(wish) {
            siteLocale = wish;
            void change(settings.value);
          },
          setHidden(isHidden) {
            frame.classList.toggle('hide', isHidden);
            tabStorage.setItem(storageKey(inbox, 'hidden'), isHidden ? 'hide' : '');
          },
        }),
      // Without the network the next word tries again.
      () => {},
    );
  queue.push = (...calls) => {
    queue.splice(queue.length, 0, ...calls);
    void hearSite();
    return 0;
  };
  if (queue.length > 0) await hearSite();
  if (storage.getItem(storageKey(inbox, 'active')) !== null) chat.start();
  // In a task of its own, so that the page can breathe in between.
  return { open: () => setTimeout(panel.open) };

  /** Colours, words and name change together, once all of them are here. */
  async function change(next: WidgetSettings): Promise<void> {
    const nextLanguage = chooseLanguage(siteLocale ?? next.locale, next.labels);
    const isSame = nextLanguage === language.value && JSON.stringify(next.texts) === JSON.stringify(settings.value.texts);
    // Parts that are on the screen already would be without words.
    const nextSpeech = isSame ? speech.value : await speak(nextLanguage, next, panel.view.value !== 'chat');
    batch(() => {
      settings.value = next;
      language.value = nextLanguage;
      speech.value = nextSpeech;
    });
  }

  /** The next page of this tab draws launcher and panel from what is kept here. */
  async function renewSettings(): Promise<void> {
    if (Date.now() - renewedAt > RENEW_EVERY_MS) {
      renewedAt = Date.now();
      try {
        const reply = await fetch(`${server}api/widget/${inbox}`, { cache: 'no-cache' });
        const fresh = await reply.json();
        // Whoever stands between (a hotel's network before one has signed in) may answer in the server's place.
        if (fresh.labels) await change(fresh);
      } catch {
        // Without the network the settings that we have are as good as any.
      }
    }
    tabStorage.setItem(settingsKey, toJson(settings.value));
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
