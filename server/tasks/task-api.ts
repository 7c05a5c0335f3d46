import type { Router } from 'express';
import * as z from 'zod';
import {
  callTimesQuerySchema,
  taskAttemptSchema,
  taskChangesReplySchema,
  taskChangesSchema,
  taskCreateSchema,
  taskPageSchema,
  taskPatchSchema,
  taskQuerySchema,
  taskSchema,
} from '../../shared/task.ts';
import { route } from '../transport/route.ts';
import { attemptCall } from './attempts.ts';
import { offerCallTimes } from './call-offers.ts';
import type { CallbackRoom } from './callbacks.ts';
import { changeTask, changeTasks, createTask } from './task-changes.ts';
import { listTasks } from './task-lists.ts';
import { getSeenTask } from './task-views.ts';
import { removeTodo } from './todos.ts';

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
        summary:
          'Calls to be made and anything else to be done, by when it is due; what is done the latest first. With the counts of the open ones.',
        reply: taskPageSchema,
      },
      ({ caller, query }) => listTasks(app, caller, query),
    ),
  );
  router.get(
    '/tasks/:id',
    route(app, { permission: 'tasks:view', summary: 'One task.', reply: taskSchema }, ({ caller, param }) =>
      getSeenTask(app, caller, param('id')),
    ),
  );
  router.get(
    '/call-times',
    route(app, { permission: 'tasks:edit', query: callTimesQuerySchema }, ({ caller, query }) => offerCallTimes(app, caller, query)),
  );
  router.post(
    '/tasks',
    route(
      app,
      {
        permission: 'tasks:edit',
        body: taskCreateSchema,
        summary: 'Promise a customer a call, or write down anything else that is to be done. A repeated request finds the first task.',
        reply: taskSchema,
      },
      ({ caller, body }) => createTask(callbacks, caller, body),
    ),
  );
  router.post(
    '/tasks/changes',
    route(
      app,
      {
        permission: 'tasks:edit',
        body: taskChangesSchema,
        status: 200,
        summary: 'Change many tasks, each by its own patch. What cannot be done is told, and stops nothing else.',
        reply: taskChangesReplySchema,
      },
      ({ caller, body }) => changeTasks(callbacks, caller, body),
    ),
  );
  router.patch(
    '/tasks/:id',
    route(
      app,
      {
        permission: 'tasks:edit',
        body: taskPatchSchema,
        summary:
          'Done, open again, somebody’s, due at another time, or saying something else. With a version it is stale where somebody was quicker.',
        reply: taskSchema,
      },
      ({ caller, param, body }) => changeTask(callbacks, caller, param('id'), body),
    ),
  );
  router.delete(
    '/tasks/:id',
    route(
      app,
      { permission: 'tasks:edit', summary: 'Take away what is no call. Of what comes again nothing more comes.', reply: z.undefined() },
      ({ caller, param }) => removeTodo(callbacks, caller, param('id')),
    ),
  );
  router.post(
    '/tasks/:id/attempts',
    route(
      app,
      {
        permission: 'tasks:edit',
        body: taskAttemptSchema,
        summary: 'Begin to call, go on, or say what came of it.',
        reply: taskSchema,
      },
      ({ caller, param, body }) => attemptCall(room, caller, param('id'), body),
    ),
  );
}
