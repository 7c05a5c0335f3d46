import type { Router } from 'express';
import { adviceSchema } from '../../shared/advice-schema.ts';
import { route } from '../transport/route.ts';
import { type Adviser, adviseOn } from './adviser.ts';

export function bindAdviceRoutes(adviser: Adviser, router: Router): void {
  router.get(
    '/conversations/:id/advice',
    route(
      adviser.app,
      {
        permission: 'conversations:reply',
        summary: 'Suggest what an agent might say to the question that stands unanswered.',
        reply: adviceSchema,
      },
      ({ caller, param }) => adviseOn(adviser, caller, param('id')),
    ),
  );
}
