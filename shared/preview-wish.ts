/**
 * What the console and its preview of the widget say to each other. The preview is a page of ours in a sandbox: it has no
 * origin, no storage and no connection, and shows what it is told.
 */
import type { WidgetSettings } from './inbox.ts';
import type { Language } from './language.ts';

/** `form`: the visitor has just written the first message. `queue`: it waits for its turn. `closed`: nobody answers now. */
export type PreviewScene = 'launcher' | 'welcome' | 'form' | 'queue' | 'conversation' | 'closed';

/** From the console; the first one decides on the scene, later ones change what stands on it. */
export interface PreviewWish {
  kesherPreview: 'show';
  scene: PreviewScene;
  language: Language;
  theme: 'light' | 'dark';
  settings: WidgetSettings;
}

/** From the preview: it waits for a wish, or the scene stands. */
export interface PreviewNews {
  kesherPreview: 'ready' | 'shown';
}
