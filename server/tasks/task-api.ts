import type { Router } from 'express';
import {
  callChoicesSchema,
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
        summary: 'List tasks, calls among them: the open ones by when they are due, the done ones latest first.',
        reply: taskPageSchema,
      },
      ({ caller, query }) => listTasks(app, caller, query),
    ),
  );
  router.get(
    '/tasks/:id',
    route(app, { permission: 'tasks:view', summary: 'Read one task.', reply: taskSchema }, ({ caller, param }) =>
      getSeenTask(app, caller, param('id')),
    ),
  );
  router.get(
    '/call-times',
    route(
      app,
      {
        permission: 'tasks:edit',
        query: callTimesQuerySchema,
        summary: 'List when a call could be made, for who chooses a time.',
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
        body: taskCreateSchema,
        summary: 'Promise a call to a customer, or write down anything else that is to be done; `id` is made by the client.',
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
        summary: 'Change many tasks, each by its own patch; what is refused stops nothing else.',
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
        summary: 'Mark a task as done or open, give it to somebody, move it, or change what it says.',
        reply: taskSchema,
      },
      ({ caller, param, body }) => changeTask(callbacks, caller, param('id'), body),
    ),
  );
  router.delete(
    '/tasks/:id',
    route(
      app,
      { permission: 'tasks:edit', summary: 'Delete a task that is no call, with all that would follow it.' },
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
        summary: 'Begin, hold or end a try to call.',
        reply: taskSchema,
      },
      ({ caller, param, body }) => attemptCall(room, caller, param('id'), body),
    ),
  );
}
