import { useEffect } from 'preact/hooks';
import { t } from '../texts/texts.ts';

/** What the browser's tab says: how much is unread, and where we are. */
export function useTabTitle(path: string, unreadCount: number): void {
  const place = path.startsWith('/console/contacts')
    ? t('contacts.title')
    : path.startsWith('/console/settings')
      ? t('settings.title')
      : t('nav.conversations');
  useEffect(() => {
    document.title = `${unreadCount > 0 ? `(${unreadCount}) ` : ''}${place} · Kesher`;
  }, [place, unreadCount]);
}
