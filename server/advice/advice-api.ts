import type { Router } from 'express';
import { route } from '../transport/route.ts';
import { type Adviser, adviseOn } from './adviser.ts';

export function bindAdviceRoutes(adviser: Adviser, router: Router): void {
  router.get(
    '/conversations/:id/advice',
    route(adviser.app, { permission: 'conversations:reply' }, ({ caller, param }) => adviseOn(adviser, caller, param('id'))),
  );
}
