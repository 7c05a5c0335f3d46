/** The routes of suggestions and proposals, as the hostile tests attack them. */
import type { Field, RouteTarget } from './attack-surface.ts';
import type { FieldKind } from './wrong-values.ts';

const must = (kind: FieldKind): Field => ({ kind, isRequired: true });
const may = (kind: FieldKind): Field => ({ kind, isRequired: false });

const id = 'V1StGXR8_Z5jdHi6B-myT';

export const adviceRoutes: readonly RouteTarget[] = [
  { method: 'GET', path: '/conversations/:id/advice', access: 'agent' },
  {
    method: 'GET',
    path: '/proposals',
    access: 'administrator',
    wrongQueries: ['limit=0', 'limit=x', 'limit=101', 'limit=1&limit=2', 'cursor=x', 'status=x', 'status=__proto__', 'answerId=x'],
  },
  {
    method: 'POST',
    path: '/proposals/decide',
    access: 'administrator',
    body: { fields: { ids: must('someIds'), decision: must('choice') }, sample: { ids: [id], decision: 'refuse' } },
  },
  {
    method: 'POST',
    path: '/proposals/:id/approve',
    access: 'administrator',
    body: {
      fields: { question: may('phrase'), reply: may('answerText'), language: may('choice'), answerId: may('id') },
      sample: {},
    },
  },
];
