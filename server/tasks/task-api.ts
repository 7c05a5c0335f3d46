import type { Router } from 'express';
import { taskAttemptSchema, taskPatchSchema, taskQuerySchema } from '../../shared/task.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { attemptCall } from './attempts.ts';
import { changeTask, listTasks } from './tasks.ts';

export function bindTaskRoutes(app: App, router: Router): void {
  router.get(
    '/tasks',
    route(app, { permission: 'tasks:view', query: taskQuerySchema }, ({ caller, query }) => listTasks(app, caller, query)),
  );
  router.patch(
    '/tasks/:id',
    route(app, { permission: 'tasks:edit', body: taskPatchSchema }, ({ caller, param, body }) =>
      changeTask(app, caller, param('id'), body),
    ),
  );
  router.post(
    '/tasks/:id/attempts',
    route(app, { permission: 'tasks:edit', body: taskAttemptSchema }, ({ caller, param, body }) =>
      attemptCall(app, caller, param('id'), body),
    ),
  );
}
