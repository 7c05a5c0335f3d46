import type { Router } from 'express';
import {
  cannedResponseCreateSchema,
  cannedResponsePatchSchema,
  fileCopySchema,
  repertoireQuerySchema,
} from '../../shared/canned-response.ts';
import type { App } from '../app.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { route } from '../transport/route.ts';
import {
  changeCannedResponse,
  copyCannedFile,
  createCannedResponse,
  listCannedResponses,
  removeCannedResponse,
} from './canned-responses.ts';

/** For whoever replies or manages; whose a response is decides the rest. */
const permission = ['conversations:reply', 'canned:manage'] as const;

export function bindCannedResponseRoutes(app: App, router: Router, attachments: Attachments): void {
  router.get(
    '/canned-responses',
    route(app, { permission, query: repertoireQuerySchema }, ({ caller, query }) => listCannedResponses(app, caller, query)),
  );
  router.post(
    '/canned-responses',
    route(app, { permission, body: cannedResponseCreateSchema, status: 201 }, ({ caller, body }) =>
      createCannedResponse(app, caller, body),
    ),
  );
  router.patch(
    '/canned-responses/:id',
    route(app, { permission, body: cannedResponsePatchSchema }, ({ caller, param, body }) =>
      changeCannedResponse(app, { caller, attachments }, { id: param('id'), patch: body }),
    ),
  );
  router.delete(
    '/canned-responses/:id',
    route(app, { permission }, ({ caller, param }) => removeCannedResponse(app, { caller, attachments }, param('id'))),
  );
  router.post(
    '/canned-responses/:id/copies',
    route(app, { permission: 'conversations:reply', body: fileCopySchema, status: 201 }, async ({ caller, param, body }) => {
      await app.limits.spend('uploads', caller.agentId);
      return copyCannedFile(app, { caller, attachments }, { id: param('id'), fileId: body.fileId });
    }),
  );
}
