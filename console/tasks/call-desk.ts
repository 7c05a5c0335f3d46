/** The calls that ring for this agent, and the one that it is making. State without a screen; the strip above every page shows it. */
import { signal } from '@preact/signals';
import { nanoid } from 'nanoid';
import { CALL_BEAT_MS } from '../../shared/call-beat.ts';
import type { Contact } from '../../shared/contact.ts';
import { type ErrorReply, isTemporary, type Reply } from '../../shared/errors.ts';
import type { KeyValueStore } from '../../shared/outbox.ts';
import type { Callback, CallOutcome, DueTask, Task, TaskAttemptRequest, TaskPage } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import type { TodoWish } from './todo-wish.ts';

const MINUTE_MS = 60_000;
const SILENCED_MAX = 100;

interface CallDeskOptions {
  agentId: string;
  http: Http;
  store: KeyValueStore;
  now?: () => number;
  beatEveryMs?: number;
}

/** To whom a call is to be promised, and in which conversation. */
export interface PromisePlace {
  contact: Contact;
  conversationId?: string;
}

export class CallDesk {
  /** The one that rang first stands first. */
  readonly ringing = signal<readonly DueTask[]>([]);
  /** The call under way, in this browser or another of the agent's. */
  readonly current = signal<Callback | null>(null);
  /** It is not held for this agent any more: closed, or a colleague's. What came of it can still be said, and what was typed stays. */
  readonly isCut = signal(false);
  /** Why the last step was not done. What was typed stays. */
  readonly problem = signal<ErrorReply | null>(null);
  readonly isBusy = signal(false);
  /** The form for a new promise is open. */
  readonly promising = signal<PromisePlace | null>(null);
  /** The form for anything else that is to be done. */
  readonly writing = signal<TodoWish | null>(null);
  readonly #options: Required<CallDeskOptions>;
  readonly #listeners = new Set<(task: DueTask) => void>();
  #beating: ReturnType<typeof setInterval> | undefined;

  constructor(options: CallDeskOptions) {
    this.#options = { now: Date.now, beatEveryMs: CALL_BEAT_MS, ...options };
  }

  get agentId(): string {
    return this.#options.agentId;
  }

