import type { WidgetSettings } from '../shared/inbox.ts';

/** One call of `window.Kesher`, as it waits for the application: `['open']`, `['identify', { name }]`. */
export type QueuedCall = [name: string, ...parameters: unknown[]];

/**
 * `window.Kesher`: an array of the calls that wait, with a method a call. It is the same object from the site's first
 * line to the last, so nobody holds one that has stopped working.
 */
export type KesherQueue = QueuedCall[] & {
  /** The widget's element in the page. */
  host?: HTMLElement;
  /** What the site told with `setFields`, for the conditions of invitations. */
  fields?: Record<string, string>;
} & Record<string, unknown>;

/** What the loader gives to the application once somebody wants to chat. */
export interface Handover {
  /** The address under which `widget.js` lies, with a closing slash. */
  server: string;
  inbox: string;
  /** What the site asked for in its snippet; it weighs more than the inbox's own. */
  locale?: string | undefined;
  settings: WidgetSettings;
  /**
   * The widget's element in the page. Its shadow root holds the frame, which carries language, direction and accent, and
   * the frame holds the launcher.
   */
  host: HTMLElement;
  /** Calls so far. The application replaces its `push` and hears the later ones itself. */
  queue: KesherQueue;
}

/** The application's only export. It takes over the launcher and the queue. */
export interface WidgetModule {
  startWidget(handover: Handover): Promise<{ open(): void }>;
}

/** The only export of each part that watches the page while the window is closed: invitations, and who is on the site. */
export interface WatchModule {
  startWidget(handover: Handover): void;
}
