import type { Router } from 'express';
import * as z from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { findInboxByKey } from '../settings/inboxes.ts';
import { openRoute } from '../transport/route.ts';
import type { AvailabilityBoard } from './availability.ts';

const CACHED_SECONDS = 30;

/** Whether anyone can answer, for pages that have no connection. Caches may keep it for half a minute, but never over an opening. */
export function bindAvailabilityRoute(app: App, router: Router, board: AvailabilityBoard): void {
  router.get(
    '/widget/:inboxKey/availability',
    openRoute(
      {
        permission: null,
        isFor: 'anybody',
        summary: 'Say whether anybody can answer in this inbox now, and when it opens.',
        reply: z.object({ open: z.boolean(), staffed: z.boolean(), opensAt: z.number().nullable() }),
      },
      async (request, response) => {
        response.set({
          'Access-Control-Allow-Origin': '*',
          'Cross-Origin-Resource-Policy': 'cross-origin',
        });
        const inbox = await findInboxByKey(app, String(request.params.inboxKey));
        if (!inbox) throw new AppError('not-found', 'There is no such inbox.');
        const { open, staffed, opensAt } = await board.get(inbox.id);
        const untilTurn = Math.floor(((await board.turnsAt(inbox.id)) - app.now()) / 1_000);
        response.set('Cache-Control', `public, max-age=${Math.max(0, Math.min(CACHED_SECONDS, untilTurn))}`);
        return { open, staffed, opensAt };
      },
    ),
  );
}
