/** When a call is to be: one of the times that are offered, or one that is typed. State without a screen. */
import { signal } from '@preact/signals';
import type { Reply } from '../../shared/errors.ts';
import { CALLBACK_AHEAD_MS, type CallChoiceKind, type CallChoices, type CallTimesQuery } from '../../shared/task.ts';
import { momentOf, type TypedMoment, typedOf } from '../editing/typed-moment.ts';
import type { Http } from '../http.ts';

const HOUR_MS = 60 * 60_000;

export type TimeKey = CallChoiceKind | 'rule' | 'typed';
/** What is wrong with the time that is typed: nothing there, long past, or too far ahead. */
type TimeProblem = 'missing' | 'past' | 'far';

interface CallTimeOptions {
  http: Http;
  about: CallTimesQuery;
  /** The inbox's rule may decide, where nobody has answered. */
  hasRule?: boolean;
}

export class CallTime {
  readonly choices = signal<CallChoices['choices']>([]);
  /** When it is tried again by the rule; undefined while that is not known. */
  readonly nextTryAt = signal<number | null | undefined>(undefined);
  readonly isLoaded = signal(false);
  readonly chosen = signal<TimeKey>('typed');
  readonly typed = signal<TypedMoment>(typedOf(Math.ceil((Date.now() + HOUR_MS) / HOUR_MS) * HOUR_MS));
  readonly problem = signal<TimeProblem | null>(null);
  readonly hasRule: boolean;
  readonly #options: CallTimeOptions;
  #open: CallChoices['open'] = null;

  constructor(options: CallTimeOptions) {
    this.#options = options;
    this.hasRule = options.hasRule ?? false;
    if (this.hasRule) this.chosen.value = 'rule';
  }

  /** Without an answer a time can still be typed, and the rule still decides. */
  async load(): Promise<void> {
    const { http, about } = this.#options;
    const reply: Reply<CallChoices> = await http.get<CallChoices>('/call-times', { ...about });
    this.isLoaded.value = true;
    if (!reply.ok) return;
    const { choices, nextTryAt, open } = reply.data;
    this.choices.value = choices;
    this.nextTryAt.value = nextTryAt;
    this.#open = open;
    const [first] = choices;
    if (!this.hasRule && first && this.chosen.value === 'typed') this.chosen.value = first.kind;
  }

  choose(key: TimeKey): void {
    this.chosen.value = key;
    this.problem.value = null;
  }

  type(change: Partial<TypedMoment>): void {
    this.typed.value = { ...this.typed.value, ...change };
    this.problem.value = null;
  }

  /** The moment that is chosen; 'rule' leaves it to the inbox's rule. Null, and a problem, where there is none. */
  decide(now: number): number | 'rule' | null {
    const key = this.chosen.value;
    if (key === 'rule') return 'rule';
    if (key !== 'typed') return this.choices.value.find(({ kind }) => kind === key)?.at ?? null;
    const at = momentOf(this.typed.value);
    this.problem.value = at === null ? 'missing' : at < now ? 'past' : at > now + CALLBACK_AHEAD_MS ? 'far' : null;
    return this.problem.value === null ? at : null;
  }

  /** The time that is typed is one at which nobody is there: said, not forbidden. */
  isClosedThen(): boolean {
    const at = momentOf(this.typed.value);
    if (this.chosen.value !== 'typed' || at === null || at < Date.now() || this.#open === null) return false;
    return !this.#open.some(({ from, to }) => at >= from && at < to);
  }
}
