/** A call is moved to another time, with a way back where that has not passed. */
import type { ErrorReply } from '../../shared/errors.ts';
import type { Callback } from '../../shared/task.ts';
import { contactName } from '../contacts/contact-name.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { formatSoon } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import type { CallPlace } from './call-outcome.ts';

export async function moveCall(place: Pick<CallPlace, 'board' | 'http'>, task: Callback, dueAt: number): Promise<ErrorReply | null> {
  const reply = await place.http.patch<Callback>(`/tasks/${task.id}`, { dueAt });
  if (!reply.ok) return reply.error;
  place.board.taskChanged(reply.data);
  if (reply.data.status === 'done') {
    // A colleague has dealt with it meanwhile: there is nothing to move.
    showToast({ text: t('calls.over'), tone: 'problem' });
    return null;
  }
  const isUndoable = !task.awaitsTurn && task.dueAt > Date.now();
  showToast({
    text: t('calls.moved', { name: contactName(task.contact), time: formatSoon(reply.data.dueAt, Date.now()) }),
    ...(isUndoable && { action: { label: t('action.undo'), run: () => void moveBack(place, task) } }),
  });
  return null;
}

async function moveBack({ board, http }: Pick<CallPlace, 'board' | 'http'>, { id, dueAt }: Callback): Promise<void> {
  const reply = await http.patch<Callback>(`/tasks/${id}`, { dueAt });
  if (reply.ok) board.taskChanged(reply.data);
  else showToast({ text: errorText(reply.error), tone: 'problem' });
}
