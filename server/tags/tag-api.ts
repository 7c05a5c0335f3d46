import type { Router } from 'express';
import { pageSchema } from '../../shared/page.ts';
import { tagCreateSchema, tagNameSchema, tagPatchSchema, tagQuerySchema, tagSchema } from '../../shared/tag.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeTag, createTag, listTags, removeTag } from './tags.ts';

/** A tag's id is its name. */
export function bindTagRoutes(app: App, router: Router): void {
  router.get(
    '/tags',
    route(app, { permission: null, query: tagQuerySchema, summary: 'List the tags.', reply: pageSchema(tagSchema) }, ({ caller, query }) =>
      listTags(app, caller, query),
    ),
  );
  router.post(
    '/tags',
    route(
      app,
      { permission: 'tags:manage', body: tagCreateSchema, status: 201, summary: 'Make a tag.', reply: tagSchema },
      ({ caller, body }) => createTag(app, caller, body),
    ),
  );
  router.patch(
    '/tags/:id',
    route(
      app,
      {
        permission: 'tags:manage',
        body: tagPatchSchema,
        summary: 'Rename or recolour a tag; its conversations follow in the background.',
        reply: tagSchema,
      },
      ({ caller, param, body }) => changeTag(app, caller, { name: param('id', tagNameSchema), patch: body }),
    ),
  );
  router.delete(
    '/tags/:id',
    route(app, { permission: 'tags:manage', summary: 'Remove a tag from all its conversations, in the background.' }, ({ param }) =>
      removeTag(app, param('id', tagNameSchema)),
    ),
  );
}
