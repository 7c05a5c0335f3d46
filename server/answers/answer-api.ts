import type { Router } from 'express';
import { answerCreateSchema, answerListSchema, answerPatchSchema, answerTrySchema } from '../../shared/automatic-answer.ts';
import { fileCopySchema } from '../../shared/canned-response.ts';
import { fromLibrarySchema, readyAnswerQuerySchema } from '../../shared/ready-answer.ts';
import { route } from '../transport/route.ts';
import { tryAnswers } from './answer-trial.ts';
import { type AnswerRoom, changeAnswer, copyAnswerFile, createAnswer, getAnswer, listAnswers, removeAnswer } from './answers.ts';
import { createFromLibrary, listReadyAnswers } from './library-answers.ts';

/** Whoever replies reads them to insert one. */
const reading = ['answers:manage', 'conversations:reply'] as const;
const writing = 'answers:manage';

export function bindAnswerRoutes(room: AnswerRoom, router: Router): void {
  const { app } = room;
  router.get(
    '/answers',
    route(app, { permission: reading, query: answerListSchema }, ({ query }) => listAnswers(app, query)),
  );
  router.post(
    '/answers',
    route(app, { permission: writing, body: answerCreateSchema, status: 201 }, ({ caller, body }) =>
      createAnswer(room, caller.agentId, body),
    ),
  );
  router.post(
    '/answers/try',
    route(app, { permission: reading, body: answerTrySchema }, ({ body }) => tryAnswers(room, body)),
  );
  router.get(
    '/answers/library',
    route(app, { permission: writing, query: readyAnswerQuerySchema }, ({ query }) => listReadyAnswers(app, query.language)),
  );
  router.post(
    '/answers/from-library',
    route(app, { permission: writing, body: fromLibrarySchema, status: 201 }, ({ body }) => createFromLibrary(room, body)),
  );
  router.get(
    '/answers/:id',
    route(app, { permission: reading }, ({ param }) => getAnswer(app.storage.db, param('id'))),
  );
  router.patch(
    '/answers/:id',
    route(app, { permission: writing, body: answerPatchSchema }, ({ caller, param, body }) =>
      changeAnswer(room, caller.agentId, { id: param('id'), patch: body }),
    ),
  );
  router.delete(
    '/answers/:id',
    route(app, { permission: writing }, ({ param }) => removeAnswer(room, param('id'))),
  );
  router.post(
    '/answers/:id/copies',
    route(app, { permission: 'conversations:reply', body: fileCopySchema, status: 201 }, async ({ caller, param, body }) => {
      await app.limits.spend('uploads', caller.agentId);
      return copyAnswerFile(room, { kind: 'agent', id: caller.agentId }, { id: param('id'), fileId: body.fileId });
    }),
  );
}
