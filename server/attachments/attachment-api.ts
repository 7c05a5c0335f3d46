/** The wires of files: uploads of visitors and agents, and the address under which a file is read. */

import type { Request, RequestHandler, Response, Router } from 'express';
import { uploadedFileSchema } from '../../shared/attachment-schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { Blocks } from '../contacts/blocks.ts';
import { findVisitor } from '../contacts/visitors.ts';
import { findInboxByKey } from '../settings/inboxes.ts';
import { isAllowedOrigin } from '../transport/origin.ts';
import { addressOf, openRoute, route } from '../transport/route.ts';
import type { Attachments, Uploader } from './attachments.ts';

/** So long a browser shows a file without asking whether it is still there. */
const FRESH_FOR_S = 300;

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
    // The browser's own viewer shows it in a frame of ours; it draws nothing in a sandbox, and runs no script of the document in our page.
    const isViewed = row.type === 'application/pdf' && request.query.view !== undefined;
    const isInline = isViewed || (/^image\/(png|jpeg|gif|webp|avif)$/.test(row.type) && request.query.download === undefined);
    response.set({
      // Whatever the content may turn out to be, it is no page of ours: it runs nothing and loads nothing.
      'Content-Security-Policy': isViewed ? "frame-ancestors 'self'" : "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Referrer-Policy': 'no-referrer',
      // Asked for again soon, since whoever sent it may have had it erased.
      'Cache-Control': `private, max-age=${FRESH_FOR_S}, must-revalidate`,
      'Content-Type': row.type,
      'Content-Disposition': `${isInline ? 'inline' : 'attachment'}; ${nameParameters(row.name)}`,
    });
    await send(response, path);
  });
}

function send(response: Response, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    response.sendFile(path, { cacheControl: false, dotfiles: 'allow' }, (error?: Error & { code?: string; status?: number }) => {
      if (!error || response.headersSent) return resolve();
      for (const name of ['Cache-Control', 'Content-Disposition', 'Content-Type']) response.removeHeader(name);
      if (error.status === 416) return resolve(void response.status(416).end());
      reject(error.code === 'ENOENT' ? new AppError('not-found', 'There is no such file.') : error);
    });
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

/** The name in plain letters for old programs, and as it is for all others (RFC 6266). */
function nameParameters(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}
