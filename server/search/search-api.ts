import type { Router } from 'express';
import { conversationSearchSchema, searchQuerySchema } from '../../shared/search.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { findInConversation } from './find-in-conversation.ts';
import { search } from './search-everything.ts';

export function bindSearchRoutes(app: App, router: Router): void {
  router.get(
    '/search',
    route(app, { permission: null, query: searchQuerySchema }, ({ caller, query }) => search(app, caller, query)),
  );
  router.get(
    '/conversations/:id/finds',
    route(app, { permission: 'conversations:view-own', query: conversationSearchSchema }, ({ caller, param, query }) =>
      findInConversation(app, caller, { conversationId: param('id'), query: query.q }),
    ),
  );
}
