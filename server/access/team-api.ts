import type { Router } from 'express';
import { pageSchema } from '../../shared/page.ts';
import { teamCreateSchema, teamPatchSchema, teamSchema } from '../../shared/team.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeTeam, createTeam, listTeams, removeTeam } from './teams.ts';

export function bindTeamRoutes(app: App, router: Router): void {
  router.get(
    '/teams',
    route(app, { permission: null, summary: 'List the teams with their members.', reply: pageSchema(teamSchema) }, async () => ({
      items: await listTeams(app.storage.db),
      next: null,
    })),
  );
  router.post(
    '/teams',
    route(
      app,
      { permission: 'teams:manage', body: teamCreateSchema, status: 201, summary: 'Make a team.', reply: teamSchema },
      ({ body }) => createTeam(app, body),
    ),
  );
  router.patch(
    '/teams/:id',
    route(
      app,
      { permission: 'teams:manage', body: teamPatchSchema, summary: 'Rename a team or say who is in it.', reply: teamSchema },
      ({ body, param }) => changeTeam(app, param('id'), body),
    ),
  );
  router.delete(
    '/teams/:id',
    route(app, { permission: 'teams:manage', summary: 'Remove a team; its open conversations wait for anybody.' }, ({ param }) =>
      removeTeam(app, param('id')),
    ),
  );
}
