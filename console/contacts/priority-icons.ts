import type { Priority } from '../../shared/routing.ts';
import type { IconName } from '../ui/icon-drawings.ts';

export const priorityIcons: Record<Priority, IconName> = {
  low: 'chevron-down',
  normal: 'minus',
  high: 'chevron-up',
  urgent: 'chevrons-up',
};
