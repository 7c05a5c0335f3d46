import type { Router } from 'express';
import { uploadedFileSchema } from '../../shared/attachment-schema.ts';
import {
  cannedResponseCreateSchema,
  cannedResponsePatchSchema,
  cannedResponseSchema,
  fileCopySchema,
  repertoirePageSchema,
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
    route(
      app,
      {
        permission,
        query: repertoireQuerySchema,
        summary: 'List the canned responses that the caller may use.',
        reply: repertoirePageSchema(cannedResponseSchema),
      },
      ({ caller, query }) => listCannedResponses(app, caller, query),
    ),
  );
  router.post(
    '/canned-responses',
    route(
      app,
      {
        permission,
        body: cannedResponseCreateSchema,
        status: 201,
        summary: 'Make a canned response; `id` is made by the client.',
        reply: cannedResponseSchema,
      },
      ({ caller, body }) => createCannedResponse(app, caller, body),
    ),
  );
  router.patch(
    '/canned-responses/:id',
    route(
      app,
      { permission, body: cannedResponsePatchSchema, summary: 'Change a canned response.', reply: cannedResponseSchema },
      ({ caller, param, body }) => changeCannedResponse(app, { caller, attachments }, { id: param('id'), patch: body }),
    ),
  );
  router.delete(
    '/canned-responses/:id',
    route(app, { permission, summary: 'Remove a canned response.' }, ({ caller, param }) =>
      removeCannedResponse(app, { caller, attachments }, param('id')),
    ),
  );
  router.post(
    '/canned-responses/:id/copies',
    route(
      app,
      {
        permission: 'conversations:reply',
        body: fileCopySchema,
        status: 201,
        summary: "Copy a file of a canned response, to be sent with a message of the caller's.",
        reply: uploadedFileSchema,
      },
      async ({ caller, param, body }) => {
        await app.limits.spend('uploads', caller.agentId);
        return copyCannedFile(app, { caller, attachments }, { id: param('id'), fileId: body.fileId });
      },
    ),
  );
}
