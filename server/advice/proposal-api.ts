import type { Router } from 'express';
import { proposalApproveSchema, proposalDecideSchema, proposalListSchema } from '../../shared/proposal.ts';
import type { AnswerRoom } from '../answers/answers.ts';
import { route } from '../transport/route.ts';
import { approveProposal, decideProposals, listProposals } from './proposals.ts';

export function bindProposalRoutes(room: AnswerRoom, router: Router): void {
  const { app } = room;
  const permission = 'answers:manage';
  router.get(
    '/proposals',
    route(app, { permission, query: proposalListSchema }, ({ caller, query }) => listProposals(app, caller, query)),
  );
  router.post(
    '/proposals/decide',
    route(app, { permission, body: proposalDecideSchema }, ({ caller, body }) => decideProposals(room, caller, body)),
  );
  router.post(
    '/proposals/:id/approve',
    route(app, { permission, body: proposalApproveSchema }, ({ caller, param, body }) =>
      approveProposal(room, caller, { id: param('id'), change: body }),
    ),
  );
}
