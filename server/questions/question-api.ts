import type { Router } from 'express';
import * as z from 'zod';
import { idSchema } from '../../shared/id.ts';
import {
  answerDraftSchema,
  questionExamplesSchema,
  questionLinkSchema,
  questionListSchema,
  questionMergeSchema,
  questionRenameSchema,
  questionSplitSchema,
  questionVersionSchema,
} from '../../shared/question.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { draftAnswer } from './answer-drafts.ts';
import {
  ignoreGroup,
  linkAnswer,
  listQuestionExamples,
  listQuestions,
  mergeGroups,
  renameGroup,
  restoreGroup,
  splitGroup,
} from './question-groups.ts';

const looking = 'reports:view';
const permission = 'answers:manage';
/** Instead of a group's id: what nobody else has asked. */
const SINGLE = 'single';
const groupOrSingle = z.union([idSchema, z.literal(SINGLE)]);

export function bindQuestionRoutes(app: App, router: Router, onChange: () => void): void {
  const changed = async <Result>(result: Promise<Result>): Promise<Result> => {
    const value = await result;
    onChange();
    return value;
  };
  router.get(
    '/questions',
    route(app, { permission: looking, query: questionListSchema }, ({ caller, query }) => listQuestions(app, caller, query)),
  );
  router.get(
    '/questions/:id/examples',
    route(app, { permission: looking, query: questionExamplesSchema }, ({ caller, param, query }) => {
      const id = param('id', groupOrSingle);
      return listQuestionExamples(app, caller, { id: id === SINGLE ? null : id, query });
    }),
  );
  router.post(
    '/questions/:id/rename',
    route(app, { permission, body: questionRenameSchema }, ({ body, param }) => changed(renameGroup(app, param('id'), body))),
  );
  router.post(
    '/questions/:id/merge',
    route(app, { permission, body: questionMergeSchema }, ({ body, param }) => changed(mergeGroups(app, param('id'), body))),
  );
  router.post(
    '/questions/:id/split',
    route(app, { permission, body: questionSplitSchema }, ({ caller, body, param }) => changed(splitGroup(app, caller, param('id'), body))),
  );
  router.post(
    '/questions/:id/ignore',
    route(app, { permission, body: questionVersionSchema }, ({ body, param }) => changed(ignoreGroup(app, param('id'), body.version))),
  );
  router.post(
    '/questions/:id/restore',
    route(app, { permission, body: questionVersionSchema }, ({ body, param }) => changed(restoreGroup(app, param('id'), body.version))),
  );
  router.post(
    '/questions/:id/answer',
    route(app, { permission, body: questionLinkSchema }, ({ body, param }) => changed(linkAnswer(app, param('id'), body))),
  );
  router.post(
    '/questions/:id/answer-draft',
    route(app, { permission, body: answerDraftSchema }, ({ caller, body, param }) => draftAnswer(app, caller, param('id'), body)),
  );
}
