/** What is done with something that is to be done, each with a way back. */
import { nanoid } from 'nanoid';
import type { Task, TaskChangesReply, TaskPatch, Todo } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { formatSoon } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import type { TaskBoard } from './task-board.ts';

export interface TodoPlaceAt {
  http: Http;
  board: TaskBoard;
}

/** False where it was refused, which is said. */
async function patchTodo({ http, board }: TodoPlaceAt, id: string, patch: TaskPatch): Promise<Todo | null> {
  const reply = await http.patch<Todo>(`/tasks/${id}`, patch);
  if (reply.ok) {
    board.taskChanged(reply.data);
    return reply.data;
  }
  showToast({ text: reply.error.code === 'not-found' ? t('todo.gone') : errorText(reply.error), tone: 'problem' });
  return null;
}

interface Said {
  text: (todo: Todo) => string;
  /** What makes it as it was. */
  back: TaskPatch;
}

async function patchWithUndo(place: TodoPlaceAt, todo: Todo, { patch, said }: { patch: TaskPatch; said: Said }): Promise<Todo | null> {
  const done = await patchTodo(place, todo.id, patch);
  if (done) {
    showToast({ text: said.text(done), action: { label: t('action.undo'), run: () => void patchTodo(place, todo.id, said.back) } });
  }
  return done;
}

/** Of what comes again the next one is made by it; undone, that goes again. */
export function finishTodo(place: TodoPlaceAt, todo: Todo, how: Pick<TaskPatch, 'outcome' | 'outcomeText'> = {}): Promise<Todo | null> {
  const { title } = todo;
  const text = () => (how.outcome === 'not-needed' ? t('todo.skipped', { title }) : t('todo.finished', { title }));
  return patchWithUndo(place, todo, { patch: { status: 'done', ...how }, said: { text, back: { status: 'open' } } });
}

export function reopenTodo(place: TodoPlaceAt, todo: Todo): Promise<Todo | null> {
  const back = { status: 'done' as const, ...(todo.outcomeText && { outcomeText: todo.outcomeText }) };
  return patchWithUndo(place, todo, { patch: { status: 'open' }, said: { text: ({ title }) => t('todo.reopened', { title }), back } });
}

export function moveTodo(place: TodoPlaceAt, todo: Todo, dueAt: number | null): Promise<Todo | null> {
  const { title } = todo;
  const text = () => (dueAt === null ? t('todo.movedNever', { title }) : t('todo.moved', { title, time: formatSoon(dueAt, Date.now()) }));
  return patchWithUndo(place, todo, { patch: { dueAt }, said: { text, back: { dueAt: todo.dueAt } } });
}

export function takeTodo(place: TodoPlaceAt, todo: Todo, agentId: string): Promise<Todo | null> {
  const text = ({ title }: Todo) => t('todo.taken', { title });
  return patchWithUndo(place, todo, { patch: { ownerId: agentId }, said: { text, back: { ownerId: todo.ownerId } } });
}

/** Written down anew when that is undone. */
export async function removeTodo({ http, board }: TodoPlaceAt, todo: Todo): Promise<void> {
  const reply = await http.delete(`/tasks/${todo.id}`);
  if (!reply.ok && reply.error.code !== 'not-found') return showToast({ text: errorText(reply.error), tone: 'problem' });
  void board.sightChanged();
  const restore = async () => {
    const { title, note, dueAt, ownerId, teamId, priority, reminderMinutes, recurrence, kind, conversationId, contact, messageSeq } = todo;
    const { ticketId, opportunityId } = todo;
    const what = { title, note: note ?? '', dueAt, ownerId, teamId, priority, reminderMinutes, recurrence, kind, ticketId, opportunityId };
    const about = conversationId !== null ? { conversationId } : contact && { contactId: contact.id };
    const seq = conversationId !== null && messageSeq !== null && { messageSeq };
    const again = await http.post<Todo>('/tasks', { id: nanoid(), ...what, ...about, ...seq });
    if (again.ok) board.taskChanged(again.data);
    else showToast({ text: errorText(again.error), tone: 'problem' });
  };
  const isRestorable = todo.status === 'open' && !todo.isMasked;
  showToast({
    text: t('todo.removed', { title: todo.title }),
    ...(isRestorable && { action: { label: t('action.undo'), run: () => void restore() } }),
  });
}

/** Many at once; what was refused is counted, the rest can be undone together. */
export async function changeMany(
  { http, board }: TodoPlaceAt,
  { tasks, patch, back }: { tasks: readonly Task[]; patch: TaskPatch; back: (task: Task) => TaskPatch },
): Promise<void> {
  const send = async (changes: { id: string; patch: TaskPatch }[]): Promise<TaskChangesReply | null> => {
    const reply = await http.post<TaskChangesReply>('/tasks/changes', { changes });
    if (!reply.ok) {
      showToast({ text: errorText(reply.error), tone: 'problem' });
      return null;
    }
    for (const task of reply.data.items) board.taskChanged(task);
    return reply.data;
  };
  const done = await send(tasks.map(({ id }) => ({ id, patch })));
  if (!done) return;
  const changed = new Set(done.items.map(({ id }) => id));
  const undo = () => void send(tasks.filter(({ id }) => changed.has(id)).map((task) => ({ id: task.id, patch: back(task) })));
  if (done.refused.length > 0) showToast({ text: t('todo.manyRefused', { count: done.refused.length }), tone: 'problem' });
  if (changed.size > 0) showToast({ text: t('todo.manyChanged', { count: changed.size }), action: { label: t('action.undo'), run: undo } });
}
