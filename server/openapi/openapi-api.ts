import { createHash } from 'node:crypto';
import type { Router } from 'express';
import * as z from 'zod';
import { openRoute } from '../transport/route.ts';
import { type ApiDescription, describeApi } from './api-description.ts';

/** Bound last: what is bound after it would not be in the description. */
export function bindOpenApi(router: Router, version: string): void {
  let made: Promise<{ text: string; etag: string }> | undefined;
  router.get(
    '/openapi.json',
    openRoute(
      {
        permission: null,
        isFor: 'anybody',
        summary: 'This description of the API, OpenAPI 3.1.',
        reply: z.record(z.string(), z.unknown()),
      },
      async (request, response) => {
        made ??= describeApi(router, { prefix: '/api', version }).then(printed);
        const { text, etag } = await made;
        response.set({ 'Cache-Control': 'no-cache', ETag: etag, 'Access-Control-Allow-Origin': '*' });
        // `request.fresh` would heed that a program's own cache is off.
        if (request.headers['if-none-match'] === etag) response.status(304).end();
        else response.type('json').send(text);
      },
    ),
  );
}

function printed(description: ApiDescription): { text: string; etag: string } {
  const text = JSON.stringify(description);
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` };
}
