import type { Router } from 'express';
import {
  ticketCategoryCreateSchema,
  ticketCategoryListSchema,
  ticketCategoryPatchSchema,
  ticketCategorySchema,
  ticketOrderSchema,
  ticketReasonCreateSchema,
  ticketReasonListSchema,
  ticketReasonPatchSchema,
  ticketReasonSchema,
} from '../../shared/ticket.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { changeCategory, changeReason, createCategory, createReason, listCategories, listReasons, orderChoices } from './ticket-choices.ts';

const permission = 'crm:manage';

export function bindTicketChoiceRoutes(app: App, router: Router): void {
  const categories = async () => ({ items: await listCategories(app.storage.db), next: null });
  const reasons = async () => ({ items: await listReasons(app.storage.db), next: null });
  router.get(
    '/ticket-categories',
    route(
      app,
      {
        permission: ['tickets:view', permission],
        summary: 'List what tickets can be about, archived ones too.',
        reply: ticketCategoryListSchema,
      },
      categories,
    ),
  );
  router.post(
    '/ticket-categories',
    route(
      app,
      { permission, body: ticketCategoryCreateSchema, status: 201, summary: 'Make a category.', reply: ticketCategorySchema },
      ({ body }) => createCategory(app, body),
    ),
  );
  router.post(
    '/ticket-categories/order',
    route(
      app,
      { permission, body: ticketOrderSchema, summary: 'Put the categories in order.', reply: ticketCategoryListSchema },
      async ({ body }) => {
        await orderChoices(app, 'ticketCategory', body.ids);
        return categories();
      },
    ),
  );
  router.patch(
    '/ticket-categories/:id',
    route(
      app,
      { permission, body: ticketCategoryPatchSchema, summary: 'Rename, move or archive a category.', reply: ticketCategorySchema },
      async ({ param, body }) => {
        const category = await changeCategory(app, param('id'), body);
        // What is promised may name the one that it stands under.
        if (body.parentId !== undefined) app.followers.promisesChanged();
        return category;
      },
    ),
  );
  router.get(
    '/ticket-reasons',
    route(
      app,
      {
        permission: ['tickets:view', permission],
        summary: 'List why tickets can be closed, archived ones too.',
        reply: ticketReasonListSchema,
      },
      reasons,
    ),
  );
  router.post(
    '/ticket-reasons',
    route(
      app,
      { permission, body: ticketReasonCreateSchema, status: 201, summary: 'Make a reason to close tickets.', reply: ticketReasonSchema },
      ({ body }) => createReason(app, body),
    ),
  );
  router.post(
    '/ticket-reasons/order',
    route(
      app,
      { permission, body: ticketOrderSchema, summary: 'Put the reasons in order.', reply: ticketReasonListSchema },
      async ({ body }) => {
        await orderChoices(app, 'ticketReason', body.ids);
        return reasons();
      },
    ),
  );
  router.patch(
    '/ticket-reasons/:id',
    route(
      app,
      { permission, body: ticketReasonPatchSchema, summary: 'Rename or archive a reason.', reply: ticketReasonSchema },
      ({ param, body }) => changeReason(app, param('id'), body),
    ),
  );
}
