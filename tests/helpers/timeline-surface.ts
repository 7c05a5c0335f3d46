/** The routes of the timeline and of documents, as the hostile tests attack them. */
import type { Field, RouteTarget } from './attack-surface.ts';
import type { FieldKind } from './wrong-values.ts';

const must = (kind: FieldKind): Field => ({ kind, isRequired: true });
const may = (kind: FieldKind): Field => ({ kind, isRequired: false });
const clears = (kind: FieldKind): Field => ({ kind, isRequired: false, isNullable: true });

const id = 'V1StGXR8_Z5jdHi6B-myT';
const content = {
  at: may('moment'),
  title: clears('subject'),
  text: clears('longProse'),
  direction: clears('choice'),
  outcome: clears('choice'),
  durationMs: clears('whole'),
};

export const timelineRoutes: readonly RouteTarget[] = [
  {
    method: 'GET',
    path: '/contacts/:id/timeline',
    access: 'agent',
    wrongQueries: [
      'limit=0',
      'limit=x',
      'limit=201',
      'limit=1&limit=2',
      'cursor=x',
      'cursor=1.x:y',
      `cursor=${'1.'.repeat(300)}`,
      'kinds=x',
      'kinds=note,__proto__',
      'around=note',
      `around=note:${id}&cursor=1`,
      `q=${'x'.repeat(201)}`,
    ],
  },
  {
    method: 'POST',
    path: '/contacts/:id/activities',
    access: 'agent',
    body: { fields: { id: must('id'), kind: must('choice'), ...content }, sample: { id, kind: 'note', text: 'x' } },
  },
  {
    method: 'POST',
    path: '/contacts/:id/mails',
    access: 'agent',
    body: {
      fields: { id: must('id'), to: must('email'), subject: must('subject'), text: must('longProse'), answersId: may('id') },
      sample: { id, to: 'ruth@shop.example', subject: 'x', text: 'x' },
    },
  },
  { method: 'GET', path: '/mail-ways', access: 'agent' },
  { method: 'GET', path: '/activities/:id', access: 'agent' },
  {
    method: 'PATCH',
    path: '/activities/:id',
    access: 'agent',
    body: { fields: { ...content, expectedUpdatedAt: may('moment') }, sample: {} },
  },
  { method: 'DELETE', path: '/activities/:id', access: 'agent' },
  { method: 'POST', path: '/activities/:id/restore', access: 'agent' },
  {
    method: 'GET',
    path: '/documents',
    access: 'agent',
    wrongQueries: [
      '',
      'contactId=x',
      `contactId=${id}&limit=0`,
      `contactId=${id}&cursor=x`,
      `contactId=${id}&entityId=${id}`,
      `entityId=${id}`,
    ],
  },
  {
    method: 'POST',
    path: '/documents',
    access: 'agent',
    body: {
      fields: { id: must('id'), entity: must('choice'), entityId: must('id'), fileId: must('id') },
      sample: { id, entity: 'contact', entityId: id, fileId: id },
    },
  },
  { method: 'PATCH', path: '/documents/:id', access: 'agent', body: { fields: { name: must('documentName') }, sample: { name: 'x' } } },
  { method: 'GET', path: '/documents/:id/file', access: 'agent', isLink: true },
  { method: 'DELETE', path: '/documents/:id', access: 'agent' },
  { method: 'POST', path: '/documents/:id/restore', access: 'agent' },
];
