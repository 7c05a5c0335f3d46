import type { Router } from 'express';
import type { Socket } from 'socket.io';
import { repertoirePageSchema, repertoireQuerySchema } from '../../shared/canned-response.ts';
import { macroCreateSchema, macroPatchSchema, macroRunSchema, macroSchema } from '../../shared/macro.ts';
import type { App } from '../app.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import type { Requests } from '../transport/answer.ts';
import { route } from '../transport/route.ts';
import type { Caller } from '../transport/wire.ts';
import { runMacro } from './macro-run.ts';
import { changeMacro, createMacro, listMacros, removeMacro } from './macros.ts';

/** For whoever replies or manages; whose a macro is decides the rest. */
const permission = ['conversations:reply', 'canned:manage'] as const;

export function bindMacroRoutes(app: App, router: Router): void {
  router.get(
    '/macros',
    route(
      app,
      {
        permission,
        query: repertoireQuerySchema,
        summary: 'List the macros that the caller may use.',
        reply: repertoirePageSchema(macroSchema),
      },
      ({ caller, query }) => listMacros(app, caller, query),
    ),
  );
  router.post(
    '/macros',
    route(
      app,
      { permission, body: macroCreateSchema, status: 201, summary: 'Make a macro; `id` is made by the client.', reply: macroSchema },
      ({ caller, body }) => createMacro(app, caller, body),
    ),
  );
  router.patch(
    '/macros/:id',
    route(app, { permission, body: macroPatchSchema, summary: 'Change a macro.', reply: macroSchema }, ({ caller, param, body }) =>
      changeMacro(app, caller, { id: param('id'), patch: body }),
    ),
  );
  router.delete(
    '/macros/:id',
    route(app, { permission, summary: 'Remove a macro.' }, ({ caller, param }) => removeMacro(app, caller, param('id'))),
  );
}

export function bindMacroRuns<Desk extends { socket: Socket; caller: Caller }>(requests: Requests<Desk>, room: ConversationRoom): void {
  requests.answer('macro:run', macroRunSchema, (request, { socket, caller }) => runMacro(room, { caller, socketId: socket.id }, request));
}
