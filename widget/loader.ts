/**
 * The one script that a site includes. It draws the launcher and waits: the application is fetched when somebody reaches
 * for the launcher, when the site calls `Kesher.open()`, or, once the page is quiet, when a conversation is under way.
 * Nothing is stored and nothing but the inbox's public settings is requested before that. No dependencies; 1 kB.
 */
import type { WidgetSettings } from '../shared/inbox.ts';
import type { KesherGlobal, QueuedCall, WidgetModule } from './handover.ts';
import css from './launcher.css?inline';
import { type StorageKey, storageKey } from './storage-keys.ts';
import { chooseLanguage, directionOf } from './texts/language.ts';

declare const __WIDGET_APP__: string;

const page = window as Window & { Kesher?: KesherGlobal | QueuedCall[] };
const script = (document.currentScript ?? document.querySelector('script[data-inbox]')) as HTMLScriptElement;
/** An array holds calls that the site made before this script was here. */
const earlier = page.Kesher;
if (earlier && 'host' in earlier) {
  // Included twice, or again after the site replaced its body: there is one widget, and it belongs into the page.
  document.body.append(earlier.host);
} else {
  const [server = '', query = ''] = script.src.split('widget.js');
  const inbox = script.dataset.inbox ?? query.slice('?inbox='.length);
  const queue = earlier ?? [];
  const host = document.createElement('div');
  const key = (name: StorageKey) => storageKey(inbox, name);
  let app: Promise<{ open(): void } | undefined> | undefined;
  let stored: string | undefined;

  /** A failed attempt is forgotten, so that the next click tries again. */
  const start = () => {
    app ??= Promise.all([import(/* @vite-ignore */ server + __WIDGET_APP__) as Promise<WidgetModule>, drawn])
      .then(([module, settings]) => module.startWidget({ server, inbox, settings, host, queue }))
      .catch((): undefined => {
        app = undefined;
      });
    return app;
  };

  const draw = (settings: WidgetSettings) => {
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];

    const frame = document.createElement('div');
    const language = chooseLanguage(settings.locale);
    frame.lang = language;
    frame.dir = directionOf(language);
    frame.style.cssText = `--k-accent:${settings.accent}`;

    const launcher = document.createElement('button');
    launcher.className = 'launcher';
    launcher.ariaLabel = settings.labels[language];
    launcher.onclick = () => start().then((widget) => widget?.open());
    launcher.onfocus = launcher.onpointerenter = start;

    frame.append(launcher);
    root.append(frame);
    (document.body ?? document.documentElement).append(host);
    return settings;
  };

  page.Kesher = new Proxy({ host } as KesherGlobal, {
    get: (target, name: string) =>
      target[name] ??
      ((...parameters: unknown[]) => {
        queue.push([name, ...parameters]);
        if (name === 'open' || name === 'toggle') void start();
      }),
  });

  try {
    const isOpen = sessionStorage[key('open')];
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
  if (queue.length) void start();
}
