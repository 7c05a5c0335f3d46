/** The built browser side: the widget's files for any site, the console, the demo shop. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import expressStaticGzip from 'express-static-gzip';
import helmet from 'helmet';

const ownFiles = { scriptSrc: ["'self'"], styleSrc: ["'self'"], fontSrc: ["'self'"], baseUri: ["'none'"] };

/** Nothing inline, nothing from elsewhere: text that visitors write cannot become a script even if a mistake lets markup through. */
const consolePolicy = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      ...ownFiles,
      defaultSrc: ["'none'"],
      imgSrc: ["'self'", 'data:'],
      frameSrc: ["'self'"],
      mediaSrc: ["'self'"],
      connectSrc: ["'self'", 'ws:', 'wss:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
});

/** The preview of the widget: a page without an origin, that stores nothing, asks nobody, and stands in our console only. */
const previewPolicy = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      ...ownFiles,
      defaultSrc: ["'none'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      sandbox: ['allow-scripts'],
      frameAncestors: ["'self'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  // A page without an origin belongs to no origin's cluster.
  originAgentCluster: false,
});

/** For files and answers that other sites' pages load. */
const publicHeaders = helmet({ contentSecurityPolicy: false, crossOriginResourcePolicy: { policy: 'cross-origin' } });

/** A name with a hash in it never gets other content; any other file is asked for anew each time, and answered 304. */
const immutable = { immutable: true, maxAge: '365d' } as const;
const revalidated = { cacheControl: false, setHeaders: (response: ServerResponse) => response.setHeader('Cache-Control', 'no-cache') };

export function servePages(assetsDir: string, demoInboxKey: () => Promise<string>): Router {
  const router = Router();
  const from = (...parts: string[]) => path.join(assetsDir, ...parts);
  const anySite: RequestHandler = (_request, response, next) => {
    response.set('Access-Control-Allow-Origin', '*');
    next();
  };
  router.get('/widget.js', publicHeaders, anySite, files(from('widget'), revalidated));
  router.get('/widget/preview.js', publicHeaders, anySite, files(from(), revalidated));
  router.get('/console/preview', previewPolicy, (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: from('preview') });
  });
  router.get('/widget/kesher.js', publicHeaders, anySite, (request, response, next) => {
    request.url = '/kesher.js';
    files(from('widget'), revalidated)(request, response, next);
  });
  router.use('/widget', publicHeaders, anySite, files(from('widget'), immutable));
  router.use('/npm', publicHeaders, anySite, files(from('npm'), revalidated));
  router.use('/console/assets', consolePolicy, files(from('console', 'assets'), immutable));
  router.get('/', (_request, response) => response.redirect('/console/'));
  router.get(['/console', '/console/{*page}'], consolePolicy, (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: from('console') });
  });
  router.get(/^\/demo(\/.*)?$/, publicHeaders, serveDemo(from('demo'), demoInboxKey));
  return router;
}

/** The build lays a `.br` and a `.gz` beside each file; whoever takes neither gets the file itself. */
function files(folder: string, serveStatic: expressStaticGzip.ExpressStaticGzipOptions['serveStatic']): RequestHandler {
  if (!existsSync(folder)) return (_request, _response, next) => next();
  return expressStaticGzip(folder, { enableBrotli: true, orderPreference: ['br', 'gz'], index: false, serveStatic });
}

/** The demo shop's pages are plain files in which the first inbox's key is filled in. */
function serveDemo(demoDir: string, demoInboxKey: () => Promise<string>): RequestHandler {
  const pictures = express.static(demoDir, { index: false });
  return async (request, response, next) => {
    if (request.path === '/demo') return response.redirect('/demo/');
    const page = request.path.replace(/^\/demo\//, '').replace(/(^|\/)$/, '$1index.html');
    if (!/^[\w/-]+\.html$/.test(page)) {
      request.url = request.url.replace(/^\/demo/, '');
      return pictures(request, response, next);
    }
    const html = await readFile(path.join(demoDir, page), 'utf8').catch(() => null);
    if (html === null) return next();
    response
      .set('Cache-Control', 'no-cache')
      .type('html')
      .send(html.replaceAll('__INBOX_KEY__', await demoInboxKey()));
  };
}
