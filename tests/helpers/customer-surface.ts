/** The routes of the list of customers, as the hostile tests attack them. */
import type { Field, RouteTarget } from './attack-surface.ts';
import type { FieldKind } from './wrong-values.ts';

const must = (kind: FieldKind): Field => ({ kind, isRequired: true });
const may = (kind: FieldKind): Field => ({ kind, isRequired: false });
const clears = (kind: FieldKind): Field => ({ kind, isRequired: false, isNullable: true });

const id = 'V1StGXR8_Z5jdHi6B-myT';
const filter = { match: 'all', groups: [{ match: 'all', conditions: [{ on: 'tag', op: 'any', values: ['x'] }] }] };
const wrongSearches = [
  'filter=x',
  'filter=[]',
  'filter={"groups":[{"conditions":[]}]}',
  'filter={"groups":[{"conditions":[{"on":"x"}]}]}',
  'filter={"match":"none"}',
  'filter={"groups":[{"conditions":[{"on":"field","fieldId":"x","is":true}]}]}',
  'filter={"groups":[{"conditions":[{"on":"name","op":"is","value":"%00"}]}]}',
  'filter={"groups":[{"conditions":[{"on":"opportunity","is":true,"stageIds":[]}]}]}',
  'filter={"groups":[{"conditions":[{"on":"opportunity","is":true,"amount":{"from":1}}]}]}',
  'filter={"groups":[{"conditions":[{"on":"ticket","is":true,"statuses":["x"]}]}]}',
  'filter={"groups":[{"conditions":[{"on":"task","is":true,"kinds":["callback"],"stageIds":["x"]}]}]}',
  'filter={"groups":[{"conditions":[{"on":"task"}]}]}',
  `q=${'x'.repeat(201)}`,
  'q=x&q=y',
  'segmentId=x',
  'cursor=x',
  'cursor=WzEsInkiXQ',
];

export const customerRoutes: readonly RouteTarget[] = [
  {
    method: 'GET',
    path: '/customers',
    access: 'agent',
    wrongQueries: [...wrongSearches, 'limit=0', 'limit=x', 'limit=201', 'sort=x', 'direction=up', 'sort=name&cursor=WzEsMV0'],
  },
  { method: 'GET', path: '/customers/count', access: 'agent', wrongQueries: wrongSearches },
  { method: 'GET', path: '/customers/layout', access: 'agent' },
  {
    method: 'PUT',
    path: '/customers/layout',
    access: 'agent',
    body: {
      fields: { columns: must('customerColumns'), sort: must('choice'), direction: must('choice') },
      sample: { columns: ['name'], sort: 'seen', direction: 'desc' },
    },
  },
  {
    method: 'GET',
    path: '/customers/export',
    access: 'administrator',
    wrongQueries: ['', 'columns=x', 'columns=name&format=pdf', 'columns=name&language=fr', 'columns=name&ids=x', 'columns=name&timeZone=x'],
  },
  {
    method: 'POST',
    path: '/customers/changes',
    access: 'agent',
    body: {
      fields: { id: must('id'), change: must('customerChange'), contactIds: may('idList') },
      sample: { id, change: { kind: 'tags', add: ['x'] }, contactIds: [id] },
    },
  },
  { method: 'GET', path: '/customer-jobs', access: 'agent' },
  { method: 'GET', path: '/customer-jobs/:id', access: 'agent' },
  { method: 'POST', path: '/customer-jobs/:id/cancel', access: 'agent' },
  { method: 'POST', path: '/customer-jobs/:id/undo', access: 'agent' },
  {
    method: 'POST',
    path: '/customer-imports',
    access: 'administrator',
    wrongQueries: ['', 'id=x', `id=${id}&name=${'x'.repeat(201)}`, `id=${id}`],
  },
  { method: 'GET', path: '/customer-imports/:id', access: 'administrator' },
  {
    method: 'GET',
    path: '/customer-imports/:id/rows',
    access: 'administrator',
    wrongQueries: ['limit=0', 'limit=101', 'cursor=x', 'outcome=x'],
  },
  { method: 'GET', path: '/customer-imports/:id/refused', access: 'administrator', wrongQueries: ['language=fr'] },
  {
    method: 'POST',
    path: '/customer-imports/:id/check',
    access: 'administrator',
    body: {
      fields: { mapping: must('importMapping'), matchBy: may('matchKeys'), mode: may('choice'), tag: clears('shortTag') },
      sample: { mapping: ['name'] },
    },
  },
  { method: 'POST', path: '/customer-imports/:id/run', access: 'administrator' },
  { method: 'DELETE', path: '/customer-imports/:id', access: 'administrator' },
  { method: 'GET', path: '/segments', access: 'agent' },
  {
    method: 'POST',
    path: '/segments',
    access: 'agent',
    body: {
      fields: { id: must('id'), name: must('line'), filter: must('customerFilter'), isShared: may('flag') },
      sample: { id, name: 'x', filter },
    },
  },
  { method: 'GET', path: '/segments/:id', access: 'agent' },
  {
    method: 'PATCH',
    path: '/segments/:id',
    access: 'agent',
    body: { fields: { name: may('line'), filter: may('customerFilter'), isShared: may('flag') }, sample: { name: 'x' } },
  },
  { method: 'DELETE', path: '/segments/:id', access: 'agent' },
];
