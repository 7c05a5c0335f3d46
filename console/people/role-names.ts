import type { Permission } from '../../shared/agent.ts';
import type { Role } from '../../shared/role.ts';
import { t } from '../texts/texts.ts';

/** A ready-made role is called what the language calls it. */
export function roleName({ id, name }: Pick<Role, 'id' | 'name'>): string {
  if (id === 'administrator' || id === 'supervisor' || id === 'agent' || id === 'viewer') return t(`role.${id}`);
  return name ?? id;
}

/** How the permissions stand together on the screen. */
export const permissionGroups: readonly { name: 'conversations' | 'contacts' | 'business' | 'team'; permissions: readonly Permission[] }[] =
  [
    {
      name: 'conversations',
      permissions: [
        'conversations:view-own',
        'conversations:view-queue',
        'conversations:view-team',
        'conversations:view-all',
        'conversations:reply',
        'conversations:assign',
        'conversations:export',
        'views:share',
      ],
    },
    {
      name: 'contacts',
      permissions: [
        'contacts:view',
        'contacts:view-details',
        'contacts:edit',
        'contacts:merge',
        'contacts:erase',
        'contacts:import',
        'contacts:export',
        'segments:share',
        'tasks:view',
        'tasks:edit',
        'tickets:view',
        'tickets:edit',
        'opportunities:view',
        'opportunities:edit',
        'purchases:view',
        'purchases:edit',
        'visitors:view',
        'visitors:block',
      ],
    },
    {
      name: 'business',
      permissions: ['reports:view', 'answers:manage', 'canned:manage', 'tags:manage', 'crm:manage', 'settings:manage', 'tokens:manage'],
    },
    { name: 'team', permissions: ['teams:manage', 'agents:manage', 'roles:manage'] },
  ];
