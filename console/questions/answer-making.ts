import type { AnswerBody } from '../../shared/automatic-answer.ts';
import type { Reply } from '../../shared/errors.ts';
import type { AnswerDraftProposal } from '../../shared/question.ts';
import { emptyAnswer } from '../answers/answer-draft.ts';
import { answerPath } from '../answers/answer-path.ts';
import { answerShelf } from '../answers/answer-shelf.ts';
import type { Http } from '../http.ts';
import type { GroupActions } from './group-actions.ts';

export function fetchProposal(http: Http, groupId: string): Promise<Reply<AnswerDraftProposal>> {
  return http.post<AnswerDraftProposal>(`/questions/${groupId}/answer-draft`, {});
}

interface Making {
  http: Http;
  agentId: string;
  proposal: AnswerDraftProposal;
  actions: GroupActions;
}

/** Begins an automatic answer that is the group's from the start; nothing speaks before it is saved. Gives its address. */
export async function beginAnswer({ http, agentId, proposal, actions }: Making): Promise<string | null> {
  const said = Object.entries(proposal.replies).map(([language, text]): [string, AnswerBody] => [language, { text, quickReplies: [] }]);
  const { question, phrasings } = proposal;
  const edits = answerShelf(http, agentId).begin({ ...emptyAnswer, question, phrasings, bodies: Object.fromEntries(said) });
  if (!(await actions.link({ id: proposal.groupId, version: proposal.version }, edits.id))) return null;
  return answerPath(edits.id);
}
