/** The built browser side: the widget's files for any site, the console, the demo shop. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import helmet from 'helmet';

/** Nothing inline, nothing from elsewhere: text that visitors write cannot become a script even if a mistake lets markup through. */
const consolePolicy = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      mediaSrc: ["'self'"],
      connectSrc: ["'self'", 'ws:', 'wss:'],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
});

/** For files and answers that other sites' pages load. */
const publicHeaders = helmet({ contentSecurityPolicy: false, crossOriginResourcePolicy: { policy: 'cross-origin' } });

const immutable = { immutable: true, maxAge: '365d', index: false } as const;

export function servePages(assetsDir: string, demoInboxKey: () => Promise<string>): Router {
  const router = Router();
  const from = (...parts: string[]) => path.join(assetsDir, ...parts);
  const anySite: RequestHandler = (_request, response, next) => {
    response.set('Access-Control-Allow-Origin', '*');
    next();
  };
  router.get('/widget.js', publicHeaders, anySite, (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile(from('widget', 'widget.js'));
  });
  router.use('/widget', publicHeaders, anySite, express.static(from('widget'), immutable));
  router.use('/console/assets', consolePolicy, express.static(from('console', 'assets'), immutable));
  router.get('/', (_request, response) => response.redirect('/console/'));
  router.get(['/console', '/console/{*page}'], consolePolicy, (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile(from('console', 'index.html'));
  });
  router.get(/^\/demo(\/.*)?$/, publicHeaders, serveDemo(from('demo'), demoInboxKey));
  return router;
}

/** The demo shop's pages are plain files in which the first inbox's key is filled in. */
function serveDemo(demoDir: string, demoInboxKey: () => Promise<string>): RequestHandler {
  const files = express.static(demoDir, { index: false });
  return async (request, response, next) => {
    if (request.path === '/demo') return response.redirect('/demo/');
    const page = request.path.replace(/^\/demo\//, '').replace(/(^|\/)$/, '$1index.html');
    if (!/^[\w/-]+\.html$/.test(page)) {
      request.url = request.url.replace(/^\/demo/, '');
      return files(request, response, next);
    }
    const html = await readFile(path.join(demoDir, page), 'utf8').catch(() => null);
    if (html === null) return next();
    response.set('Cache-Control', 'no-cache').type('html').send(html.replaceAll('__INBOX_KEY__', await demoInboxKey()));
  };
}
