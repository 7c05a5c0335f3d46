/**
 * Shows the agents that somebody looks at this page, where the inbox has switched that on: one WebSocket and no window. It
 * ends where the application connects by itself, and calls it when an agent speaks first. Hidden pages, programs, and
 * browsers that keep nothing are not shown.
 */
import type { Page, VisitorHandshake } from '../shared/contact.ts';
import type { VisitorSession } from '../shared/events.ts';
import { toJson } from '../shared/json.ts';
import type { Message } from '../shared/message.ts';
import { cartValueOf } from './cart-value.ts';
import { systemClock } from './clock.ts';
import type { WatchModule } from './handover.ts';
import { showCard } from './invitation-card.ts';
import { currentPage } from './page-watch.ts';
import { storageKey } from './storage-keys.ts';
import { createVisitorToken } from './visitor-token.ts';

const LOOK_EVERY_MS = 1_000;
/** Somebody who looks into another tab for a moment has not left. */
const HIDDEN_FOR_MS = 10_000;
const RETRY_MIN_MS = 4_000;
const RETRY_MAX_MS = 60_000;
/** A site whose policy forbids the line is not asked for ever. */
const VAIN_DIALS_MAX = 4;
/** The server pings every ten seconds. */
const SILENCE_MAX_MS = 20_000;
const TEASER_MAX = 160;

export const startWidget: WatchModule['startWidget'] = ({ server, inbox, settings, host, queue }) => {
  const frame = host.shadowRoot?.querySelector('div') as HTMLElement;
  const launcher = frame.querySelector('button') as HTMLButtonElement;
  const key = (name: 'token' | 'active') => storageKey(inbox, name);
  const isVisible = () => document.visibilityState === 'visible';
  if (navigator.webdriver) return;
  try {
    const attempt = `${key('token')}:kept`;
    localStorage[attempt] = '1';
    localStorage.removeItem(attempt);
  } catch {
    // Every page would be somebody new.
    return;
  }

  const locks = navigator.locks;
  const token = createVisitorToken({
    store: localStorage,
    key: key('token'),
    clock: systemClock,
    tabs: {
      onChange: () => () => {},
      ...(locks && { locks: { request: (name: string, job: () => Promise<void>) => locks.request(name, job) } }),
    },
  });
  let line: WebSocket | undefined;
  let isOver = false;
  let isClaiming = false;
  let failures = 0;
  let dialAt = 0;
  let hiddenAt = 0;
  let heardAt = 0;
  let told = '';
  let hasConnected = false;

  const pageNow = (): Page => {
    const cartValue = cartValueOf(queue);
    return { ...currentPage(), ...(cartValue !== null && cartValue >= 0 && { cartValue }) };
  };
  /** The application has a connection of its own, or will have one in a moment. */
  const isTakenOver = () => localStorage[key('active')] !== undefined || /\bopen\b/.test(frame.className);

  const hangUp = () => {
    const ended = line;
    line = undefined;
    ended?.close();
    token.release();
  };
  const end = () => {
    isOver = true;
    clearInterval(timer);
    hangUp();
  };

  /** The application shows the conversation, with its mark at the launcher; beside it stand the first words. */
  const callApplication = ({ author, text }: Message) => {
    end();
    queue.push(['connect']);
    // What the loader listens with: it fetches the application.
    launcher.onfocus?.(new FocusEvent('focus'));
    if (/hide/.test(frame.className)) return;
    const words = text.length > TEASER_MAX ? `${text.slice(0, TEASER_MAX - 1)}…` : text;
    showCard({
      host,
      text: author.name ? `${author.name}\n${words}` : words,
      dismissLabel: settings.dismissLabels[frame.lang as 'en'],
      isDark: settings.theme === 'dark' || (settings.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches),
      onDismiss() {},
      onAccept: () => void queue.push(['open']),
    });
  };

  const hear = (event: string, fact: unknown, said: string | undefined) => {
    if (event === 'session:started') {
      const { token: given, conversation, messages } = fact as VisitorSession;
      // Another tab became somebody else meanwhile: dial again, as whoever that is.
      if (!token.settle(given, said)) return hangUp();
      failures = 0;
      hasConnected = true;
      const seen = conversation?.visitorReadSeq ?? 0;
      const unread = messages.find(({ seq, author }) => seq > seen && author.kind === 'agent');
      if (unread) callApplication(unread);
    }
    if (event === 'message:posted' && (fact as Message).author.kind === 'agent') callApplication(fact as Message);
  };

  const dial = async () => {
    isClaiming = true;
    await token.claim();
    isClaiming = false;
    if (isOver || !isVisible()) return token.release();
    const said = token.current();
    const webSocket = new WebSocket(`${new URL('socket.io/', server).href.replace('http', 'ws')}?EIO=4&transport=websocket`);
    line = webSocket;
    heardAt = Date.now();
    webSocket.onmessage = ({ data }) => {
      if (line !== webSocket) return;
      const packet = String(data);
      heardAt = Date.now();
      if (packet[0] === '0') {
        const page = pageNow();
        told = toJson(page);
        const handshake: VisitorHandshake = { inbox, isOnSite: true, locale: frame.lang, page, ...(said !== undefined && { token: said }) };
        webSocket.send(`40/visitor,${toJson(handshake)}`);
      }
      if (packet === '2') webSocket.send('3');
      // Refused for good, unless it was only too much at once.
      if (packet.startsWith('44') && !/too-many|unavailable/.test(packet)) end();
      if (packet.startsWith('42')) {
        const [event, fact] = JSON.parse(packet.slice(packet.indexOf('[')));
        hear(event, fact, said);
      }
    };
    webSocket.onclose = () => {
      if (line !== webSocket) return;
      hangUp();
      failures += 1;
      if (!hasConnected && failures > VAIN_DIALS_MAX) return end();
      dialAt = Date.now() + Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
    };
  };

  const look = () => {
    if (isTakenOver()) return end();
    const now = Date.now();
    hiddenAt = isVisible() ? 0 : hiddenAt || now;
    if (line && (token.hasChanged() || now - heardAt > SILENCE_MAX_MS || (hiddenAt && now - hiddenAt > HIDDEN_FOR_MS))) return hangUp();
    if (!line && !isClaiming && !hiddenAt && now > dialAt) return void dial().catch(end);
    const page = toJson(pageNow());
    if (line?.readyState !== 1 || told === '' || told === page) return;
    told = page;
    line.send(`42/visitor,${toJson(['page:view', pageNow()])}`);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  // A page that waits to be gone back to holds no line.
  addEventListener('pagehide', hangUp);
  look();
};
