import { useEffect } from 'preact/hooks';
import { firstNotifications } from '../../shared/first-notifications.ts';
import type { NoticeKind, Notifications } from '../../shared/profile.ts';
import type { Desk } from '../conversations/desk.ts';
import { noticeKinds } from '../notices/notice-board.ts';
import { t } from '../texts/texts.ts';

/** How much the agent wants to see counted in the tab: unread conversations, and what it was told by name. */
export function badgeCount(desk: Desk, wishes: Notifications = firstNotifications): number {
  const { list, notices } = desk;
  const unseen = (kind: NoticeKind) => notices.items.value.filter((one) => one.seenAt === null && noticeKinds[one.kind] === kind).length;
  return (
    (wishes.mine.badge ? list.unreadIn('mine') : 0) +
    (wishes.waiting.badge ? list.unreadIn('unassigned') : 0) +
    (wishes.assigned.badge ? unseen('assigned') : 0) +
    (wishes.mentioned.badge ? unseen('mentioned') : 0) +
    (wishes.called.badge ? desk.calls.ringing.value.length : 0) +
    (wishes.late.badge ? unseen('late') : 0)
  );
}

/** What the browser's tab says: how much is unread, and where we are. */
export function useTabTitle(path: string, unreadCount: number): void {
  const place = path.startsWith('/console/contacts')
    ? t('contacts.title')
    : path.startsWith('/console/settings')
      ? t('settings.title')
      : path.startsWith('/console/tasks')
        ? t('tasks.title')
        : t('nav.conversations');
  useEffect(() => {
    document.title = `${unreadCount > 0 ? `(${unreadCount}) ` : ''}${place} · Kesher`;
  }, [place, unreadCount]);
}
