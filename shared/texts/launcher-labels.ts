import type { Language } from '../language.ts';

/** What the launcher is called before any other text is loaded. They come with the inbox's settings, so that the loader stays small. */
export const launcherLabels: Record<Language, string> = { en: 'Open chat', he: 'פתיחת הצ׳אט' };

/** The button that sends a proactive invitation away. */
export const dismissLabels: Record<Language, string> = { en: 'Dismiss', he: 'סגירה' };
