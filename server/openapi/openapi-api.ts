import { createHash } from 'node:crypto';
import type { RequestHandler, Router } from 'express';
import * as z from 'zod';
import { PROTOCOL_VERSION } from '../../shared/events.ts';
import type { App } from '../app.ts';
import { describedRoute, openRoute } from '../transport/route.ts';
import { type ApiDescription, type BoundRoute, describeApi } from './api-description.ts';
import { docsScript, docsStyle } from './docs-look.ts';
import { toDocsPage } from './docs-page.ts';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const docsHeaders = {
  'Content-Security-Policy': `default-src 'none'; style-src ${hashOf(docsStyle)}; script-src ${hashOf(docsScript)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-cache',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
};

/** Bound last: what is bound after it would not be in the description. */
export function bindOpenApi(app: App, router: Router): void {
  const { log, config } = app;
  let made: Promise<{ description: ApiDescription; text: string; etag: string }> | undefined;
  const make = () => {
    made ??= describeApi(listRoutes(router), { prefix: '/api', version: String(PROTOCOL_VERSION) }).then(printed);
    made.catch((error: unknown) => log.error({ err: error }, 'the API could not be described'));
    return made;
  };
  router.get(
    '/openapi.json',
    openRoute(
      {
        permission: null,
        isFor: 'anybody',
        summary: 'Read this description of the API, OpenAPI 3.1.',
        reply: z.record(z.string(), z.unknown()),
      },
      async (request, response) => {
        const { text, etag } = await make();
        response.set({ 'Cache-Control': 'no-cache', ETag: etag, 'Access-Control-Allow-Origin': '*' });
        // `request.fresh` would heed that a program's own cache is off.
        if (request.headers['if-none-match'] === etag) response.status(304).end();
        else response.type('json').send(text);
      },
    ),
  );
  router.get(
    '/docs',
    openRoute(
      { permission: null, isFor: 'anybody', summary: 'Read this description as a page for people.', files: ['text/html'] },
      async (request, response) => {
        const { description } = await make();
        const asked = request.query.language === 'he' || request.query.language === 'en' ? request.query.language : undefined;
        const language = asked ?? (request.acceptsLanguages('en', 'he') === 'he' ? 'he' : 'en');
        const origin = config.publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`;
        response.set(docsHeaders).type('html').send(toDocsPage(description, { language, origin }));
      },
    ),
  );
}

function printed(description: ApiDescription): { description: ApiDescription; text: string; etag: string } {
  const text = JSON.stringify(description);
  return { description, text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` };
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
