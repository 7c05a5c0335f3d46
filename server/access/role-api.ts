import type { Router } from 'express';
import { roleCreateSchema, rolePatchSchema } from '../../shared/role.ts';
import { roleIdSchema } from '../../shared/role-id.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeRole, createRole, listRoles, removeRole } from './roles.ts';

export function bindRoleRoutes(app: App, router: Router): void {
  router.get(
    '/roles',
    route(app, { permission: ['roles:manage', 'agents:manage', 'crm:manage'] }, async () => ({ items: await listRoles(app), next: null })),
  );
  router.post(
    '/roles',
    route(app, { permission: 'roles:manage', body: roleCreateSchema, status: 201 }, ({ caller, body }) => createRole(app, caller, body)),
  );
  router.patch(
    '/roles/:id',
    route(app, { permission: 'roles:manage', body: rolePatchSchema }, ({ caller, body, param }) =>
      changeRole(app, caller, param('id', roleIdSchema), body),
    ),
  );
  router.delete(
    '/roles/:id',
    route(app, { permission: 'roles:manage' }, ({ caller, param }) => removeRole(app, caller, param('id', roleIdSchema))),
  );
}
