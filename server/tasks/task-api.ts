import type { Router } from 'express';
import { taskPatchSchema, taskQuerySchema } from '../../shared/task.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeTask, listTasks } from './tasks.ts';

export function bindTaskRoutes(app: App, router: Router): void {
  router.get(
    '/tasks',
    route(app, { permission: 'tasks:view', query: taskQuerySchema }, ({ query }) => listTasks(app, query)),
  );
  router.patch(
    '/tasks/:id',
    route(app, { permission: 'tasks:edit', body: taskPatchSchema }, ({ param, body }) => changeTask(app, param('id'), body)),
  );
}
