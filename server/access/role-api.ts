import type { Router } from 'express';
import { pageSchema } from '../../shared/page.ts';
import { roleCreateSchema, rolePatchSchema, roleSchema } from '../../shared/role.ts';
import { roleIdSchema } from '../../shared/role-id.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeRole, createRole, listRoles, removeRole } from './roles.ts';

export function bindRoleRoutes(app: App, router: Router): void {
  router.get(
    '/roles',
    route(
      app,
      {
        permission: ['roles:manage', 'agents:manage', 'crm:manage'],
        summary: 'List the roles, the ready-made ones first.',
        reply: pageSchema(roleSchema),
      },
      async () => ({ items: await listRoles(app), next: null }),
    ),
  );
  router.post(
    '/roles',
    route(
      app,
      {
        permission: 'roles:manage',
        body: roleCreateSchema,
        status: 201,
        summary: 'Make a role out of permissions that the caller holds itself.',
        reply: roleSchema,
      },
      ({ caller, body }) => createRole(app, caller, body),
    ),
  );
  router.patch(
    '/roles/:id',
    route(
      app,
      {
        permission: 'roles:manage',
        body: rolePatchSchema,
        summary: 'Change a role; it takes effect at once on everybody who has it.',
        reply: roleSchema,
      },
      ({ caller, body, param }) => changeRole(app, caller, param('id', roleIdSchema), body),
    ),
  );
  router.delete(
    '/roles/:id',
    route(app, { permission: 'roles:manage', summary: 'Remove a role that nobody has or is invited to.' }, ({ caller, param }) =>
      removeRole(app, caller, param('id', roleIdSchema)),
    ),
  );
}
