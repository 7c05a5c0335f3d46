import type { Router } from 'express';
import * as z from 'zod';
import { uploadedFileSchema } from '../../shared/attachment-schema.ts';
import {
  answerCreateSchema,
  answerListSchema,
  answerPatchSchema,
  answerSchema,
  answerTrialSchema,
  answerTrySchema,
} from '../../shared/automatic-answer.ts';
import { fileCopySchema } from '../../shared/canned-response.ts';
import { pageSchema } from '../../shared/page.ts';
import { fromLibrarySchema, readyAnswerQuerySchema, readyAnswerSchema } from '../../shared/ready-answer.ts';
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
    route(
      app,
      { permission: reading, query: answerListSchema, summary: 'List the automatic answers.', reply: pageSchema(answerSchema) },
      ({ query }) => listAnswers(app, query),
    ),
  );
  router.post(
    '/answers',
    route(
      app,
      {
        permission: writing,
        body: answerCreateSchema,
        status: 201,
        summary: 'Make an automatic answer; `id` is made by the client, so a repeated call finds the first one.',
        reply: answerSchema,
      },
      ({ caller, body }) => createAnswer(room, caller.agentId, body),
    ),
  );
  router.post(
    '/answers/try',
    route(
      app,
      {
        permission: reading,
        body: answerTrySchema,
        summary: 'Try what would be answered to a text, and why; nothing is said to anybody.',
        reply: answerTrialSchema,
      },
      ({ body }) => tryAnswers(room, body),
    ),
  );
  router.get(
    '/answers/library',
    route(
      app,
      {
        permission: writing,
        query: readyAnswerQuerySchema,
        summary: 'List the ready answers to fill in.',
        reply: pageSchema(readyAnswerSchema),
      },
      ({ query }) => listReadyAnswers(app, query.language),
    ),
  );
  router.post(
    '/answers/from-library',
    route(
      app,
      {
        permission: writing,
        body: fromLibrarySchema,
        status: 201,
        summary: 'Take ready answers over.',
        reply: z.object({ items: z.array(answerSchema) }),
      },
      ({ body }) => createFromLibrary(room, body),
    ),
  );
  router.get(
    '/answers/:id',
    route(app, { permission: reading, summary: 'Show one automatic answer.', reply: answerSchema }, ({ param }) =>
      getAnswer(app.storage.db, param('id')),
    ),
  );
  router.patch(
    '/answers/:id',
    route(
      app,
      {
        permission: writing,
        body: answerPatchSchema,
        summary: 'Change an automatic answer; it speaks so within a second.',
        reply: answerSchema,
      },
      ({ caller, param, body }) => changeAnswer(room, caller.agentId, { id: param('id'), patch: body }),
    ),
  );
  router.delete(
    '/answers/:id',
    route(app, { permission: writing, summary: 'Remove an automatic answer.' }, ({ param }) => removeAnswer(room, param('id'))),
  );
  router.post(
    '/answers/:id/copies',
    route(
      app,
      {
        permission: 'conversations:reply',
        body: fileCopySchema,
        status: 201,
        summary: "Copy a file of an answer, to be sent with a message of the caller's.",
        reply: uploadedFileSchema,
      },
      async ({ caller, param, body }) => {
        await app.limits.spend('uploads', caller.agentId);
        return copyAnswerFile(room, { kind: 'agent', id: caller.agentId }, { id: param('id'), fileId: body.fileId });
      },
    ),
  );
}
