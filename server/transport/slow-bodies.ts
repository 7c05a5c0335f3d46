import type { Server } from 'node:http';

const REQUEST_MAX_MS = 20_000;
/** A phone on a bad line sends its picture for minutes. */
const UPLOAD_MAX_MS = 10 * 60 * 1_000;

/** What Node allows at the most for any request; `cutSlowBodies` is stricter with most of them. */
export const WHOLE_REQUEST_MAX_MS = UPLOAD_MAX_MS + 30_000;

/** Node knows one time limit for all requests; here an upload has its own, and whoever is slow with anything else is cut off. */
export function cutSlowBodies(http: Server, isUpload: (url: string) => boolean): void {
  http.on('request', (request) => {
    if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return;
    const limitMs = isUpload(request.url ?? '') ? UPLOAD_MAX_MS : REQUEST_MAX_MS;
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy();
    }, limitMs);
    request.once('close', () => clearTimeout(timer));
  });
}
