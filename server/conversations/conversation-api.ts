import type { Router } from 'express';
import * as z from 'zod';
import { conversationQuerySchema, conversationSummarySchema } from '../../shared/conversation.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import { messageSchema } from '../../shared/message.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { getSeen, getSeenSummary, listConversations } from './conversations.ts';
import { listMessages } from './messages.ts';

const messageQuerySchema = z.object({
  after: z.coerce.number().int().min(0).default(0),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(MESSAGE_PAGE_MAX).default(MESSAGE_PAGE_MAX),
});

export function bindConversationRoutes(app: App, router: Router): void {
  const permission = 'conversations:view-own';
  router.get(
    '/conversations',
    route(
      app,
      {
        permission,
        query: conversationQuerySchema,
        summary: 'List the conversations that the caller may see.',
        reply: pageSchema(conversationSummarySchema),
      },
      ({ caller, query }) => listConversations(app, caller, query),
    ),
  );
  router.get(
    '/conversations/:id',
    route(app, { permission, summary: 'Show one conversation.', reply: conversationSummarySchema }, ({ caller, param }) =>
      getSeenSummary(app, caller, param('id')),
    ),
  );
  router.get(
    '/conversations/:id/messages',
    route(
      app,
      {
        permission,
        query: messageQuerySchema,
        summary: 'List the messages of a conversation in their order, notes among them.',
        reply: pageSchema(messageSchema),
      },
      async ({ caller, param, query }) => {
        const row = await getSeen(app, caller, param('id'));
        const after = Math.min(query.cursor ?? query.after, row.lastSeq);
        const { messages, more } = await listMessages(app.storage.db, { after, limit: query.limit }, row);
        return { items: messages, next: more ? String(messages.at(-1)?.seq) : null };
      },
    ),
  );
}
