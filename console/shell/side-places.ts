/** Where the side bar leads besides the conversations. */
import type { Permission } from '../../shared/agent.ts';
import type { TextKey } from '../texts/texts.ts';
import type { IconName } from '../ui/icon-drawings.ts';

interface SidePlace {
  path: string;
  icon: IconName;
  label: TextKey;
  /** Absent: everybody may go there. */
  permission?: Permission;
  /** On a phone it stands in the bar; the others are behind "More". */
  isInPhoneBar?: boolean;
}

export const sidePlaces = [
  { path: '/console/now', icon: 'activity', label: 'now.title', permission: 'reports:view' },
  { path: '/console/questions', icon: 'circle-question-mark', label: 'questions.title', permission: 'reports:view' },
  { path: '/console/deflection', icon: 'message-circle', label: 'deflection.title', permission: 'reports:view' },
  { path: '/console/visitors', icon: 'globe', label: 'visitors.title', permission: 'visitors:view' },
  { path: '/console/contacts', icon: 'users', label: 'contacts.title', permission: 'contacts:view', isInPhoneBar: true },
  { path: '/console/opportunities', icon: 'columns-3', label: 'nav.opportunities', permission: 'opportunities:view' },
  { path: '/console/tasks', icon: 'list-checks', label: 'tasks.title', permission: 'tasks:view', isInPhoneBar: true },
  { path: '/console/tickets', icon: 'ticket', label: 'nav.tickets', permission: 'tickets:view' },
  { path: '/console/settings', icon: 'settings', label: 'settings.title' },
] as const satisfies readonly SidePlace[];

export type SidePlaceOf = SidePlace & { label: (typeof sidePlaces)[number]['label'] };
