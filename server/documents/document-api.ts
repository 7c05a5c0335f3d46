import type { Router } from 'express';
import {
  documentCreateSchema,
  documentPageSchema,
  documentPatchSchema,
  documentQuerySchema,
  fileDocumentSchema,
} from '../../shared/document.ts';
import { replyFile } from '../transport/file-reply.ts';
import { route } from '../transport/route.ts';
import {
  addDocument,
  type DocumentRoom,
  listDocuments,
  openDocument,
  removeDocument,
  renameDocument,
  restoreDocument,
} from './documents.ts';

/** What a document is kept with asks for more. */
const viewing = ['contacts:view', 'tickets:view', 'opportunities:view'] as const;
const changing = ['contacts:edit', 'tickets:edit', 'opportunities:edit'] as const;

export function bindDocumentRoutes(room: DocumentRoom, router: Router): void {
  const { app } = room;
  router.get(
    '/documents',
    route(
      app,
      {
        permission: viewing,
        query: documentQuerySchema,
        summary: 'List documents of a person, or of one ticket or opportunity, newest first.',
        reply: documentPageSchema,
      },
      ({ caller, query }) => listDocuments(room, caller, query),
    ),
  );
  router.post(
    '/documents',
    route(
      app,
      {
        permission: changing,
        body: documentCreateSchema,
        status: 201,
        summary: 'Keep an uploaded file with a person, a ticket or an opportunity.',
        reply: fileDocumentSchema,
      },
      ({ caller, body }) => addDocument(room, caller, body),
    ),
  );
  router.patch(
    '/documents/:id',
    route(
      app,
      { permission: changing, body: documentPatchSchema, summary: 'Rename a document.', reply: fileDocumentSchema },
      ({ caller, param, body }) => renameDocument(room, caller, { ...body, id: param('id') }),
    ),
  );
  router.get(
    '/documents/:id/file',
    route(
      app,
      { permission: viewing, isLink: true, summary: 'Read what is in a document.', files: ['application/octet-stream'] },
      async ({ caller, param, request, response }) => {
        await replyFile({ request, response }, await openDocument(room, caller, param('id')));
      },
    ),
  );
  router.delete(
    '/documents/:id',
    route(app, { permission: changing, summary: 'Remove a document; it can be restored for a day.' }, ({ caller, param }) =>
      removeDocument(room, caller, param('id')),
    ),
  );
  router.post(
    '/documents/:id/restore',
    route(app, { permission: changing, summary: 'Bring a removed document back.', reply: fileDocumentSchema }, ({ caller, param }) =>
      restoreDocument(room, caller, param('id')),
    ),
  );
}
