import type { Router } from 'express';
import { taskAttemptSchema, taskPatchSchema, taskQuerySchema } from '../../shared/task.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { route } from '../transport/route.ts';
import { attemptCall } from './attempts.ts';
import { changeTask, listTasks } from './tasks.ts';

export function bindTaskRoutes(room: ConversationRoom, router: Router): void {
  const { app } = room;
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
      attemptCall(room, caller, param('id'), body),
    ),
  );
}