  onRing(listener: (task: DueTask) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** At the start of each session: what rang while nobody listened, and what this agent is in the middle of. */
  async load(): Promise<void> {
    const ask = (due: string) => this.#options.http.get<TaskPage>('/tasks', { due, limit: 20 });
    const [calling, ringing] = await Promise.all([ask('calling'), ask('ringing')]);
    const [own] = calling.ok ? calling.data.items : [];
    if (own?.kind === 'callback') this.#hold(own);
    // It was out of sight for long: it goes on, or the server says why not.
    else if (calling.ok && this.current.value) await this.#beat();
    if (!ringing.ok) return;
    const known = new Set(this.ringing.value.map(keyOf));
    const loud = ringing.data.items.filter((task) => !this.#isSilenced(task));
    this.ringing.value = loud;
    for (const task of loud) if (!known.has(keyOf(task))) this.#tell(task);
  }

  due(task: DueTask): void {
    if (this.#isSilenced(task)) return;
    this.ringing.value = [...this.ringing.value.filter(({ id }) => id !== task.id), task];
    this.#tell(task);
  }

  /** Somebody has called, moved or finished it: then it rings nowhere. */
  changed(task: Task): void {
    const { agentId } = this.#options;
    const current = this.current.value;
    if (task.kind === 'callback' && task.calling?.agentId === agentId) this.#hold(task);
    else if (current?.id === task.id) {
      const own = task.attempts.find(({ id }) => id === current.calling?.attemptId);
      if (own?.outcome === null) this.isCut.value = true;
      else this.#letGo();
    }
    this.ringing.value = this.ringing.value.flatMap((held) => {
      if (held.id !== task.id) return [held];
      const isOthers = task.ownerId !== null && task.ownerId !== agentId && task.ownerId !== held.ownerId;
      const isLater = (task.dueAt ?? Number.POSITIVE_INFINITY) > (held.dueAt ?? Number.POSITIVE_INFINITY);
      const isPutOff = task.rangAt === null && held.rangAt !== null;
      return task.status === 'done' || task.calling || isOthers || isLater || isPutOff
        ? []
        : [{ ...task, ...(held.isReminder && { isReminder: true }) }];
    });
  }

  /** It was taken away. */
  removed(id: string): void {
    this.#drop(id);
  }

  /** Seen: it stands in the list, and on no screen of this browser. */
  dismiss(task: DueTask): void {
    this.#silence(task);
    this.#drop(task.id);
  }

  /** One call at a time: first it is said what came of the other. */
  async begin(task: Callback): Promise<Reply<Callback>> {
    const current = this.current.value;
    if (current && current.id !== task.id) {
      return { ok: false, error: { code: 'conflict', message: 'You are in another call.', field: 'agent' } };
    }
    return this.#attempt(task, { id: nanoid() });
  }

  /** Ends the call under way; `nextAt`: when to try again, instead of by the rule. The reply says when it is tried again (`dueAt`), if it is. */
  async finish(outcome: CallOutcome | 'released', nextAt?: number): Promise<Reply<Callback> | null> {
    const task = this.current.value;
    const attemptId = task?.calling?.attemptId;
    if (!task || attemptId === undefined) return null;
    const note = this.noteOf(task);
    const reply = await this.#attempt(task, {
      id: attemptId,
      outcome,
      ...(note.trim() && { note }),
      ...(nextAt !== undefined && { nextAt }),
    });
    // What cannot be said any more is put away by whoever says that it was none.
    const isPutAway = !reply.ok && outcome === 'released' && !isTemporary(reply.error.code);
    if (isPutAway) this.#letGo();
    if (reply.ok || isPutAway) this.#options.store.removeItem(noteKey(attemptId));
    if (reply.ok && outcome === 'released') this.#putBack(reply.data);
    return reply;
  }

  /** Rings again in a while, and is this agent's from now on. */
  async later(task: DueTask, minutes: number): Promise<Reply<Task>> {
    const reply = await this.#options.http.patch<Task>(`/tasks/${task.id}`, { ringAt: this.#options.now() + minutes * MINUTE_MS });
    if (reply.ok) this.#drop(task.id);
    return reply;
  }

  /** What was typed about a call is kept until the server has it: over a reload, a dead network, a closed tab. */
  noteOf(task: Callback): string {
    return task.calling ? (this.#options.store.getItem(noteKey(task.calling.attemptId)) ?? '') : '';
  }

  keepNote(task: Callback, text: string): void {
    if (task.calling) this.#options.store.setItem(noteKey(task.calling.attemptId), text);
  }

  async #attempt(task: Callback, body: TaskAttemptRequest): Promise<Reply<Callback>> {
    this.isBusy.value = true;
    const reply = await this.#options.http.post<Callback>(`/tasks/${task.id}/attempts`, body);
    this.isBusy.value = false;
    this.problem.value = reply.ok ? null : reply.error;
    if (reply.ok) this.changed(reply.data);
    // A colleague was quicker, it is over, or another call is under way: what is shown here is not so any more.
    else if (!isTemporary(reply.error.code)) void this.load();
    return reply;
  }

  close(): void {
    clearInterval(this.#beating);
    this.#beating = undefined;
  }

  #hold(task: Callback): void {
    this.current.value = task;
    this.isCut.value = false;
    this.#beating ??= setInterval(() => {
      if (!this.isCut.value && !this.isBusy.value) void this.#beat();
    }, this.#options.beatEveryMs);
  }

  #letGo(): void {
    this.current.value = null;
    this.isCut.value = false;
    this.close();
  }

  /** The call goes on: until this is not heard for a while nobody else makes it. */
  async #beat(): Promise<void> {
    const task = this.current.value;
    const attemptId = task?.calling?.attemptId;
    if (!task || attemptId === undefined) return;
    const reply = await this.#options.http.post<Callback>(`/tasks/${task.id}/attempts`, { id: attemptId } satisfies TaskAttemptRequest);
    if (this.current.value?.calling?.attemptId !== attemptId) return;
    if (reply.ok) this.changed(reply.data);
    else if (!isTemporary(reply.error.code)) this.isCut.value = true;
  }

  #tell(task: DueTask): void {
    for (const listener of this.#listeners) listener(task);
  }

  /** It was not called after all, and is still due. */
  #putBack(task: Callback): void {
    const isDue = task.status === 'open' && task.calling === null && task.rangAt !== null && task.dueAt <= this.#options.now();
    if (!isDue || this.#isSilenced(task)) return;
    this.ringing.value = [...this.ringing.value.filter(({ id }) => id !== task.id), task];
  }

  #drop(id: string): void {
    this.ringing.value = this.ringing.value.filter((task) => task.id !== id);
  }

  #isSilenced(task: DueTask): boolean {
    return this.#silenced().includes(keyOf(task));
  }

  #silence(task: DueTask): void {
    this.#options.store.setItem(this.#silenceKey, [...this.#silenced(), keyOf(task)].slice(-SILENCED_MAX).join(' '));
  }

  #silenced(): string[] {
    return (this.#options.store.getItem(this.#silenceKey) ?? '').split(' ');
  }

  get #silenceKey(): string {
    return `kesher:silenced-calls:${this.#options.agentId}`;
  }
}

/** A ring of its own: the same call rings again when it was put off. */
export function keyOf({ id, rangAt }: Pick<Task, 'id' | 'rangAt'>): string {
  return `${id}:${rangAt ?? 0}`;
}

function noteKey(attemptId: string): string {
  return `kesher:call-note:${attemptId}`;
}
