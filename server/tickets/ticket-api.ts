import type { Router } from 'express';
import {
  ticketChangePageSchema,
  ticketCreateSchema,
  ticketFileSchema,
  ticketLinkConversationSchema,
  ticketListQuerySchema,
  ticketPageSchema,
  ticketPatchSchema,
  ticketQuerySchema,
  ticketRelateSchema,
  ticketSchema,
  ticketWorkCreateSchema,
  ticketWorkPageSchema,
  ticketWorkPatchSchema,
  ticketWorkSchema,
} from '../../shared/ticket.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { route } from '../transport/route.ts';
import { changeTicket } from './change-ticket.ts';
import { listTicketChanges } from './ticket-history.ts';
import { linkConversation, relateTickets, unlinkConversation, unrelateTickets } from './ticket-links.ts';
import { listTickets } from './ticket-pages.ts';
import { addWork, changeWork, listWork, removeWork } from './ticket-work.ts';
import { getTicketFile, openTicket, removeTicket } from './tickets.ts';

const permission = 'tickets:edit';

export function bindTicketRoutes(room: ConversationRoom, router: Router): void {
  const { app } = room;
  router.get(
    '/tickets',
    route(
      app,
      {
        permission: 'tickets:view',
        query: ticketQuerySchema,
        summary: 'List tickets that one may see, newest change first.',
        reply: ticketPageSchema,
      },
      ({ caller, query }) => listTickets(app, caller, query),
    ),
  );
  router.post(
    '/tickets',
    route(
      app,
      {
        permission,
        body: ticketCreateSchema,
        status: 201,
        summary: 'Open a ticket, by itself or from a conversation.',
        reply: ticketSchema,
      },
      ({ caller, body }) => openTicket(app, caller, body),
    ),
  );
  router.get(
    '/tickets/:id',
    route(
      app,
      { permission: 'tickets:view', summary: 'Show one ticket with what it is linked with.', reply: ticketFileSchema },
      ({ caller, param }) => getTicketFile(app, caller, param('id')),
    ),
  );
  router.patch(
    '/tickets/:id',
    route(
      app,
      { permission, body: ticketPatchSchema, summary: 'Change a ticket, move its status, and tell its customer.', reply: ticketSchema },
      ({ caller, param, body }) => changeTicket(room, caller, param('id'), body),
    ),
  );
  router.delete(
    '/tickets/:id',
    route(app, { permission: 'crm:manage', summary: 'Remove a ticket with its log, for good.' }, ({ caller, param }) =>
      removeTicket(app, caller, param('id')),
    ),
  );
  bindRecords(room, router);
  bindLinks(room, router);
}

function bindRecords({ app }: ConversationRoom, router: Router): void {
  router.get(
    '/tickets/:id/changes',
    route(
      app,
      {
        permission: 'tickets:view',
        query: ticketListQuerySchema,
        summary: 'List what became of a ticket, newest first.',
        reply: ticketChangePageSchema,
      },
      ({ caller, param, query }) => listTicketChanges(app, caller, { ...query, id: param('id') }),
    ),
  );
  router.get(
    '/tickets/:id/log',
    route(
      app,
      {
        permission: 'tickets:view',
        query: ticketListQuerySchema,
        summary: 'Show the work log of a ticket, newest first.',
        reply: ticketWorkPageSchema,
      },
      ({ caller, param, query }) => listWork(app, caller, { ...query, id: param('id') }),
    ),
  );
  router.post(
    '/tickets/:id/log',
    route(
      app,
      {
        permission,
        body: ticketWorkCreateSchema,
        status: 201,
        summary: 'Write down work, and how long it took.',
        reply: ticketWorkSchema,
      },
      ({ caller, param, body }) => addWork(app, caller, param('id'), body),
    ),
  );
  router.patch(
    '/tickets/:id/log/:entryId',
    route(
      app,
      { permission, body: ticketWorkPatchSchema, summary: 'Change an entry of one’s own.', reply: ticketWorkSchema },
      ({ caller, param, body }) => changeWork(app, caller, { ticketId: param('id'), id: param('entryId'), patch: body }),
    ),
  );
  router.delete(
    '/tickets/:id/log/:entryId',
    route(app, { permission, summary: 'Remove an entry of one’s own.' }, ({ caller, param }) =>
      removeWork(app, caller, { ticketId: param('id'), id: param('entryId') }),
    ),
  );
}

function bindLinks({ app }: ConversationRoom, router: Router): void {
  router.post(
    '/tickets/:id/conversations',
    route(
      app,
      { permission, body: ticketLinkConversationSchema, summary: 'Link a conversation with a ticket.' },
      ({ caller, param, body }) => linkConversation(app, caller, { ticketId: param('id'), conversationId: body.conversationId }),
    ),
  );
  router.delete(
    '/tickets/:id/conversations/:conversationId',
    route(app, { permission, summary: 'Take a conversation off a ticket.' }, ({ caller, param }) =>
      unlinkConversation(app, caller, { ticketId: param('id'), conversationId: param('conversationId') }),
    ),
  );
  router.post(
    '/tickets/:id/related',
    route(app, { permission, body: ticketRelateSchema, summary: 'Say that two tickets are related.' }, ({ caller, param, body }) =>
      relateTickets(app, caller, { ticketId: param('id'), otherId: body.ticketId }),
    ),
  );
  router.delete(
    '/tickets/:id/related/:otherId',
    route(app, { permission, summary: 'Say that two tickets are not related.' }, ({ caller, param }) =>
      unrelateTickets(app, caller, { ticketId: param('id'), otherId: param('otherId') }),
    ),
  );
}
