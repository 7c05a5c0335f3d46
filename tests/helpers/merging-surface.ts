/** The routes of merging, as the hostile tests attack them. */
import type { RouteTarget } from './attack-surface.ts';

const id = 'V1StGXR8_Z5jdHi6B-myT';
const otherId = 'V1StGXR8_Z5jdHi6B-myU';

export const mergingRoutes: readonly RouteTarget[] = [
  { method: 'GET', path: '/contacts/:id/likenesses', access: 'agent' },
  { method: 'GET', path: '/contacts/:id/merges', access: 'agent' },
  {
    method: 'GET',
    path: '/contacts/:id/comparison',
    access: 'agent',
    wrongQueries: ['', 'otherId=', 'otherId=x', 'otherId=%00', `otherId=${otherId}&otherId=${otherId}`],
  },
  {
    method: 'GET',
    path: '/duplicates',
    access: 'agent',
    wrongQueries: ['limit=0', 'limit=x', 'limit=201', 'cursor=x', 'cursor=', `cursor=1.1.${id}x`, `cursor=100.1.${id}`],
  },
  { method: 'POST', path: '/likenesses/:id/refuse', access: 'agent' },
  { method: 'POST', path: '/likenesses/:id/reopen', access: 'agent' },
  {
    method: 'POST',
    path: '/contacts/:id/merge',
    access: 'agent',
    body: {
      fields: {
        id: { kind: 'id', isRequired: true },
        otherId: { kind: 'id', isRequired: true },
        keep: { kind: 'mergeKeep', isRequired: false },
      },
      sample: { id, otherId },
    },
  },
  { method: 'POST', path: '/merges/:id/undo', access: 'agent' },
  {
    method: 'POST',
    path: '/contacts/:id/split',
    access: 'agent',
    body: {
      fields: {
        id: { kind: 'id', isRequired: true },
        name: { kind: 'line', isRequired: false, isNullable: true },
        items: { kind: 'splitItems', isRequired: false },
        identityIds: { kind: 'splitIds', isRequired: false },
      },
      sample: { id, items: { conversation: [otherId] } },
    },
  },
];
