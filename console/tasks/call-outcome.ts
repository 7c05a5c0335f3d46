/** What is said after a call was recorded, with a way back where there is one. */
import type { Callback, CallOutcome, Task } from '../../shared/task.ts';
import { contactName } from '../contacts/contact-name.ts';
import { dial } from '../contacts/dial.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { formatSoon } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import type { CallDesk } from './call-desk.ts';
import type { TaskBoard } from './task-board.ts';

/** Where calls are made from. */
export interface CallPlace {
  calls: CallDesk;
  board: TaskBoard;
  http: Http;
}

export async function recordOutcome(
  { calls, board, http }: CallPlace,
  outcome: CallOutcome | 'released',
  nextAt?: number,
): Promise<boolean> {
  const reply = await calls.finish(outcome, nextAt);
  if (!reply?.ok) return false;
  const task = reply.data;
  board.taskChanged(task);
  if (outcome === 'released') return true;
  const name = contactName(task.contact);
  if (task.status === 'open') {
    showToast({ text: t('calls.nextTry', { name, time: formatSoon(task.dueAt, Date.now()) }) });
    return true;
  }
  const text = outcome === 'no-answer' ? t('calls.givenUp', { name }) : t(`calls.noted.${outcome}`, { name });
  showToast({ text, action: { label: t('action.undo'), run: () => void reopen(task, { board, http }) } });
  return true;
}

/** Nobody else calls from now on, and the number is dialled. */
export async function startCall({ calls, board }: Pick<CallPlace, 'calls' | 'board'>, task: Callback): Promise<void> {
  if (calls.isBusy.value) return;
  if (calls.current.value?.id === task.id) return dialOf(task);
  const reply = await calls.begin(task);
  if (reply.ok) {
    board.taskChanged(reply.data);
    return dialOf(reply.data);
  }
  const isTaken = reply.error.code === 'conflict';
  showToast({
    text: isTaken ? t(clash(reply.error.field)) : errorText(reply.error),
    tone: 'problem',
  });
  if (isTaken) void board.sightChanged();
}

/** Why a call is not to be made now. */
export function clash(field: string | undefined): 'calls.taken' | 'calls.another' | 'calls.over' {
  return field === 'calling' ? 'calls.taken' : field === 'agent' ? 'calls.another' : 'calls.over';
}

function dialOf({ phone, isMasked }: Callback): void {
  if (phone && !isMasked) dial(phone);
}

async function reopen(task: Task, { board, http }: Pick<CallPlace, 'board' | 'http'>): Promise<void> {
  const reply = await http.patch<Task>(`/tasks/${task.id}`, { status: 'open' });
  if (reply.ok) board.taskChanged(reply.data);
  else showToast({ text: errorText(reply.error), tone: 'problem' });
}
