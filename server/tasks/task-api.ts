import type { Router } from 'express';
import { callPromiseSchema, callTimesQuerySchema, taskAttemptSchema, taskPatchSchema, taskQuerySchema } from '../../shared/task.ts';
import { route } from '../transport/route.ts';
import { attemptCall } from './attempts.ts';
import { offerCallTimes } from './call-offers.ts';
import { promiseCall } from './call-promises.ts';
import type { CallbackRoom } from './callbacks.ts';
import { changeTask, listTasks } from './tasks.ts';

export function bindTaskRoutes(callbacks: CallbackRoom, router: Router): void {
  const { room } = callbacks;
  const { app } = room;
  router.get(
    '/tasks',
    route(app, { permission: 'tasks:view', query: taskQuerySchema }, ({ caller, query }) => listTasks(app, caller, query)),
  );
  router.get(
    '/call-times',
    route(app, { permission: 'tasks:edit', query: callTimesQuerySchema }, ({ caller, query }) => offerCallTimes(app, caller, query)),
  );
  router.post(
    '/tasks',
    route(app, { permission: 'tasks:edit', body: callPromiseSchema }, ({ caller, body }) => promiseCall(callbacks, caller, body)),
  );
  router.patch(
    '/tasks/:id',
    route(app, { permission: 'tasks:edit', body: taskPatchSchema }, ({ caller, param, body }) =>
      changeTask(callbacks, caller, param('id'), body),
    ),
  );
  router.post(
    '/tasks/:id/attempts',
    route(app, { permission: 'tasks:edit', body: taskAttemptSchema }, ({ caller, param, body }) =>
      attemptCall(room, caller, param('id'), body),
    ),
  );
}
