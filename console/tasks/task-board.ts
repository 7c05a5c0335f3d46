/** How much is to be done, for the side bar, and a bell for whoever shows the list. */
import { signal } from '@preact/signals';
import type { Task, TaskPage } from '../../shared/task.ts';
import type { Http } from '../http.ts';

const COUNT_EVERY_MS = 1_000;

export class TaskBoard {
  readonly openCount = signal(0);
  readonly overdueCount = signal(0);
  readonly mineCount = signal(0);
  readonly teamCount = signal(0);
  /** Those of the overdue ones that are this agent's to make, or nobody's. */
  readonly dueCount = signal(0);
  /** The task that somebody changed last; each change is another object. */
  readonly changed = signal<Task | null>(null);
  /** Rises when another list of tasks may be seen. */
  readonly seen = signal(0);
  readonly #http: Http;
  readonly #listeners = new Set<(task: Task) => void>();
  #asked = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #counting: ReturnType<typeof setTimeout> | undefined;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Asked at the start of a session, and soon after a task has changed. The newest answer holds. */
  async count(): Promise<void> {
    this.#asked += 1;
    this.#askedAt = performance.now();
    const mine = this.#asked;
    const reply = await this.#http.get<TaskPage>('/tasks', { limit: 1 });
    if (!reply.ok || mine !== this.#asked) return;
    this.openCount.value = reply.data.open;
    this.overdueCount.value = reply.data.overdue;
    this.dueCount.value = reply.data.due;
    this.mineCount.value = reply.data.mine;
    this.teamCount.value = reply.data.team;
  }

  /** What may be seen is less than before: the list is asked for again. */
  async sightChanged(): Promise<void> {
    this.seen.value += 1;
    await this.count();
  }

  taskChanged(task: Task): void {
    this.changed.value = task;
    for (const listener of this.#listeners) listener(task);
    // Many fall due together: one answer tells of all of them.
    this.#counting ??= setTimeout(
      () => {
        this.#counting = undefined;
        void this.count();
      },
      Math.max(0, this.#askedAt + COUNT_EVERY_MS - performance.now()),
    );
  }

  /** Of every change, also of many in one breath. */
  onChange(listener: (task: Task) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearTimeout(this.#counting);
    this.#counting = undefined;
  }
}
