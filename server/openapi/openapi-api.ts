import { createHash } from 'node:crypto';
import type { RequestHandler, Router } from 'express';
import * as z from 'zod';
import { describedRoute, openRoute } from '../transport/route.ts';
import { type ApiDescription, type BoundRoute, describeApi } from './api-description.ts';

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
        made ??= describeApi(listRoutes(router), { prefix: '/api', version }).then(printed);
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

/** A route that says nothing of itself cannot be described. */
function listRoutes(router: Router): BoundRoute[] {
  const bound: BoundRoute[] = [];
  for (const { route } of router.stack) {
    if (!route) continue;
    const methods = Object.keys((route as unknown as { methods: Record<string, boolean> }).methods);
    const told = route.stack.map(({ handle }) => describedRoute(handle as RequestHandler)).find((one) => one !== undefined);
    for (const method of methods.filter((one) => one !== 'options')) {
      if (!told) throw new Error(`${method.toUpperCase()} ${route.path} says nothing of itself.`);
      bound.push({ method, path: String(route.path), told });
    }
  }
  return bound;
}
