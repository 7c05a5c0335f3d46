/** When something is to be done: at one of the times that come to mind, at one that is typed, or some day. State without a screen. */
import { signal } from '@preact/signals';
import { momentOf, type TypedMoment, typedOf } from '../editing/typed-moment.ts';
import { type DueKind, dueChoices } from './due-choices.ts';

export type DueKey = DueKind | 'none' | 'typed';
type DueProblem = 'missing' | 'past' | 'needed';

export interface DueOptions {
  dueAt: number | null;
  weekStartsOn: 0 | 1;
  now: number;
}

export class DueTime {
  readonly choices: ReturnType<typeof dueChoices>;
  readonly chosen = signal<DueKey>('none');
  readonly typed = signal<TypedMoment>({ date: '', time: '' });
  readonly problem = signal<DueProblem | null>(null);
  readonly #firstAt: number | null;

  constructor({ dueAt, weekStartsOn, now }: DueOptions) {
    this.choices = dueChoices(now, weekStartsOn);
    this.#firstAt = dueAt;
    if (dueAt === null) this.typed.value = typedOf(this.choices.find(({ kind }) => kind === 'tomorrow')?.at ?? now);
    else this.put(dueAt);
  }

  /** The time that stands in the form, whether or not it will do. */
  get at(): number | null {
    const key = this.chosen.value;
    if (key === 'none') return null;
    return key === 'typed' ? momentOf(this.typed.value) : (this.choices.find(({ kind }) => kind === key)?.at ?? null);
  }

  put(dueAt: number | null): void {
    this.problem.value = null;
    this.chosen.value = dueAt === null ? 'none' : 'typed';
    if (dueAt !== null) this.typed.value = typedOf(dueAt);
  }

  choose(key: DueKey): void {
    this.chosen.value = key;
    this.problem.value = null;
  }

  type(change: Partial<TypedMoment>): void {
    this.typed.value = { ...this.typed.value, ...change };
    this.problem.value = null;
  }

  /** False, and a problem, where there is no such time. What was due in the past may stay as it is. */
  check(now: number, isNeeded: boolean): boolean {
    const { at } = this;
    const isMissing = at === null && this.chosen.value === 'typed';
    const isUnchanged = at !== null && this.#firstAt !== null && Math.floor(at / 60_000) === Math.floor(this.#firstAt / 60_000);
    if (isMissing) this.problem.value = 'missing';
    else if (at === null && isNeeded) this.problem.value = 'needed';
    else this.problem.value = at !== null && at < now && !isUnchanged ? 'past' : null;
    return this.problem.value === null;
  }

  /** To the minute that is typed; what was not touched keeps its seconds. */
  decide(): number | null {
    const { at } = this;
    const isUnchanged = at !== null && this.#firstAt !== null && Math.floor(at / 60_000) === Math.floor(this.#firstAt / 60_000);
    return isUnchanged ? this.#firstAt : at;
  }
}
