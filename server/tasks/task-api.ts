import type { Router } from 'express';
import {
  callChoicesSchema,
  callPromiseSchema,
  callTimesQuerySchema,
  taskAttemptSchema,
  taskPageSchema,
  taskPatchSchema,
  taskQuerySchema,
  taskSchema,
} from '../../shared/task.ts';
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
    route(
      app,
      {
        permission: 'tasks:view',
        query: taskQuerySchema,
        summary: 'Lists tasks: the open ones by when they are due, the done ones latest first.',
        reply: taskPageSchema,
      },
      ({ caller, query }) => listTasks(app, caller, query),
    ),
  );
  router.get(
    '/call-times',
    route(
      app,
      {
        permission: 'tasks:edit',
        query: callTimesQuerySchema,
        summary: 'When a call could be made, for who chooses a time.',
        reply: callChoicesSchema,
      },
      ({ caller, query }) => offerCallTimes(app, caller, query),
    ),
  );
  router.post(
    '/tasks',
    route(
      app,
      {
        permission: 'tasks:edit',
        body: callPromiseSchema,
        summary: 'Promises a call to a customer; `id` is made by the client.',
        reply: taskSchema,
      },
      ({ caller, body }) => promiseCall(callbacks, caller, body),
    ),
  );
  router.patch(
    '/tasks/:id',
    route(
      app,
      {
        permission: 'tasks:edit',
        body: taskPatchSchema,
        summary: 'Marks a task as done or open, gives it to somebody, or moves it.',
        reply: taskSchema,
      },
      ({ caller, param, body }) => changeTask(callbacks, caller, param('id'), body),
    ),
  );
  router.post(
    '/tasks/:id/attempts',
    route(
      app,
      { permission: 'tasks:edit', body: taskAttemptSchema, summary: 'Begins, holds or ends a try to call.', reply: taskSchema },
      ({ caller, param, body }) => attemptCall(room, caller, param('id'), body),
    ),
  );
}
