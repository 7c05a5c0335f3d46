/** A call is marked as done, or is to be made again, with a way back. */
import { type Callback, doneOutcomes, type TaskPatch } from '../../shared/task.ts';
import { outcomeWords } from '../contacts/call-words.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';
import { type CallPlace, clash } from './call-outcome.ts';

type Turn = Pick<TaskPatch, 'status' | 'outcome'>;

export async function turnCall(place: Pick<CallPlace, 'http' | 'board'>, task: Callback, to: Turn): Promise<void> {
  const reply = await place.http.patch<Callback>(`/tasks/${task.id}`, to);
  if (!reply.ok) {
    const isTaken = reply.error.code === 'conflict';
    return showToast({ text: isTaken ? t(clash(reply.error.field)) : errorText(reply.error), tone: 'problem' });
  }
  place.board.taskChanged(reply.data);
  const isDone = to.status === 'done';
  showToast({
    text: isDone ? t('calls.doneAs', { outcome: outcomeWords(reply.data.outcome) }) : t('tasks.toastOpen'),
    action: { label: t('action.undo'), run: () => void turnCall(place, task, isDone ? { status: 'open' } : backTo(task)) },
  });
}

/** As it was done before; how it ended is said again only where an agent had said so. */
function backTo({ outcome }: Callback): Turn {
  const said = doneOutcomes.find((one) => one === outcome);
  return { status: 'done', ...(said && { outcome: said }) };
}
