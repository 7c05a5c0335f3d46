/**
 * The widget as an ES module, for sites that are built with a bundler: `npm` package `kesher-widget`, and the file
 * `/widget/kesher.js` of every Kesher server. Importing it does nothing; on a server (without `window`) it may be imported,
 * too. It holds no code of the widget: `loadKesher` fetches that from the Kesher server, as the one line of HTML does.
 */

/** What `loadKesher` needs to know. The one line of HTML says the same with `data-inbox` and `data-locale`. */
export interface KesherSettings {
  /** The address of your Kesher server, like `https://chat.example.com`. */
  server: string;
  /** The inbox's public key, as the console shows it. */
  inbox: string;
  /** A BCP 47 tag. Without it the inbox decides, then the page's `lang`, then the browser. */
  locale?: string | undefined;
}

/**
 * What the site knows of its visitor. All of it is a claim, and opens nobody else's customer file, unless `identity` vouches
 * for it. What is absent, null or empty is left as it was.
 */
export interface KesherIdentity {
  name?: string | null;
  /** An address like `ruth@example.com`. */
  email?: string | null;
  /** As people write it, or in E.164. */
  phone?: string | null;
  company?: string | null;
  /** The visitor agreed to be contacted. */
  consent?: boolean | null;
  /** As of `setFields`. */
  fields?: KesherFields | null;
  /** A short-lived JWT made by your server (HS256 or RS256). Its `sub` is your id of the person. Never sign in the browser. */
  identity?: string | null;
}

/** At most 30 fields; names up to 60 characters, values up to 1,000. Numbers and booleans are kept as text. */
export type KesherFields = Record<string, string | number | boolean>;

/** What `prefill` lays ready. Nothing of it is sent before the visitor sends it. */
export interface KesherPrefill {
  name?: string;
  email?: string;
  phone?: string;
  /** For the composer, up to 8,000 characters. */
  text?: string;
}

/** Each event with what its listeners are given. */
export interface KesherEvents {
  /** The widget's application is here. Who asks late is told at once. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** Somebody has answered. `author` is null where the business itself speaks. */
  message: { text: string; author: string | null };
  /** The number of unread messages, whenever it changes. */
  unread: number;
  /** The id of the conversation on the screen, or null, whenever it changes. */
  conversation: string | null;
}

/**
 * `window.Kesher`. Every method may be called at any time, also before the widget is there: calls are kept in order. None
 * ever throws into the page: what cannot be done is told by `console.warn`, with the method's name.
 */
export interface KesherApi {
  /** Opens the panel. */
  open(): void;
  close(): void;
  toggle(): void;
  /** Shows the launcher again. */
  show(): void;
  /** Takes the launcher and its badge away, on this page and the next ones of the tab. `open()` still opens the panel. */
  hide(): void;
  /** Calls `listener` at each `event` from now on. A listener's mistake shows in the console and breaks nothing. */
  on<Name extends keyof KesherEvents>(event: Name, listener: (detail: KesherEvents[Name]) => void): void;
  off<Name extends keyof KesherEvents>(event: Name, listener: (detail: KesherEvents[Name]) => void): void;
  /** Tells who the visitor is. Kept and repeated until the server has it. */
  identify(identity: KesherIdentity): void;
  /** For when a person signs out: nothing of the conversation stays in this browser. */
  reset(): void;
  /** A BCP 47 tag; the widget takes the nearest language that it speaks. */
  setLocale(locale: string): void;
  /** Puts facts into the visitor's customer file, like `{ plan: 'pro', cartValue: 129.9 }`. Kept and repeated like `identify`. */
  setFields(fields: KesherFields): void;
  /**
   * Notes something the visitor did, for the agents to see: a name up to 60 characters and up to 10 properties (names up to
   * 60, values up to 200 characters). At most 50 an hour a visitor; the last 100 are kept. Never connects by itself: it
   * waits on this page until there is a conversation.
   */
  track(name: string, properties?: KesherFields): void;
  /**
   * Posts a message as the visitor, up to 8,000 characters, without opening the panel. Where the inbox asks for details before
   * the first message, the text becomes the draft and the panel opens.
   */
  send(text: string): void;
  /** Lays words ready in the form and the composer. What the visitor has typed stays. */
  prefill(prefill: KesherPrefill): void;
}

/** As the loader knows it: the calls that wait, and a method a call. */
type Kesher = unknown[] & KesherApi & { host?: HTMLElement };

/**
 * Brings the launcher into the page, once however often it is called, and resolves with `window.Kesher`. The application
 * itself is fetched when somebody reaches for the launcher.
 *
 * Rejects where there is no page (on a server), with a setting that is missing, and when the Kesher server cannot be
 * reached.
 */
export async function loadKesher({ server, inbox, locale }: KesherSettings): Promise<KesherApi> {
  if (typeof window === 'undefined') throw new Error('loadKesher needs a page: call it in the browser.');
  if (!server || !inbox) throw new TypeError('loadKesher needs { server, inbox }.');
  const page = window as Window & { Kesher?: Kesher; KesherSettings?: KesherSettings };
  const address = `${server.replace(/\/+$/, '')}/`;
  page.KesherSettings = { server: address, inbox, ...(locale && { locale }) };
  // Not by a script element: an import needs neither a nonce nor a Trusted Types policy.
  if (!page.Kesher?.host) await import(/* @vite-ignore */ /* webpackIgnore: true */ `${address}widget.js`);
  return page.Kesher as Kesher;
}
