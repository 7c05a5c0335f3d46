/** The wires of files: uploads of visitors and agents, and the address under which a file is read. */

import type { Request, RequestHandler, Router } from 'express';
import { uploadedFileSchema } from '../../shared/attachment-schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { Blocks } from '../contacts/blocks.ts';
import { findVisitor } from '../contacts/visitors.ts';
import { findInboxByKey } from '../settings/inboxes.ts';
import { replyFile } from '../transport/file-reply.ts';
import { isAllowedOrigin } from '../transport/origin.ts';
import { addressOf, openRoute, route } from '../transport/route.ts';
import type { Attachments, Uploader } from './attachments.ts';

export function bindAttachmentRoutes(
  app: App,
  router: Router,
  { attachments, blocks }: { attachments: Attachments; blocks: Blocks },
): void {
  const keep = async (uploader: Uploader, request: Request) => {
    await app.limits.spend('addressUploads', addressOf(request));
    await app.limits.spend('uploads', uploader.id);
    return attachments.keep(uploader, { headers: request.headers, body: request });
  };
  // Pages of other origins ask first, because of the token.
  router.options('/widget/:inboxKey/attachments', anyOrigin, (_request, response) => {
    response
      .set({
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'Authorization',
        'Access-Control-Max-Age': '86400',
      })
      .status(204)
      .end();
  });
  router.post(
    '/widget/:inboxKey/attachments',
    anyOrigin,
    openRoute(
      {
        permission: null,
        isFor: 'visitor',
        summary: 'Upload a file of a visitor; the message that names its id takes it.',
        takesFile: true,
        status: 201,
        reply: uploadedFileSchema,
      },
      async (request, response) => {
        const uploader = await requireVisitor(app, request, blocks);
        response.status(201);
        return keep(uploader, request);
      },
    ),
  );
  router.post(
    '/attachments',
    route(
      app,
      {
        permission: ['conversations:reply', 'contacts:edit', 'tickets:edit', 'opportunities:edit'],
        takesFile: true,
        status: 201,
        summary: 'Upload a file (multipart, part `file`); the message or the document that names its id takes it.',
        reply: uploadedFileSchema,
      },
      ({ caller, request }) => keep({ kind: 'agent', id: caller.agentId }, request),
    ),
  );
}

/** `GET /attachments/:id/:signature`, for whoever has the address, on any site's page. */
export function serveAttachments(attachments: Attachments): RequestHandler {
  return openRoute({ permission: null, isFor: 'anybody', summary: 'Read a file that came with a message.' }, async (request, response) => {
    const { row, path } = await attachments.find(String(request.params.id), String(request.params.signature));
    await replyFile({ request, response }, { ...row, path, isForAnyPage: true });
  });
}

const anyOrigin: RequestHandler = (_request, response, next) => {
  response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  next();
};

async function requireVisitor(app: App, request: Request, blocks: Blocks): Promise<Uploader> {
  const inbox = await findInboxByKey(app, String(request.params.inboxKey));
  if (!inbox) throw new AppError('not-found', 'There is no such inbox.');
  if (!isAllowedOrigin(request.headers, inbox.allowedOrigins, app.publicHost)) {
    throw new AppError('forbidden', 'This page may not open this widget.');
  }
  if (!inbox.settings.hasAttachments) throw new AppError('forbidden', 'This inbox takes no files.');
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const visitor = token === undefined ? undefined : await findVisitor(app.storage.db, inbox.id, token);
  if (!visitor) throw new AppError('unauthenticated', 'This visitor is not known.');
  blocks.requireWelcome('attachment', visitor);
  return { kind: 'visitor', id: visitor.id };
}
