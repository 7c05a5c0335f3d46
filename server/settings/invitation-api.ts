import type { Router } from 'express';
import * as z from 'zod';
import { AppError } from '../../shared/errors.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import { isAllowedOrigin } from '../transport/origin.ts';
import { openRoute, route } from '../transport/route.ts';
import { findInboxByKey } from './inboxes.ts';
import { type InvitationCounts, listCounts } from './invitation-counts.ts';

export function bindInvitationRoutes(app: App, router: Router, counts: InvitationCounts): void {
  // Without a body and without credentials, so that a browser asks nothing beforehand.
  router.post(
    '/widget/:inboxKey/invitations/:invitationId/:what',
    openRoute(
      { permission: null, isFor: 'anybody', summary: 'Count that an invitation was `shown` or `accepted`.' },
      async (request, response) => {
        response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
        const { inboxKey, invitationId, what } = request.params;
        const inbox = await findInboxByKey(app, String(inboxKey));
        if (!inbox || (what !== 'shown' && what !== 'accepted')) throw new AppError('not-found', 'There is nothing here.');
        if (!isAllowedOrigin(request.headers, inbox.allowedOrigins, app.publicHost)) {
          throw new AppError('forbidden', 'This page may not open this widget.');
        }
        counts.count(inbox, String(invitationId), what);
      },
    ),
  );
  router.get(
    '/inboxes/:id/invitations',
    route(
      app,
      {
        permission: 'settings:manage',
        summary: 'Count how often the invitations of an inbox were shown and taken up.',
        reply: pageSchema(z.object({ invitationId: z.string(), shown: z.number(), accepted: z.number() })),
      },
      async ({ param }) => ({ items: await listCounts(app, param('id')), next: null }),
    ),
  );
}
