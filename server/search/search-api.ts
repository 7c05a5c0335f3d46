import type { Router } from 'express';
import { conversationSearchReplySchema, conversationSearchSchema, searchQuerySchema, searchReplySchema } from '../../shared/search.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { findInConversation } from './find-in-conversation.ts';
import { search } from './search-everything.ts';

export function bindSearchRoutes(app: App, router: Router): void {
  router.get(
    '/search',
    route(
      app,
      {
        permission: null,
        query: searchQuerySchema,
        summary: 'Find conversations, messages and customers by words.',
        reply: searchReplySchema,
      },
      ({ caller, query }) => search(app, caller, query),
    ),
  );
  router.get(
    '/conversations/:id/finds',
    route(
      app,
      {
        permission: 'conversations:view-own',
        query: conversationSearchSchema,
        summary: 'Say where in a conversation the words stand.',
        reply: conversationSearchReplySchema,
      },
      ({ caller, param, query }) => findInConversation(app, caller, { conversationId: param('id'), query: query.q }),
    ),
  );
}
