/** How much is to be done, for the side bar, and a bell for whoever shows the list. */
import { signal } from '@preact/signals';
import type { Task, TaskPage } from '../../shared/task.ts';
import type { Http } from '../http.ts';

export class TaskBoard {
  readonly openCount = signal(0);
  readonly overdueCount = signal(0);
  /** Those of the overdue ones that are this agent's to make, or nobody's. */
  readonly dueCount = signal(0);
  /** The task that somebody changed last; each change is another object. */
  readonly changed = signal<Task | null>(null);
  /** Rises when another list of tasks may be seen. */
  readonly seen = signal(0);
  readonly #http: Http;
  #asked = 0;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Asked at the start of a session, and whenever a task has changed. The newest answer holds. */
  async count(): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const reply = await this.#http.get<TaskPage>('/tasks', { limit: 1 });
    if (!reply.ok || mine !== this.#asked) return;
    this.openCount.value = reply.data.open;
    this.overdueCount.value = reply.data.overdue;
    this.dueCount.value = reply.data.due;
  }

  /** What may be seen is less than before: the list is asked for again. */
  async sightChanged(): Promise<void> {
    this.seen.value += 1;
    await this.count();
  }

  taskChanged(task: Task): void {
    this.changed.value = task;
    void this.count();
  }
}
