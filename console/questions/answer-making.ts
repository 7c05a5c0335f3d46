import type { AnswerBody } from '../../shared/automatic-answer.ts';
import type { Reply } from '../../shared/errors.ts';
import type { AnswerDraftProposal, ChangedGroup } from '../../shared/question.ts';
import { emptyAnswer } from '../answers/answer-draft.ts';
import { answerPath } from '../answers/answer-path.ts';
import { type AnswerShelf, answerShelf } from '../answers/answer-shelf.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';

export function fetchProposal(http: Http, groupId: string): Promise<Reply<AnswerDraftProposal>> {
  return http.post<AnswerDraftProposal>(`/questions/${groupId}/answer-draft`, {});
}

/** By group: what was begun for it in this tab. */
const begunFor = new WeakMap<AnswerShelf, Map<string, string>>();

/** Begins an automatic answer, or goes on with the one that was begun for this group; it is the group's once it is saved. Gives its address. */
export function beginAnswer({ http, agentId, proposal }: { http: Http; agentId: string; proposal: AnswerDraftProposal }): string {
  const { groupId, question, phrasings, replies } = proposal;
  const shelf = answerShelf(http, agentId);
  const begun = begunFor.get(shelf) ?? new Map<string, string>();
  begunFor.set(shelf, begun);
  const held = shelf.find(begun.get(groupId) ?? '');
  if (held && held.saved.value === null) return answerPath(held.id);
  const said = Object.entries(replies).map(([language, text]): [string, AnswerBody] => [language, { text, quickReplies: [] }]);
  const form = { ...emptyAnswer, question, phrasings, bodies: Object.fromEntries(said) };
  const { id } = shelf.begin(form, (answerId) => void link(http, groupId, answerId));
  begun.set(groupId, id);
  return answerPath(id);
}

/** The answer speaks either way; without the link its question stands among those that have none. */
async function link(http: Http, groupId: string, answerId: string): Promise<void> {
  const reply = await http.post<ChangedGroup>(`/questions/${groupId}/answer`, { answerId });
  if (reply.ok) return;
  if (reply.error.code === 'conflict') return showToast({ text: t('questions.hasOther'), tone: 'problem' });
  const again = { label: t('action.retry'), run: () => void link(http, groupId, answerId) };
  showToast({ text: t('questions.notLinked'), tone: 'problem', action: again });
}
