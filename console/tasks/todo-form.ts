/** What somebody is writing down, until the server has it: kept in this browser, and joined with what a colleague changes meanwhile. */
import { type Signal, signal } from '@preact/signals';
import { nanoid } from 'nanoid';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Recurrence } from '../../shared/recurrence.ts';
import type { Priority } from '../../shared/routing.ts';
import type { Task, Todo, TodoKind } from '../../shared/task.ts';
import { mergeChanges } from '../editing/merge-changes.ts';
import type { Http } from '../http.ts';
import { DueTime } from './due-state.ts';
import type { TodoWish } from './todo-wish.ts';

/** Everything but when it is due, which has a state of its own. */
export interface TodoWords {
  title: string;
  kind: TodoKind;
  note: string;
  ownerId: string | null;
  teamId: string | null;
  priority: Priority;
  reminderMinutes: number | null;
  recurrence: Recurrence | null;
  /** For whom it is; in a conversation it is that one's person. */
  contactId: string | null;
}

type Values = TodoWords & { dueAt: number | null };

interface TodoFormOptions {
  http: Http;
  agentId: string;
  wish: TodoWish;
  weekStartsOn: 0 | 1;
  store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

const TITLE_MAX = 300;

export class TodoForm {
  readonly words: Signal<TodoWords>;
  readonly due: DueTime;
  readonly error = signal<ErrorReply | null>(null);
  readonly isBusy = signal(false);
  /** A colleague has changed the same thing: what is here stands when it is saved again. */
  readonly hasClash = signal(false);
  readonly isTitleMissing = signal(false);
  /** For whom it is, with the name that is shown. */
  readonly contact: Signal<{ id: string; name: string | null } | null>;
  readonly #options: TodoFormOptions;
  readonly #id: string = nanoid();
  /** As the server had it. */
  #was: Values | null;
  #version: number;

  constructor(options: TodoFormOptions) {
    const { wish, agentId, weekStartsOn } = options;
    this.#options = options;
    this.#was = wish.todo ? valuesOf(wish.todo) : null;
    this.#version = wish.todo?.version ?? 0;
    const begun = this.#was ? null : this.#begun();
    const { dueAt, ...words } = this.#was ?? begun ?? newValues(agentId, wish);
    this.contact = signal(begun ? begun.contact : ((wish.todo ? wish.todo.contact : wish.contact) ?? null));
    this.words = signal<TodoWords>(words);
    this.due = new DueTime({ dueAt, weekStartsOn, now: Date.now() });
  }

  write(change: Partial<TodoWords>): void {
    this.words.value = { ...this.words.value, ...change };
    this.error.value = null;
    if (change.title !== undefined) this.isTitleMissing.value = false;
    this.keep();
  }

  writeFor(contact: { id: string; name: string | null } | null): void {
    this.contact.value = contact && { id: contact.id, name: contact.name };
    this.write({ contactId: contact?.id ?? null });
  }

  /** What was begun and not sent is there again, after a reload too. */
  keep(): void {
    if (this.#options.wish.todo) return;
    try {
      this.#options.store.setItem(this.#key, JSON.stringify({ ...this.words.value, dueAt: this.due.at, contact: this.contact.value }));
    } catch {
      // Full storage: it stays on this screen.
    }
  }

  /** Nothing that anybody would miss. */
  forget(): void {
    this.#options.store.removeItem(this.#key);
  }

  /** The task once the server has it; null with what is wrong said in the form. */
  async save(): Promise<Todo | null> {
    if (this.isBusy.value) return null;
    const isTitled = this.words.value.title.trim() !== '';
    this.isTitleMissing.value = !isTitled;
    if (!this.due.check(Date.now(), this.words.value.recurrence !== null) || !isTitled) return null;
    this.isBusy.value = true;
    const saved = await (this.#was ? this.#change(this.#was) : this.#create());
    this.isBusy.value = false;
    if (saved) this.forget();
    return saved;
  }

  async #create(): Promise<Todo | null> {
    const { http, wish } = this.#options;
    const { title, note, contactId, ...rest } = this.#values();
    const about = {
      ...(wish.conversationId !== undefined ? { conversationId: wish.conversationId } : contactId !== null && { contactId }),
      ...(wish.messageSeq !== undefined && { messageSeq: wish.messageSeq }),
    };
    const reply = await http.post<Todo>('/tasks', { id: this.#id, title: title.trim(), note, ...rest, ...about });
    this.error.value = reply.ok ? null : reply.error;
    return reply.ok ? reply.data : null;
  }

  /** Only what was changed here goes to the server. */
  async #change(was: Values): Promise<Todo | null> {
    const { http, wish } = this.#options;
    const id = wish.todo?.id ?? '';
    const mine = this.#values();
    const changed = Object.fromEntries(Object.entries(mine).filter(([key, value]) => !isEqual(value, was[key as keyof Values])));
    const reply = await http.patch<Todo>(`/tasks/${id}`, { ...changed, version: this.#version });
    this.error.value = reply.ok || reply.error.code === 'stale' ? null : reply.error;
    if (reply.ok) return reply.data;
    if (reply.error.code !== 'stale') return null;
    const fresh = await http.get<Task>(`/tasks/${id}`);
    if (!fresh.ok || fresh.data.kind === 'callback') {
      this.error.value = fresh.ok ? reply.error : fresh.error;
      return null;
    }
    const theirs = valuesOf(fresh.data);
    const merged = mergeChanges(was, mine, theirs);
    this.#was = theirs;
    this.#version = fresh.data.version;
    const { dueAt, ...words } = merged.value as Values;
    this.words.value = words;
    if (words.contactId !== mine.contactId) this.contact.value = fresh.data.contact;
    if (dueAt !== mine.dueAt) this.due.put(dueAt);
    this.hasClash.value = merged.hasClash;
    return merged.hasClash ? null : this.#change(theirs);
  }

  #values(): Values {
    return { ...this.words.value, dueAt: this.due.decide() };
  }

  get #key(): string {
    const { agentId, wish } = this.#options;
    return ['kesher:todo', agentId, wish.conversationId ?? wish.contact?.id ?? '', wish.messageSeq ?? ''].join(':');
  }

  #begun(): (Values & { contact: { id: string; name: string | null } | null }) | null {
    const { wish, store } = this.#options;
    try {
      const kept = JSON.parse(store.getItem(this.#key) ?? 'null');
      const contact = kept?.contact ?? wish.contact ?? null;
      return kept && { ...kept, contact, contactId: contact?.id ?? null };
    } catch {
      return null;
    }
  }
}

function newValues(agentId: string, { title = '', contact }: TodoWish): Values {
  const line = title.replace(/\s+/g, ' ').trim().slice(0, TITLE_MAX);
  const alone = { teamId: null, reminderMinutes: null, recurrence: null, dueAt: null, contactId: contact?.id ?? null };
  return { title: line, kind: 'task', note: '', ownerId: agentId, priority: 'normal', ...alone };
}

function valuesOf({ title, kind, note, ownerId, teamId, priority, reminderMinutes, recurrence, dueAt, contact }: Todo): Values {
  const contactId = contact?.id ?? null;
  return { title, kind, note: note ?? '', ownerId, teamId, priority, reminderMinutes, recurrence, dueAt, contactId };
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
