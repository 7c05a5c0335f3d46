import type { Notifications } from './profile.ts';

/** Of an agent who has chosen nothing yet. */
export const firstNotifications: Notifications = {
  mine: { sound: true, desktop: true, badge: true },
  waiting: { sound: true, desktop: false, badge: true },
  assigned: { sound: true, desktop: true, badge: true },
  mentioned: { sound: true, desktop: true, badge: true },
  called: { sound: true, desktop: true, badge: true },
  late: { sound: true, desktop: true, badge: true },
  isQuietWhileAway: true,
};
