import type { Language } from '../language.ts';

/** What the launcher is called before any other text is loaded. They come with the inbox's settings, so that the loader stays small. */
export const launcherLabels: Record<Language, string> = {
  en: 'Open chat',
  he: 'פתיחת הצ׳אט',
  ar: 'فتح المحادثة',
  ru: 'Открыть чат',
  fr: 'Ouvrir le chat',
  es: 'Abrir el chat',
  de: 'Chat öffnen',
  pt: 'Abrir o chat',
};

/** The button that sends a proactive invitation away. */
export const dismissLabels: Record<Language, string> = {
  en: 'Dismiss',
  he: 'סגירה',
  ar: 'إغلاق',
  ru: 'Закрыть',
  fr: 'Fermer',
  es: 'Cerrar',
  de: 'Schließen',
  pt: 'Fechar',
};
