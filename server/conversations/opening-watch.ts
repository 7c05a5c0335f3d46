import { type HoursClock, stateAt } from '../../shared/hours-clock.ts';
import type { App } from '../app.ts';
import { clockOf } from '../hours/hours-clocks.ts';

/** The machine's clock may be set, or have slept: what is due is looked at as often as this whatever a timer says. */
const LOOK_EVERY_MS = 60_000;
/** A timer may be a moment early. */
const LATER_MS = 5;

/** Says when inboxes that somebody asked about open or close. Asks no database: hours are in memory. */
export class OpeningWatch {
  readonly #app: App;
  readonly #onTurn: () => void;
  readonly #watched = new Map<string, { clock: HoursClock; wasOpen: boolean }>();
  #timer: NodeJS.Timeout | null = null;
  #dueAt = Number.POSITIVE_INFINITY;

  constructor(app: App, onTurn: () => void) {
    this.#app = app;
    this.#onTurn = onTurn;
  }

  /** Whether it is open, and what comes next. From now on its opening and closing are told. */
  async look(inboxId: string): Promise<{ isOpen: boolean; opensAt: number | null; closesAt: number | null }> {
    const clock = await clockOf(this.#app, { inboxId });
    const now = this.#app.now();
    const state = stateAt(clock, now);
    const before = this.#watched.get(inboxId);
    this.#watched.set(inboxId, { clock, wasOpen: state.isOpen });
    // Whoever asks just after the turn must not keep it from those who asked before.
    if (before && before.wasOpen !== state.isOpen) this.#onTurn();
    const turnsAt = state.opensAt ?? state.closesAt;
    if (turnsAt !== null) this.#wakeIn(turnsAt - now);
    return state;
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#watched.clear();
  }

  #wakeIn(ms: number): void {
    const wait = Math.min(Math.max(ms, 0) + LATER_MS, LOOK_EVERY_MS);
    const dueAt = performance.now() + wait;
    if (this.#timer && this.#dueAt <= dueAt) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => this.#wake(), wait);
    this.#timer.unref();
  }

  #wake(): void {
    this.#timer = null;
    const now = this.#app.now();
    let isTurned = false;
    for (const watched of this.#watched.values()) {
      const state = stateAt(watched.clock, now);
      isTurned ||= state.isOpen !== watched.wasOpen;
      watched.wasOpen = state.isOpen;
      const turnsAt = state.opensAt ?? state.closesAt;
      if (turnsAt !== null) this.#wakeIn(turnsAt - now);
    }
    if (isTurned) this.#onTurn();
  }
}
