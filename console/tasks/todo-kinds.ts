import type { TodoKind } from '../../shared/task.ts';
import type { IconName } from '../ui/icon-drawings.ts';

export const todoKindList = ['task', 'email', 'meeting'] as const satisfies readonly TodoKind[];

export const todoKindIcons: Record<TodoKind, IconName> = { task: 'list-checks', email: 'mail', meeting: 'users' };
