import type { Router } from 'express';
import {
  lostReasonListSchema,
  lostReasonsSchema,
  pipelineCreateSchema,
  pipelineListSchema,
  pipelineOrderSchema,
  pipelinePatchSchema,
  pipelineSchema,
} from '../../shared/opportunity.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changePipeline, createPipeline, listLostReasons, listPipelines, orderPipelines, writeLostReasons } from './pipelines.ts';

const permission = 'crm:manage';
const maySee = ['opportunities:view', permission] as const;

export function bindPipelineRoutes(app: App, router: Router): void {
  router.get(
    '/pipelines',
    route(app, { permission: maySee, reply: pipelineListSchema, summary: 'List pipelines with their stages.' }, async () => ({
      items: await listPipelines(app.storage.db),
      next: null,
    })),
  );
  router.post(
    '/pipelines',
    route(app, { permission, body: pipelineCreateSchema, status: 201, reply: pipelineSchema, summary: 'Make a pipeline.' }, ({ body }) =>
      createPipeline(app, body),
    ),
  );
  router.post(
    '/pipelines/order',
    route(
      app,
      { permission, body: pipelineOrderSchema, reply: pipelineListSchema, summary: 'Put pipelines in order.' },
      async ({ body }) => ({ items: await orderPipelines(app, body.ids), next: null }),
    ),
  );
  router.patch(
    '/pipelines/:id',
    route(
      app,
      { permission, body: pipelinePatchSchema, reply: pipelineSchema, summary: 'Change a pipeline and its stages, or put it away.' },
      ({ param, body }) => changePipeline(app, param('id'), body),
    ),
  );
  router.get(
    '/lost-reasons',
    route(app, { permission: maySee, reply: lostReasonListSchema, summary: 'List why opportunities are lost.' }, () =>
      listLostReasons(app.storage.db),
    ),
  );
  router.put(
    '/lost-reasons',
    route(
      app,
      { permission, body: lostReasonsSchema, reply: lostReasonListSchema, summary: 'Set the list of why opportunities are lost.' },
      ({ body }) => writeLostReasons(app, body.items),
    ),
  );
}
