/** The routes of purchases and opportunities, as the hostile tests attack them. */
import type { Field, Fields, RouteTarget } from './attack-surface.ts';
import type { FieldKind } from './wrong-values.ts';

const must = (kind: FieldKind): Field => ({ kind, isRequired: true });
const may = (kind: FieldKind): Field => ({ kind, isRequired: false });
const clears = (kind: FieldKind): Field => ({ kind, isRequired: false, isNullable: true });

const id = 'V1StGXR8_Z5jdHi6B-myT';
const stage = { id, name: 'x', probability: 10 };
const pages = ['limit=0', 'limit=x', 'limit=201', 'limit=1&limit=2', 'cursor=x'];

const purchaseFields: Fields = {
  companyId: clears('id'),
  number: clears('line'),
  status: may('choice'),
  currency: must('moneyCode'),
  total: may('amount'),
  at: must('moment'),
  note: clears('prose'),
  lines: may('purchaseLines'),
};
const whose: Fields = { contactId: may('id'), person: may('buyer'), opensFile: may('flag') };
const purchase = { contactId: id, currency: 'ILS', at: 1, total: 1 };
const optional = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, isRequired: false }]));
const version = must('policyVersion');

const opportunityFields: Fields = {
  contactId: must('id'),
  name: must('phrase'),
  companyId: clears('id'),
  amount: may('worth'),
  currency: may('moneyCode'),
  expectedCloseOn: clears('plainDate'),
  probability: clears('percent'),
  ownerId: clears('id'),
  note: clears('prose'),
};
const opportunity = { contactId: id, name: 'x' };
const from = { stageId: id, status: 'open' };

