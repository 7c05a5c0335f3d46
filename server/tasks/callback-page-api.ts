import { createHash } from 'node:crypto';
import express, { type RequestHandler, type Response, Router } from 'express';
import * as z from 'zod';
import { AppError } from '../../shared/errors.ts';
import { idSchema } from '../../shared/id.ts';
import { toLanguage } from '../../shared/language.ts';
import { filled } from '../mail/letter-frame.ts';
import { parse } from '../transport/parse.ts';
import { limitRequests, requireOwnOrigin } from '../transport/route.ts';
import { cancelCallback, type LinkedCall, moveCallback, showCallback } from './callback-changes.ts';
import { callbackPageStyle, toCallbackPage, toUnknownPage } from './callback-page.ts';
import type { CallbackRoom } from './callbacks.ts';
import { callbackTexts } from './texts/callback-texts.ts';

const styleHash = createHash('sha256').update(callbackPageStyle).digest('base64');
/** Nothing from anywhere, no script at all, and nobody frames it; its address stays with whoever has it. */
const headers = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'Cache-Control': 'no-store',
  // Not `no-referrer`: with that browsers keep silent about the origin of a form, even to the page itself.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
};
const wishSchema = z.discriminatedUnion('wish', [
  z.object({ wish: z.literal('cancel') }),
  z.object({ wish: z.literal('move'), at: z.union([z.literal('soon'), z.coerce.number().int().positive().max(8_640_000_000_000_000)]) }),
]);

/** `GET` changes nothing, whoever looks through letters before they are read. `POST` comes from the page itself. */
export function serveCallbackPages(callbacks: Pick<CallbackRoom, 'room' | 'bell'>): Router {
  const { app } = callbacks.room;
  const router = Router();
  const address = '/callback/:id/:signature';
  router.use('/callback', limitRequests(app));
  router.get(
    address,
    inWords(async (request, response) => {
      const said = typeof request.query.said === 'string' ? request.query.said : '';
      response.type('html').send(toCallbackPage(await showCallback(app, linkedCall(request.params), said)));
    }),
  );
  router.post(
    address,
    express.urlencoded({ extended: false, limit: 4_096 }),
    inWords(async (request, response) => {
      const linked = linkedCall(request.params);
      requireOwnOrigin(app, request);
      const wish = parse(wishSchema, request.body ?? {});
      const said = await carryOut(callbacks, linked, wish);
      // Back to the page by GET: a reload asks nothing a second time.
      response.redirect(303, `/callback/${linked.id}/${linked.signature}${said}`);
    }),
  );
  return router;
}

async function carryOut(
  callbacks: Pick<CallbackRoom, 'room' | 'bell'>,
  linked: LinkedCall,
  wish: z.output<typeof wishSchema>,
): Promise<string> {
  try {
    if (wish.wish === 'cancel') await cancelCallback(callbacks, linked);
    else await moveCallback(callbacks, linked, wish.at === 'soon' ? null : wish.at);
    return wish.wish === 'move' ? '?said=moved' : '';
  } catch (error) {
    const field = error instanceof AppError ? error.field : undefined;
    if (field === 'at') return '?said=taken';
    // It is over, or we are calling: the page says so by itself.
    if (field === 'status') return '';
    throw error;
  }
}

function linkedCall(params: Record<string, unknown>): LinkedCall {
  const id = idSchema.safeParse(params.id);
  if (!id.success) throw new AppError('not-found', 'There is nothing here.');
  return { id: id.data, signature: String(params.signature) };
}

/** Whoever comes here is a person: what there is not is said in words too. */
function inWords(run: (request: Parameters<RequestHandler>[0], response: Response) => Promise<void>): RequestHandler {
  return async (request, response, next) => {
    response.set(headers);
    try {
      await run(request, response);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'not-found')) return next(error);
      const language = toLanguage(request.acceptsLanguages()[0] ?? '') ?? 'en';
      const say = (key: keyof (typeof callbackTexts)['en']) => filled(callbackTexts[language][key], {});
      response.status(404).type('html').send(toUnknownPage({ language, say }));
    }
  };
}
