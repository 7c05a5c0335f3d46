/** The routes of customer files, their companies and fields, as the hostile tests attack them. */
import type { Field, RouteTarget } from './attack-surface.ts';
import type { FieldKind } from './wrong-values.ts';

const must = (kind: FieldKind): Field => ({ kind, isRequired: true });
const may = (kind: FieldKind): Field => ({ kind, isRequired: false });
const clears = (kind: FieldKind): Field => ({ kind, isRequired: false, isNullable: true });

const id = 'V1StGXR8_Z5jdHi6B-myT';
const wrongPages = ['limit=0', 'limit=x', 'limit=201', 'limit=1&limit=2', 'cursor=x', 'cursor=', `cursor=${'9'.repeat(700)}`];
const wrongNames = [...wrongPages, `q=${'x'.repeat(201)}`, 'q=a&q=b', 'q=%00'];

const edits = {
  name: clears('line'),
  company: clears('line'),
  companyId: clears('id'),
  ownerId: clears('id'),
  tags: may('contactTags'),
  lifecycle: clears('choice'),
  locale: clears('spoken'),
  values: may('fieldPatch'),
};

export const fileRoutes: readonly RouteTarget[] = [
  { method: 'GET', path: '/contacts', access: 'agent', wrongQueries: [...wrongNames, 'q=ruth%00'] },
  {
    method: 'POST',
    path: '/contacts',
    access: 'agent',
    body: { fields: { id: must('id'), ...edits, email: may('email'), phone: may('phone'), identities: may('identities') }, sample: { id } },
  },
  { method: 'GET', path: '/contact-tags', access: 'agent' },
  { method: 'GET', path: '/contacts/:id', access: 'agent' },
  { method: 'GET', path: '/contacts/:id/events', access: 'agent' },
  {
    method: 'PATCH',
    path: '/contacts/:id',
    access: 'agent',
    body: { fields: { ...edits, email: clears('email'), phone: clears('phone'), was: may('wasThere') }, sample: {} },
  },
  { method: 'DELETE', path: '/contacts/:id', access: 'administrator' },
  { method: 'GET', path: '/contacts/:id/identities', access: 'agent' },
  {
    method: 'POST',
    path: '/contacts/:id/identities',
    access: 'agent',
    body: {
      fields: { kind: must('choice'), value: must('email'), isVerified: may('flag') },
      sample: { kind: 'email', value: 'a@shop.example' },
    },
  },
  {
    method: 'PATCH',
    path: '/contacts/:id/identities/:identityId',
    access: 'agent',
    body: { fields: { isVerified: may('flag'), value: may('identityValue') }, sample: { isVerified: true } },
  },
  { method: 'DELETE', path: '/contacts/:id/identities/:identityId', access: 'agent' },
  { method: 'GET', path: '/contacts/:id/consents', access: 'agent', wrongQueries: wrongPages },
  {
    method: 'POST',
    path: '/contacts/:id/consents',
    access: 'agent',
    body: {
      fields: {
        id: must('id'),
        kind: must('choice'),
        isGiven: must('flag'),
        text: clears('agreedText'),
        how: must('choice'),
        at: may('moment'),
      },
      sample: { id, kind: 'email', isGiven: true, how: 'phone' },
    },
  },
  { method: 'GET', path: '/companies', access: 'agent', wrongQueries: wrongNames },
  {
    method: 'POST',
    path: '/companies',
    access: 'agent',
    body: {
      fields: {
        id: must('id'),
        name: must('line'),
        domain: clears('domain'),
        phone: clears('phone'),
        website: clears('website'),
        externalId: clears('outerId'),
        ownerId: clears('id'),
        values: may('fieldPatch'),
      },
      sample: { id, name: 'x' },
    },
  },
  { method: 'GET', path: '/companies/:id', access: 'agent' },
  { method: 'GET', path: '/companies/:id/people', access: 'agent', wrongQueries: wrongPages },
  {
    method: 'PATCH',
    path: '/companies/:id',
    access: 'agent',
    body: {
      fields: {
        name: may('line'),
        domain: clears('domain'),
        phone: clears('phone'),
        website: clears('website'),
        externalId: clears('outerId'),
        ownerId: clears('id'),
        values: may('fieldPatch'),
        was: may('wasThere'),
      },
      sample: {},
    },
  },
  { method: 'DELETE', path: '/companies/:id', access: 'agent', wrongQueries: ['detach=2', 'detach='] },
  { method: 'GET', path: '/fields', access: 'agent', wrongQueries: ['entity=x', 'entity=', 'include=x', 'entity=contact&entity=company'] },
  {
    method: 'POST',
    path: '/fields',
    access: 'administrator',
    body: {
      fields: {
        id: must('id'),
        entity: must('choice'),
        key: must('fieldKey'),
        name: must('fieldName'),
        kind: must('choice'),
        choices: may('fieldChoices'),
        currency: clears('currency'),
        viewRoles: clears('roleIds'),
        editRoles: clears('roleIds'),
      },
      sample: { id, entity: 'contact', key: 'size', name: 'Size', kind: 'text' },
    },
  },
  {
    method: 'POST',
    path: '/fields/order',
    access: 'administrator',
    body: { fields: { entity: must('choice'), ids: must('fieldIds') }, sample: { entity: 'contact', ids: [] } },
  },
  {
    method: 'PATCH',
    path: '/fields/:id',
    access: 'administrator',
    body: {
      fields: {
        name: may('fieldName'),
        choices: may('fieldChoices'),
        viewRoles: clears('roleIds'),
        editRoles: clears('roleIds'),
        isArchived: may('flag'),
        expectedUpdatedAt: may('moment'),
      },
      sample: {},
    },
  },
];
