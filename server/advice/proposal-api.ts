import type { Router } from 'express';
import {
  proposalApproveSchema,
  proposalDecideSchema,
  proposalListSchema,
  proposalPageSchema,
  proposalSchema,
  proposalsDecidedSchema,
} from '../../shared/proposal.ts';
import type { AnswerRoom } from '../answers/answers.ts';
import { route } from '../transport/route.ts';
import { approveProposal, decideProposals, listProposals } from './proposals.ts';

export function bindProposalRoutes(room: AnswerRoom, router: Router): void {
  const { app } = room;
  const permission = 'answers:manage';
  router.get(
    '/proposals',
    route(
      app,
      {
        permission,
        query: proposalListSchema,
        summary: "List what agents' replies would teach the automatic answers.",
        reply: proposalPageSchema,
      },
      ({ caller, query }) => listProposals(app, caller, query),
    ),
  );
  router.post(
    '/proposals/decide',
    route(
      app,
      {
        permission,
        body: proposalDecideSchema,
        summary: 'Approve or dismiss several proposals at once; each is judged by itself.',
        reply: proposalsDecidedSchema,
      },
      ({ caller, body }) => decideProposals(room, caller, body),
    ),
  );
  router.post(
    '/proposals/:id/approve',
    route(
      app,
      {
        permission,
        body: proposalApproveSchema,
        summary: 'Take a proposal into the automatic answers, as it is or edited.',
        reply: proposalSchema,
      },
      ({ caller, param, body }) => approveProposal(room, caller, { id: param('id'), change: body }),
    ),
  );
}
