import type { Router } from 'express';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { findInboxByKey } from '../settings/inboxes.ts';
import { openRoute } from '../transport/route.ts';
import type { AvailabilityBoard } from './availability.ts';

/** Whether anyone can answer, for pages that have no connection. Caches may keep it for half a minute. */
export function bindAvailabilityRoute(app: App, router: Router, board: AvailabilityBoard): void {
  router.get(
    '/widget/:inboxKey/availability',
    openRoute(async (request, response) => {
      response.set({
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Cache-Control': 'public, max-age=30',
      });
      const inbox = await findInboxByKey(app, String(request.params.inboxKey));
      if (!inbox) throw new AppError('not-found', 'There is no such inbox.');
      const { open, staffed, opensAt } = await board.get(inbox.id);
      return { open, staffed, opensAt };
    }),
  );
}
