/**
 * The one script that a site includes. It draws the launcher and waits: the application is fetched when somebody reaches
 * for the launcher, when the site asks for something that cannot wait, or, once the page is quiet, when a conversation is
 * under way. Nothing is stored and nothing but the inbox's public settings is requested before that (and, where the inbox
 * wishes, its invitations, and the part that shows who is on the site). No dependencies; 1 kB.
 */
import type { WidgetSettings } from '../shared/inbox.ts';
import type { KesherQueue, QueuedCall, WatchModule, WidgetModule } from './handover.ts';
import type { KesherSettings } from './load-kesher.ts';
import { type StorageKey, storageKey } from './storage-keys.ts';
import { chooseLanguage, directionOf } from './texts/language.ts';

declare const __WIDGET_APP__: string;
declare const __WIDGET_INVITATIONS__: string;
declare const __WIDGET_SITE_PRESENCE__: string;

const page = window as Window & { Kesher?: KesherQueue; KesherSettings?: Partial<KesherSettings> };
/** Calls that the site made before this script was here are in it already. */
page.Kesher ??= [] as unknown as KesherQueue;
const kesher = page.Kesher;
const isFirst = !kesher.host;
kesher.host ??= document.createElement('div');
const { host } = kesher;
/** Included twice, or again after the site replaced its body: there is one widget, and it belongs into the page. */
const place = () => (document.body ?? document.documentElement).append(host);

if (isFirst) {
  const script = (document.currentScript ?? document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement | null;
  const [address = '', query] = (script?.src ?? '').split('widget.js');
  const {
    server = address,
    inbox = /inbox=([\w-]+)/.exec(query ?? '')?.[1] ?? '',
    locale,
  } = { ...script?.dataset, ...page.KesherSettings } as Partial<KesherSettings>;
  const key = (name: StorageKey) => storageKey(inbox, name);
  const frame = document.createElement('div');
  let app: Promise<{ open(): void } | undefined> | undefined;
  let stored: string | undefined;

  /** Fetches a part while the settings may still be on their way. */
  const run = async (part: string, settings: WidgetSettings | Promise<WidgetSettings>) =>
    ((await import(/* @vite-ignore */ server + part)) as WidgetModule | WatchModule).startWidget({
      server,
      inbox,
      locale,
      settings: await settings,
      host,
      queue: kesher,
    });

  /** A failed attempt is forgotten, so that the next click tries again. */
  const start = () => {
    app ??= (run(__WIDGET_APP__, drawn) as Promise<{ open(): void }>).catch((): undefined => {
      app = undefined;
    });
    return app;
  };

  const draw = (settings: WidgetSettings) => {
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(settings.look);
    root.adoptedStyleSheets = [sheet];

    const language = chooseLanguage(locale ?? settings.locale, settings.labels);
    frame.lang = language;
    frame.dir = directionOf(language);

    const launcher = document.createElement('button');
    launcher.className = 'launcher';
    launcher.ariaLabel = settings.labels[language];
    launcher.textContent = settings.launcher.text[language] as string;
    launcher.onclick = () => start().then((widget) => widget?.open());
    launcher.onfocus = launcher.onpointerenter = start;

    frame.append(launcher);
    root.append(frame);
    place();
    if (settings.invitations[0]) void run(__WIDGET_INVITATIONS__, settings);
    if (settings.hasLiveVisitors) void run(__WIDGET_SITE_PRESENCE__, settings);
    return settings;
  };

  const take = (call: QueuedCall) => {
    const name = call?.[0];
    kesher[kesher.length] = call;
    if (/hide|show/.test(name)) {
      frame.className = name;
      try {
        sessionStorage[key('hidden')] = name;
      } catch {
        // Storage is blocked: the site says it again on its next page.
      }
    }
    if (/open|toggle|reset|setLocale|send/.test(name)) void start();
  };
  const earlier = kesher.splice(0);
  for (const name of 'open close toggle show hide on off identify reset setLocale setFields track send prefill'.split(' '))
    kesher[name] = (...parameters: unknown[]) => kesher.push([name, ...parameters]);
  kesher.push = take as KesherQueue['push'];

  try {
    const isOpen = sessionStorage[key('open')];
    frame.className = sessionStorage[key('hidden')] ?? '';
    if (isOpen || localStorage[key('active')]) {
      // The application comes at once and makes them fresh. A launcher that stands alone has nobody to do that.
      stored = sessionStorage[key('settings')];
      if (isOpen) setTimeout(start);
      else window.requestIdleCallback?.(start) ?? setTimeout(start, 2_000);
    }
  } catch {
    // Storage is blocked: there is nothing to go on with.
  }
  const drawn = (async () => draw(stored ? JSON.parse(stored) : await (await fetch(`${server}api/widget/${inbox}`)).json()))();
  // An inbox that is not there, or a server that cannot be reached: the page stays as it is.
  drawn.catch(() => {});
  for (const call of earlier) kesher.push(call);
} else place();
