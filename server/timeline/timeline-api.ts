import type { Router } from 'express';
import { activityCreateSchema, activityPatchSchema, activitySchema, mailSendSchema, mailWaysSchema } from '../../shared/activity.ts';
import { timelinePageSchema, timelineQuerySchema } from '../../shared/timeline.ts';
import type { Postman } from '../mail/postman.ts';
import { route } from '../transport/route.ts';
import { changeActivity, getActivity, logActivity, removeActivity, restoreActivity } from './activities.ts';
import { readTimeline, type TimelineRoom } from './merged-timeline.ts';
import { mailWays, sendMail } from './written-mails.ts';

export function bindTimelineRoutes(room: TimelineRoom & { postman: Postman }, router: Router): void {
  const { app } = room;
  router.get(
    '/contacts/:id/timeline',
    route(
      app,
      {
        permission: 'contacts:view',
        query: timelineQuerySchema,
        summary: 'List everything that happened with a person, newest first, as far as you may see it.',
        reply: timelinePageSchema,
      },
      ({ caller, param, query }) => readTimeline(room, { caller, contactId: param('id') }, query),
    ),
  );
  router.post(
    '/contacts/:id/activities',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: activityCreateSchema,
        status: 201,
        summary: 'Write down a note, call, meeting, e-mail, letter or fax.',
        reply: activitySchema,
      },
      ({ caller, param, body }) => logActivity(app, caller, { contactId: param('id'), request: body }),
    ),
  );
  router.post(
    '/contacts/:id/mails',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: mailSendSchema,
        status: 201,
        summary: 'Send an e-mail to one of the person’s addresses; answers come back into the file.',
        reply: activitySchema,
      },
      ({ caller, param, body }) => sendMail(room, caller, { contactId: param('id'), request: body }),
    ),
  );
  router.get(
    '/mail-ways',
    route(
      app,
      { permission: 'contacts:view', summary: 'Say whether e-mail is sent from here, and comes back.', reply: mailWaysSchema },
      () => mailWays(app),
    ),
  );
  router.get(
    '/activities/:id',
    route(
      app,
      { permission: 'contacts:view', summary: 'Show one activity in whole, with what a mail quotes.', reply: activitySchema },
      ({ caller, param }) => getActivity(app, caller, param('id')),
    ),
  );
  router.patch(
    '/activities/:id',
    route(
      app,
      { permission: 'contacts:edit', body: activityPatchSchema, summary: 'Change what you have written down.', reply: activitySchema },
      ({ caller, param, body }) => changeActivity(app, caller, { id: param('id'), patch: body }),
    ),
  );
  router.delete(
    '/activities/:id',
    route(app, { permission: 'contacts:edit', summary: 'Remove an activity; it can be restored for a day.' }, ({ caller, param }) =>
      removeActivity(app, caller, param('id')),
    ),
  );
  router.post(
    '/activities/:id/restore',
    route(app, { permission: 'contacts:edit', summary: 'Bring a removed activity back.', reply: activitySchema }, ({ caller, param }) =>
      restoreActivity(app, caller, param('id')),
    ),
  );
}
