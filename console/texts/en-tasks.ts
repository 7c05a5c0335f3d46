export const enTasks = {
  'todo.title': 'Tasks',
} as const;
