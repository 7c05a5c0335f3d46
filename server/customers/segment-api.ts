import type { Router } from 'express';
import { segmentCreateSchema, segmentListSchema, segmentPatchSchema, segmentSchema } from '../../shared/segment.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeSegment, createSegment, listSegments, removeSegment, requireSegment } from './segments.ts';

const permission = 'contacts:view';

export function bindSegmentRoutes(app: App, router: Router): void {
  router.get(
    '/segments',
    route(
      app,
      {
        permission,
        summary: 'List the segments that the caller may look into, with how many customers are in each.',
        reply: segmentListSchema,
      },
      async ({ caller }) => ({ items: await listSegments(app, caller), next: null }),
    ),
  );
  router.post(
    '/segments',
    route(
      app,
      {
        permission,
        body: segmentCreateSchema,
        status: 201,
        summary: 'Make a segment; its members are found in the background.',
        reply: segmentSchema,
      },
      ({ caller, body }) => createSegment(app, caller, body),
    ),
  );
  router.get(
    '/segments/:id',
    route(app, { permission, summary: 'Show one segment.', reply: segmentSchema }, ({ caller, param }) =>
      requireSegment(app, caller, param('id')),
    ),
  );
  router.patch(
    '/segments/:id',
    route(
      app,
      { permission, body: segmentPatchSchema, summary: 'Rename, share or change a segment.', reply: segmentSchema },
      ({ caller, body, param }) => changeSegment(app, caller, param('id'), body),
    ),
  );
  router.delete(
    '/segments/:id',
    route(app, { permission, summary: 'Delete a segment; its customers stay.' }, ({ caller, param }) =>
      removeSegment(app, caller, param('id')),
    ),
  );
}
