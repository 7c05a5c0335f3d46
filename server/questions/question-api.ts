import type { Router } from 'express';
import * as z from 'zod';
import { idSchema } from '../../shared/id.ts';
import { pageSchema } from '../../shared/page.ts';
import {
  answerDraftProposalSchema,
  answerDraftSchema,
  changedGroupSchema,
  questionExampleSchema,
  questionExamplesSchema,
  questionLinkSchema,
  questionListSchema,
  questionMergeSchema,
  questionPageSchema,
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
    route(
      app,
      {
        permission: looking,
        query: questionListSchema,
        summary: 'List what visitors keep asking in a span of time, in groups.',
        reply: questionPageSchema,
      },
      ({ caller, query }) => listQuestions(app, caller, query),
    ),
  );
  router.get(
    '/questions/:id/examples',
    route(
      app,
      {
        permission: looking,
        query: questionExamplesSchema,
        summary: 'List questions of a group, with where they were asked.',
        reply: pageSchema(questionExampleSchema),
      },
      ({ caller, param, query }) => {
        const id = param('id', groupOrSingle);
        return listQuestionExamples(app, caller, { id: id === SINGLE ? null : id, query });
      },
    ),
  );
  router.post(
    '/questions/:id/rename',
    route(
      app,
      { permission, body: questionRenameSchema, summary: 'Give a group of questions a name of its own.', reply: changedGroupSchema },
      ({ body, param }) => changed(renameGroup(app, param('id'), body)),
    ),
  );
  router.post(
    '/questions/:id/merge',
    route(
      app,
      { permission, body: questionMergeSchema, summary: 'Put groups of questions into this one; it stays so.', reply: changedGroupSchema },
      ({ body, param }) => changed(mergeGroups(app, param('id'), body)),
    ),
  );
  router.post(
    '/questions/:id/split',
    route(
      app,
      {
        permission,
        body: questionSplitSchema,
        summary: 'Take questions out of a group into one of their own.',
        reply: changedGroupSchema,
      },
      ({ caller, body, param }) => changed(splitGroup(app, caller, param('id'), body)),
    ),
  );
  router.post(
    '/questions/:id/ignore',
    route(
      app,
      { permission, body: questionVersionSchema, summary: 'Leave a group of questions out of the list.', reply: changedGroupSchema },
      ({ body, param }) => changed(ignoreGroup(app, param('id'), body.version)),
    ),
  );
  router.post(
    '/questions/:id/restore',
    route(
      app,
      {
        permission,
        body: questionVersionSchema,
        summary: 'Take an ignored group of questions back into the list.',
        reply: changedGroupSchema,
      },
      ({ body, param }) => changed(restoreGroup(app, param('id'), body.version)),
    ),
  );
  router.post(
    '/questions/:id/answer',
    route(
      app,
      { permission, body: questionLinkSchema, summary: 'Say which automatic answer a group of questions has.', reply: changedGroupSchema },
      ({ body, param }) => changed(linkAnswer(app, param('id'), body)),
    ),
  );
  router.post(
    '/questions/:id/answer-draft',
    route(
      app,
      {
        permission,
        body: answerDraftSchema,
        summary: 'Draft an automatic answer for a group of questions, filled in to be edited; nothing is stored.',
        reply: answerDraftProposalSchema,
      },
      ({ caller, body, param }) => draftAnswer(app, caller, param('id'), body),
    ),
  );
}
