/** The routes of tickets, as the hostile tests attack them. */
import type { Field, Fields, RouteTarget } from './attack-surface.ts';
import type { FieldKind } from './wrong-values.ts';

const must = (kind: FieldKind): Field => ({ kind, isRequired: true });
const may = (kind: FieldKind): Field => ({ kind, isRequired: false });
const clears = (kind: FieldKind): Field => ({ kind, isRequired: false, isNullable: true });

const id = 'V1StGXR8_Z5jdHi6B-myT';
const wrongLists = ['limit=0', 'limit=x', 'limit=201', 'limit=1&limit=2', 'cursor=x', 'cursor=1.x'];
const fields: Fields = {
  subject: may('phrase'),
  description: may('prose'),
  priority: may('choice'),
  categoryId: clears('id'),
  assigneeId: clears('id'),
  teamId: clears('id'),
  contactId: clears('id'),
  companyId: clears('id'),
  parentId: clears('id'),
  externalId: clears('line'),
  isHidden: may('flag'),
  values: may('fieldPatch'),
};
const work: Fields = { text: must('preview'), minutes: must('whole') };

export const ticketRoutes: readonly RouteTarget[] = [
  {
    method: 'GET',
    path: '/tickets',
    access: 'agent',
    wrongQueries: [
      ...wrongLists,
      'view=x',
      'view=',
      'status=x',
      'status=open&status=open',
      'priority=x',
      'categoryId=x',
      'teamId=',
      'assigneeId=x',
      'contactId=x',
      'companyId=x',
      'conversationId=x',
      'externalId=',
      'overdue=1',
      `q=${'x'.repeat(201)}`,
    ],
  },
  {
    method: 'POST',
    path: '/tickets',
    access: 'agent',
    body: { fields: { ...fields, id: must('id'), subject: must('phrase'), conversationId: may('id') }, sample: { id, subject: 'x' } },
  },
  { method: 'GET', path: '/tickets/:id', access: 'agent' },
  {
    method: 'PATCH',
    path: '/tickets/:id',
    access: 'agent',
    body: {
      fields: {
        ...fields,
        version: must('policyVersion'),
        status: may('choice'),
        reasonId: clears('id'),
        children: may('choice'),
        tell: may('flag'),
        update: may('prose'),
      },
      sample: { version: 1 },
    },
  },
  { method: 'DELETE', path: '/tickets/:id', access: 'administrator' },
  { method: 'GET', path: '/tickets/:id/changes', access: 'agent', wrongQueries: wrongLists },
  { method: 'GET', path: '/tickets/:id/log', access: 'agent', wrongQueries: wrongLists },
  {
    method: 'POST',
    path: '/tickets/:id/log',
    access: 'agent',
    body: {
      fields: { id: must('id'), text: must('preview'), minutes: may('whole'), at: may('moment') },
      sample: { id, text: 'x', minutes: 1 },
    },
  },
  { method: 'PATCH', path: '/tickets/:id/log/:entryId', access: 'agent', body: { fields: work, sample: { text: 'x', minutes: 1 } } },
  { method: 'DELETE', path: '/tickets/:id/log/:entryId', access: 'agent' },
  {
    method: 'POST',
    path: '/tickets/:id/conversations',
    access: 'agent',
    body: { fields: { conversationId: must('id') }, sample: { conversationId: id } },
  },
  { method: 'DELETE', path: '/tickets/:id/conversations/:conversationId', access: 'agent' },
  { method: 'POST', path: '/tickets/:id/related', access: 'agent', body: { fields: { ticketId: must('id') }, sample: { ticketId: id } } },
  { method: 'DELETE', path: '/tickets/:id/related/:otherId', access: 'agent' },
  { method: 'GET', path: '/ticket-categories', access: 'agent' },
  {
    method: 'POST',
    path: '/ticket-categories',
    access: 'administrator',
    body: { fields: { id: must('id'), name: must('line'), parentId: clears('id'), tellsCustomer: may('flag') }, sample: { id, name: 'x' } },
  },
  {
    method: 'POST',
    path: '/ticket-categories/order',
    access: 'administrator',
    body: { fields: { ids: must('viewIds') }, sample: { ids: [] } },
  },
  {
    method: 'PATCH',
    path: '/ticket-categories/:id',
    access: 'administrator',
    body: { fields: { name: may('line'), parentId: clears('id'), tellsCustomer: may('flag'), isArchived: may('flag') }, sample: {} },
  },
  { method: 'GET', path: '/ticket-reasons', access: 'agent' },
  {
    method: 'POST',
    path: '/ticket-reasons',
    access: 'administrator',
    body: { fields: { id: must('id'), name: must('line') }, sample: { id, name: 'x' } },
  },
  {
    method: 'POST',
    path: '/ticket-reasons/order',
    access: 'administrator',
    body: { fields: { ids: must('viewIds') }, sample: { ids: [] } },
  },
  {
    method: 'PATCH',
    path: '/ticket-reasons/:id',
    access: 'administrator',
    body: { fields: { name: may('line'), isArchived: may('flag') }, sample: {} },
  },
];
