/** The routes of automatic answers, as the hostile tests attack them. */
import type { Field, Fields, RouteTarget } from './attack-surface.ts';
import type { FieldKind } from './wrong-values.ts';

const must = (kind: FieldKind): Field => ({ kind, isRequired: true });
const may = (kind: FieldKind): Field => ({ kind, isRequired: false });
const clears = (kind: FieldKind): Field => ({ kind, isRequired: false, isNullable: true });

const id = 'V1StGXR8_Z5jdHi6B-myT';
const sample = { question: { en: 'x' }, bodies: { en: { text: 'x' } } };
const fields = (has: (kind: FieldKind) => Field): Fields => ({
  question: has('saying'),
  bodies: has('bodies'),
  phrasings: may('phrasings'),
  fileIds: may('ids'),
  tags: may('tags'),
  validFrom: clears('moment'),
  validTo: clears('moment'),
  inboxIds: clears('someInboxes'),
  moment: may('choice'),
  isOn: may('flag'),
  intent: clears('intent'),
});

export const answerRoutes: readonly RouteTarget[] = [
  {
    method: 'GET',
    path: '/answers',
    access: 'agent',
    wrongQueries: [
      'limit=0',
      'limit=x',
      'limit=201',
      'limit=1&limit=2',
      'cursor=x',
      'isOn=1',
      'inboxId=x',
      'tag=',
      'tag=%00',
      `words=${'x'.repeat(201)}`,
    ],
  },
  { method: 'POST', path: '/answers', access: 'administrator', body: { fields: { ...fields(must), id: may('id') }, sample } },
  {
    method: 'POST',
    path: '/answers/try',
    access: 'agent',
    body: {
      fields: { text: must('text'), inboxId: may('id'), at: may('moment'), moment: may('choice'), locale: may('localeTag') },
      sample: { text: 'x' },
    },
  },
  {
    method: 'GET',
    path: '/answers/library',
    access: 'administrator',
    wrongQueries: ['language=x', 'language=he&language=en', 'language=__proto__'],
  },
  {
    method: 'POST',
    path: '/answers/from-library',
    access: 'administrator',
    body: { fields: { intents: must('intents'), inboxIds: clears('someInboxes') }, sample: { intents: [{ id: 'opening-hours' }] } },
  },
  { method: 'GET', path: '/answers/export', access: 'administrator', wrongQueries: ['format=x', 'format=csv&format=json'] },
  {
    method: 'POST',
    path: '/answers/import',
    access: 'administrator',
    body: {
      fields: { format: must('choice'), text: must('table'), mode: may('choice'), isDryRun: may('flag'), skipsRefused: may('flag') },
      sample: { format: 'csv', text: 'question en,answer en\nx,y', isDryRun: true },
    },
  },
  { method: 'GET', path: '/answers/:id', access: 'agent' },
  {
    method: 'PATCH',
    path: '/answers/:id',
    access: 'administrator',
    body: { fields: { ...fields(may), expectedAt: may('whole') }, sample: {} },
  },
  { method: 'DELETE', path: '/answers/:id', access: 'administrator' },
  {
    method: 'POST',
    path: '/answers/:id/copies',
    access: 'agent',
    body: { fields: { fileId: must('id') }, sample: { fileId: id } },
  },
];
