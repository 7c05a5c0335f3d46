import type { Router } from 'express';
import { teamCreateSchema, teamPatchSchema } from '../../shared/team.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeTeam, createTeam, listTeams, removeTeam } from './teams.ts';

export function bindTeamRoutes(app: App, router: Router): void {
  router.get(
    '/teams',
    route(app, { permission: null }, async () => ({ items: await listTeams(app.storage.db), next: null })),
  );
  router.post(
    '/teams',
    route(app, { permission: 'teams:manage', body: teamCreateSchema, status: 201 }, ({ body }) => createTeam(app, body)),
  );
  router.patch(
    '/teams/:id',
    route(app, { permission: 'teams:manage', body: teamPatchSchema }, ({ body, param }) => changeTeam(app, param('id'), body)),
  );
  router.delete(
    '/teams/:id',
    route(app, { permission: 'teams:manage' }, ({ param }) => removeTeam(app, param('id'))),
  );
}
