import type { enTasks } from './en-tasks.ts';

export const heTasks: Record<keyof typeof enTasks, string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)> = {
  'todo.title': 'משימות',
};
