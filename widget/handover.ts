import type { WidgetSettings } from '../shared/inbox.ts';

/** One call of `window.Kesher`, as it waits for the application: `['open']`, `['identify', { name }]`. */
export type QueuedCall = [name: string, ...parameters: unknown[]];

/** What the loader gives to the application once somebody wants to chat. */
export interface Handover {
  /** The address under which `widget.js` lies, with a closing slash. */
  server: string;
  inbox: string;
  settings: WidgetSettings;
  /**
   * The widget's element in the page. Its shadow root holds the frame, which carries language, direction and accent, and
   * the frame holds the launcher.
   */
  host: HTMLElement;
  /** Calls so far. The application replaces its `push` and hears the later ones itself. */
  queue: QueuedCall[];
}

/** The application's only export. It takes over the launcher and the queue. */
export interface WidgetModule {
  startWidget(handover: Handover): Promise<{ open(): void }>;
}

/** `window.Kesher` before the application: every call is queued. */
export interface KesherGlobal {
  host: HTMLElement;
  [call: string]: unknown;
}
