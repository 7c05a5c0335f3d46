import type { Router } from 'express';
import { tagCreateSchema, tagNameSchema, tagPatchSchema, tagQuerySchema } from '../../shared/tag.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeTag, createTag, listTags, removeTag } from './tags.ts';

/** A tag's id is its name. */
export function bindTagRoutes(app: App, router: Router): void {
  router.get(
    '/tags',
    route(app, { permission: null, query: tagQuerySchema }, ({ caller, query }) => listTags(app, caller, query)),
  );
  router.post(
    '/tags',
    route(app, { permission: 'tags:manage', body: tagCreateSchema, status: 201 }, ({ caller, body }) => createTag(app, caller, body)),
  );
  router.patch(
    '/tags/:id',
    route(app, { permission: 'tags:manage', body: tagPatchSchema }, ({ caller, param, body }) =>
      changeTag(app, caller, { name: param('id', tagNameSchema), patch: body }),
    ),
  );
  router.delete(
    '/tags/:id',
    route(app, { permission: 'tags:manage' }, ({ param }) => removeTag(app, param('id', tagNameSchema))),
  );
}
