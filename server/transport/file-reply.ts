import type { Request, Response } from 'express';
import { AppError } from '../../shared/errors.ts';

/** So long a browser shows a file of a message without asking whether it is still there. */
const FRESH_FOR_S = 300;

interface RepliedFile {
  path: string;
  name: string;
  type: string;
  /** Widgets show it on the pages of others; without it every look is asked for anew, and only our own pages may show it. */
  isForAnyPage?: boolean;
}

/** A file that somebody has sent: whatever it may turn out to be, it is no page of ours. With `?view` a PDF is shown, with `?download` nothing is. */
export async function replyFile(
  { request, response }: { request: Request; response: Response },
  { path, name, type, isForAnyPage = false }: RepliedFile,
): Promise<void> {
  // The browser's own viewer shows it in a frame of ours; it draws nothing in a sandbox, and runs no script of the document in our page.
  const isViewed = type === 'application/pdf' && request.query.view !== undefined;
  const isInline = isViewed || (/^image\/(png|jpeg|gif|webp|avif)$/.test(type) && request.query.download === undefined);
  response.set({
    // It runs nothing and loads nothing.
    'Content-Security-Policy': isViewed ? "frame-ancestors 'self'" : "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': isForAnyPage ? 'cross-origin' : 'same-origin',
    'Referrer-Policy': 'no-referrer',
    // Asked for again soon, since whoever sent it may have had it erased.
    'Cache-Control': isForAnyPage ? `private, max-age=${FRESH_FOR_S}, must-revalidate` : 'private, no-cache',
    'Content-Type': type,
    'Content-Disposition': `${isInline ? 'inline' : 'attachment'}; ${nameParameters(name)}`,
  });
  await send(response, path);
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

/** The name in plain letters for old programs, and as it is for all others (RFC 6266). */
function nameParameters(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}
