import type { IconName } from '../ui/icon-drawings.ts';
import type { ViewName } from './list-views.ts';

export const viewIcons: Record<ViewName, IconName> = {
  mine: 'user-round',
  unassigned: 'inbox',
  open: 'messages-square',
  snoozed: 'alarm-clock',
  resolved: 'circle-check',
};
