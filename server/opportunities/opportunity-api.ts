import type { Router } from 'express';
import {
  boardQuerySchema,
  boardSchema,
  opportunityCloseSchema,
  opportunityCreateSchema,
  opportunityMoveSchema,
  opportunityPageSchema,
  opportunityPatchSchema,
  opportunityQuerySchema,
  opportunitySchema,
} from '../../shared/opportunity.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { readBoard } from './board.ts';
import {
  changeOpportunity,
  closeOpportunity,
  createOpportunity,
  getOpportunity,
  moveOpportunity,
  removeOpportunity,
} from './opportunities.ts';
import { listOpportunities } from './opportunity-pages.ts';

const mayView = 'opportunities:view';
const mayEdit = 'opportunities:edit';
const reply = opportunitySchema;

export function bindOpportunityRoutes(app: App, router: Router): void {
  router.get(
    '/opportunities',
    route(
      app,
      { permission: mayView, query: opportunityQuerySchema, reply: opportunityPageSchema, summary: 'List opportunities.' },
      ({ caller, query }) => listOpportunities(app, caller, query),
    ),
  );
  router.post(
    '/opportunities',
    route(
      app,
      { permission: mayEdit, body: opportunityCreateSchema, status: 201, reply, summary: 'Open an opportunity.' },
      ({ caller, body }) => createOpportunity(app, caller, body),
    ),
  );
  router.get(
    '/opportunities/board',
    route(
      app,
      {
        permission: mayView,
        query: boardQuerySchema,
        reply: boardSchema,
        summary: 'Show one pipeline by stages, with counts, sums and the first cards of each.',
      },
      ({ caller, query }) => readBoard(app, caller, query),
    ),
  );
  router.get(
    '/opportunities/:id',
    route(app, { permission: mayView, reply, summary: 'Show one opportunity.' }, ({ param }) => getOpportunity(app, param('id'))),
  );
  router.patch(
    '/opportunities/:id',
    route(app, { permission: mayEdit, body: opportunityPatchSchema, reply, summary: 'Change an opportunity.' }, ({ param, body }) =>
      changeOpportunity(app, param('id'), body),
    ),
  );
  router.delete(
    '/opportunities/:id',
    route(app, { permission: mayEdit, summary: 'Delete an opportunity.' }, ({ param }) => removeOpportunity(app, param('id'))),
  );
  router.post(
    '/opportunities/:id/move',
    route(
      app,
      {
        permission: mayEdit,
        body: opportunityMoveSchema,
        reply,
        summary: 'Move an opportunity to a stage and a place in it; one that was closed is opened again.',
      },
      ({ param, body }) => moveOpportunity(app, param('id'), body),
    ),
  );
  router.post(
    '/opportunities/:id/close',
    route(
      app,
      { permission: mayEdit, body: opportunityCloseSchema, reply, summary: 'Close an opportunity as won or lost.' },
      ({ param, body }) => closeOpportunity(app, param('id'), body),
    ),
  );
}
