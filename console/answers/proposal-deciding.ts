/** Decisions about proposals: said to the server, told to the person, and taken back where that can be. */

import type { ErrorReply } from '../../shared/errors.ts';
import type { Proposal, ProposalApproveRequest, ProposalDecideRequest, ProposalsDecided } from '../../shared/proposal.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';

export interface Deciding {
  /** Null if it is done; else why not. */
  approve: (proposal: Proposal, change: ProposalApproveRequest) => Promise<ErrorReply | null>;
  decide: (proposals: readonly Proposal[], decision: ProposalDecideRequest['decision']) => Promise<void>;
}

interface Shelf {
  /** They stand in another list now. */
  take: (ids: readonly string[]) => void;
  putBack: (proposals: readonly Proposal[]) => void;
}

export function useDeciding(http: Http, { take, putBack }: Shelf): Deciding {
  const send = (proposals: readonly Proposal[], decision: ProposalDecideRequest['decision']) =>
    http.post<ProposalsDecided>('/proposals/decide', { ids: proposals.map(({ id }) => id), decision } satisfies ProposalDecideRequest);
  const decide: Deciding['decide'] = async (proposals, decision) => {
    const reply = await send(proposals, decision);
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    const { decidedIds, refused } = reply.data;
    take(decidedIds);
    // What is gone, or decided by somebody else, is not waited for here any more.
    take(refused.filter(({ code }) => code === 'not-found').map(({ id }) => id));
    if (refused.length > 0) showToast({ text: t('proposals.notAll', { count: refused.length }), tone: 'problem' });
    if (decidedIds.length === 0) return;
    const done = proposals.filter(({ id }) => decidedIds.includes(id));
    const undo = {
      label: t('action.undo'),
      run: () =>
        void send(done, 'reopen').then((back) => (back.ok ? putBack(done) : showToast({ text: errorText(back.error), tone: 'problem' }))),
    };
    showToast({ text: t(`proposals.done.${decision}`, { count: decidedIds.length }), ...(decision === 'refuse' && { action: undo }) });
  };
  const approve: Deciding['approve'] = async (proposal, change) => {
    const reply = await http.post<Proposal>(`/proposals/${proposal.id}/approve`, change);
    if (!reply.ok) {
      if (reply.error.field === undefined) showToast({ text: approvalProblem(reply.error), tone: 'problem' });
      return reply.error;
    }
    take([proposal.id]);
    showToast({ text: proposal.answer ? t('proposals.done.approve', { count: 1 }) : t('proposals.answerMade') });
    return null;
  };
  return { approve, decide };
}

function approvalProblem(error: ErrorReply): string {
  return error.code === 'conflict' || error.code === 'not-found' ? t('proposals.decidedMeanwhile') : errorText(error);
}