export const salesRoutes: readonly RouteTarget[] = [
  {
    method: 'GET',
    path: '/purchases',
    access: 'agent',
    wrongQueries: [...pages, 'contactId=x', 'status=x', 'from=-1', 'to=x', 'currency=x'],
  },
  {
    method: 'POST',
    path: '/purchases',
    access: 'administrator',
    body: {
      fields: { id: must('id'), externalId: clears('line'), opportunityId: clears('id'), ...whose, ...purchaseFields },
      sample: { id, ...purchase },
    },
  },
  {
    method: 'POST',
    path: '/purchases/import',
    access: 'administrator',
    body: {
      fields: {
        format: must('choice'),
        text: must('table'),
        isDryRun: must('flag'),
        currency: must('moneyCode'),
        opensFiles: may('flag'),
        skipsRefused: may('flag'),
      },
      sample: { format: 'csv', text: 'date,total\n2026-01-01,1', isDryRun: true, currency: 'ILS' },
    },
  },
  { method: 'GET', path: '/purchase-imports', access: 'administrator' },
  {
    method: 'POST',
    path: '/purchase-imports',
    access: 'administrator',
    wrongQueries: ['', 'id=x', `id=${id}&name=${'x'.repeat(201)}`, `id=${id}&format=xml`, `id=${id}`],
  },
  { method: 'GET', path: '/purchase-imports/:id', access: 'administrator' },
  {
    method: 'GET',
    path: '/purchase-imports/:id/rows',
    access: 'administrator',
    wrongQueries: ['limit=0', 'limit=101', 'cursor=x', 'outcome=x'],
  },
  { method: 'GET', path: '/purchase-imports/:id/refused', access: 'administrator', wrongQueries: ['language=fr'] },
  {
    method: 'POST',
    path: '/purchase-imports/:id/check',
    access: 'administrator',
    body: { fields: { currency: must('moneyCode'), opensFiles: may('flag') }, sample: { currency: 'ILS' } },
  },
  {
    method: 'POST',
    path: '/purchase-imports/:id/run',
    access: 'administrator',
    body: { fields: { skipsRefused: may('flag') }, sample: { skipsRefused: true } },
  },
  { method: 'POST', path: '/purchase-imports/:id/cancel', access: 'administrator' },
  { method: 'POST', path: '/purchase-imports/:id/undo', access: 'administrator' },
  { method: 'DELETE', path: '/purchase-imports/:id', access: 'administrator' },
  {
    method: 'PUT',
    path: '/purchases/external/:externalId',
    access: 'administrator',
    body: { fields: { ...whose, ...purchaseFields }, sample: purchase },
  },
  { method: 'GET', path: '/purchases/:id', access: 'agent' },
  {
    method: 'PATCH',
    path: '/purchases/:id',
    access: 'administrator',
    body: { fields: { version, externalId: clears('line'), ...optional(purchaseFields) }, sample: { version: 1 } },
  },
  { method: 'DELETE', path: '/purchases/:id', access: 'administrator' },
  { method: 'GET', path: '/purchases/:id/changes', access: 'agent', wrongQueries: pages },
  { method: 'GET', path: '/renewals', access: 'agent', wrongQueries: [...pages, 'contactId=x', 'from=x', 'owner=x', 'renewed=x'] },
  { method: 'GET', path: '/contacts/:id/value', access: 'agent' },
  { method: 'GET', path: '/customer-rules', access: 'agent' },
  {
    method: 'PUT',
    path: '/customer-rules',
    access: 'administrator',
    body: {
      fields: { currency: must('moneyCode'), lapseAfterDays: { ...must('days'), isNullable: true }, isLeadUntilPurchase: must('flag') },
      sample: { currency: 'ILS', lapseAfterDays: 365, isLeadUntilPurchase: true },
    },
  },
  { method: 'GET', path: '/pipelines', access: 'agent' },
  {
    method: 'POST',
    path: '/pipelines',
    access: 'administrator',
    body: {
      fields: { id: must('id'), name: must('line'), currency: must('moneyCode'), stages: must('stages') },
      sample: { id, name: 'x', currency: 'ILS', stages: [stage] },
    },
  },
  {
    method: 'POST',
    path: '/pipelines/order',
    access: 'administrator',
    body: { fields: { ids: must('viewIds') }, sample: { ids: [] } },
  },
  {
    method: 'PATCH',
    path: '/pipelines/:id',
    access: 'administrator',
    body: {
      fields: { version, name: may('line'), currency: may('moneyCode'), stages: may('stages'), isArchived: may('flag') },
      sample: { version: 1 },
    },
  },
  { method: 'GET', path: '/lost-reasons', access: 'agent' },
  { method: 'PUT', path: '/lost-reasons', access: 'administrator', body: { fields: { items: must('reasons') }, sample: { items: [] } } },
  {
    method: 'GET',
    path: '/opportunities',
    access: 'agent',
    wrongQueries: [...pages, 'status=x', 'owner=x', 'order=x', 'order=place', 'closingBefore=x', 'stageId=x'],
  },
  {
    method: 'POST',
    path: '/opportunities',
    access: 'agent',
    body: {
      fields: { id: must('id'), pipelineId: must('id'), stageId: may('id'), ...opportunityFields },
      sample: { id, pipelineId: id, ...opportunity },
    },
  },
  {
    method: 'GET',
    path: '/opportunities/board',
    access: 'agent',
    wrongQueries: ['', `pipelineId=${id}&limit=101`, 'pipelineId=x'],
  },
  { method: 'GET', path: '/opportunities/:id', access: 'agent' },
  {
    method: 'PATCH',
    path: '/opportunities/:id',
    access: 'agent',
    body: { fields: { version, ...optional(opportunityFields) }, sample: { version: 1 } },
  },
  { method: 'DELETE', path: '/opportunities/:id', access: 'agent' },
  {
    method: 'POST',
    path: '/opportunities/:id/move',
    access: 'agent',
    body: {
      fields: { from: must('whereSeen'), stageId: must('id'), afterId: { ...must('id'), isNullable: true } },
      sample: { from, stageId: id, afterId: null },
    },
  },
  {
    method: 'POST',
    path: '/opportunities/:id/close',
    access: 'agent',
    body: {
      fields: { from: must('whereSeen'), status: must('choice'), lostReasonId: clears('id'), lostNote: clears('comment') },
      sample: { from, status: 'won' },
    },
  },
];
