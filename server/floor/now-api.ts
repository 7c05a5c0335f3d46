import type { Router } from 'express';
import type { Socket } from 'socket.io';
import * as z from 'zod';
import { availabilitySetSchema } from '../../shared/agent.ts';
import { conversationSummarySchema } from '../../shared/conversation.ts';
import { nowQuerySchema, nowWatchSchema } from '../../shared/now-board.ts';
import { pageSchema } from '../../shared/page.ts';
import { requireRight } from '../access/rights.ts';
import { setAvailabilityOf } from '../agents/agents.ts';
import type { App } from '../app.ts';
import type { Requests } from '../transport/answer.ts';
import { route } from '../transport/route.ts';
import type { Caller } from '../transport/wire.ts';
import { listNowRows, type NowBoards } from './now-boards.ts';

const permission = 'reports:view';

export function bindNow(requests: Requests<{ socket: Socket; caller: Caller }>, boards: NowBoards): void {
  requests.answer('now:watch', nowWatchSchema, async ({ since }, { socket, caller }) => {
    requireRight(caller, permission);
    const board = await boards.watch(socket.id, { caller, since, tell: (next) => socket.emit('now:changed', next) });
    if (!socket.connected) boards.unwatch(socket.id);
    return board;
  });
  requests.answer('now:unwatch', z.object({}), (_, { socket }) => boards.unwatch(socket.id));
}

export function bindNowRoutes(app: App, router: Router): void {
  router.get(
    '/now/conversations',
    route(
      app,
      {
        permission,
        query: nowQuerySchema,
        summary: 'List the conversations behind a number of the board of now.',
        reply: pageSchema(conversationSummarySchema),
      },
      ({ caller, query }) => listNowRows(app, caller, query),
    ),
  );
  router.patch(
    '/agents/:id/availability',
    route(
      app,
      { permission, body: availabilitySetSchema, summary: 'Say for a colleague whether it is there.' },
      async ({ caller, param, body }) => {
        requireRight(caller, 'conversations:assign');
        await setAvailabilityOf(app, caller, param('id'), body.availability);
      },
    ),
  );
}
