import type { RequestHandler, Router } from 'express';
import { idSchema } from '../../shared/id.ts';
import {
  comparisonQuerySchema,
  comparisonSchema,
  likenessListSchema,
  likenessQuerySchema,
  mergedSchema,
  mergeListSchema,
  mergeRequestSchema,
  splitRequestSchema,
  splitSchema,
} from '../../shared/merging.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { compareContacts } from './comparison.ts';
import { listLikenesses, listOwnLikenesses, refuseLikeness, reopenLikeness } from './likenesses.ts';
import { findLiveId, listMergesInto } from './merge-records.ts';
import { mergeContacts } from './merges.ts';
import { splitContact } from './splits.ts';
import { undoMerge } from './undoing.ts';

const permission = 'contacts:merge';

export function bindMergingRoutes(app: App, router: Router): void {
  router.get(
    '/contacts/:id/likenesses',
    route(
      app,
      { permission: 'contacts:view', summary: 'List the files that may be the same person.', reply: likenessListSchema },
      async ({ caller, param }) => ({ items: await listOwnLikenesses(app, caller, param('id')), next: null }),
    ),
  );
  router.get(
    '/duplicates',
    route(
      app,
      {
        permission,
        query: likenessQuerySchema,
        summary: 'List pairs of files that may be one person, the most likely first.',
        reply: likenessListSchema,
      },
      ({ caller, query }) => listLikenesses(app, caller, query),
    ),
  );
  router.post(
    '/likenesses/:id/refuse',
    route(app, { permission, summary: 'Say that two files are not one person; they are never proposed again.' }, ({ caller, param }) =>
      refuseLikeness(app, caller, param('id')),
    ),
  );
  router.post(
    '/likenesses/:id/reopen',
    route(app, { permission, summary: 'Take such a refusal back.' }, ({ param }) => reopenLikeness(app, param('id'))),
  );
  router.get(
    '/contacts/:id/comparison',
    route(
      app,
      { permission, query: comparisonQuerySchema, summary: 'Compare two files before they are merged.', reply: comparisonSchema },
      ({ caller, param, query }) => compareContacts(app, caller, param('id'), query.otherId),
    ),
  );
  router.post(
    '/contacts/:id/merge',
    route(
      app,
      { permission, body: mergeRequestSchema, summary: 'Merge another file into this one.', reply: mergedSchema },
      ({ caller, param, body }) => mergeContacts(app, caller, param('id'), body),
    ),
  );
  router.get(
    '/contacts/:id/merges',
    route(
      app,
      { permission: 'contacts:view', summary: 'List what was merged into this file, the latest first.', reply: mergeListSchema },
      async ({ param }) => ({ items: await listMergesInto(app, param('id')), next: null }),
    ),
  );
  router.post(
    '/merges/:id/undo',
    route(app, { permission, summary: 'Take a merge back.', reply: mergedSchema }, ({ caller, param }) =>
      undoMerge(app, caller, param('id')),
    ),
  );
  router.post(
    '/contacts/:id/split',
    route(
      app,
      { permission, body: splitRequestSchema, summary: 'Put some of a file into a new one.', reply: splitSchema },
      ({ caller, param, body }) => splitContact(app, caller, param('id'), body),
    ),
  );
}

/** `/contacts/<id>` and what lies under it; the rest of the path and the question stay as they are. */
const ofContact = /^\/contacts\/([\w-]{21})(?=[/?]|$)(?!\/(?:merge|split)\b(?!s))/;

/** Whatever is asked of a file that was merged is answered by the one that it is in now. */
export function followMerged(app: App): RequestHandler {
  return async (request, _response, next) => {
    const id = idSchema.safeParse(ofContact.exec(request.url)?.[1]);
    if (!id.success) return next();
    const liveId = await findLiveId(app.storage.db, id.data);
    if (liveId !== id.data) request.url = request.url.replace(ofContact, `/contacts/${liveId}`);
    next();
  };
}
