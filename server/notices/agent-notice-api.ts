import type { Router } from 'express';
import { agentNoticePageSchema, noticeSeenSchema } from '../../shared/agent-notice.ts';
import { mentionEntrySchema, noticePageSchema, unseenMentionsReplySchema } from '../../shared/mention.ts';
import { pageSchema } from '../../shared/page.ts';
import type { App } from '../app.ts';
import type { Requests } from '../transport/answer.ts';
import { route } from '../transport/route.ts';
import type { Caller } from '../transport/wire.ts';
import { listNotices, markNoticesSeen } from './agent-notices.ts';
import { listMentions, listUnseenMentions } from './mentions.ts';

/** Everybody reads their own. */
export function bindNoticeRoutes(app: App, router: Router): void {
  router.get(
    '/notices',
    route(
      app,
      { permission: null, query: noticePageSchema, summary: 'List what the caller was told, newest first.', reply: agentNoticePageSchema },
      ({ caller, query }) => listNotices(app, caller, query),
    ),
  );
  router.get(
    '/mentions',
    route(
      app,
      {
        permission: null,
        query: noticePageSchema,
        summary: 'List where the caller was mentioned, newest first.',
        reply: pageSchema(mentionEntrySchema),
      },
      ({ caller, query }) => listMentions(app, caller, query),
    ),
  );
  router.get(
    '/mentions/unseen',
    route(
      app,
      {
        permission: null,
        summary: 'Say in which conversations a mention of the caller has not been seen.',
        reply: unseenMentionsReplySchema,
      },
      ({ caller }) => listUnseenMentions(app, caller),
    ),
  );
}

export function bindNoticeRequests<Desk extends { caller: Caller }>(app: App, requests: Requests<Desk>): void {
  requests.answer('notice:seen', noticeSeenSchema, (which, { caller }) => markNoticesSeen(app, caller.agentId, which));
}
