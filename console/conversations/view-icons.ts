import type { IconName } from '../ui/icon-drawings.ts';
import { isReadyMade, type ReadyMadeView, type ViewName } from './list-views.ts';

export const viewIcons: Record<ReadyMadeView, IconName> = {
  mine: 'user-round',
  unassigned: 'inbox',
  teams: 'users',
  open: 'messages-square',
  mentions: 'at-sign',
  snoozed: 'alarm-clock',
  resolved: 'circle-check',
};

export function viewIcon(view: ViewName): IconName {
  if (isReadyMade(view)) return viewIcons[view];
  return view.startsWith('~') ? 'list-filter' : 'bookmark';
}
